package dev.lowland.cli.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images in problem files: the right images, the right size, the numbers of training for the test set. */
class ImageDataTest {
    private static final String PROBLEM = """
            {"model": {"kind": "mlp", "layers": [PIXELS, CLASSES], "activation": "tanh"}, "loss": "cross-entropy",
             "data": DATA, TEST "init": {"kind": "zeros"},
             "sgd": {"learningRate": 0.1, "batchSize": "full", "flipProbability": 0.2}}
            """;

    @TempDir
    Path folder;

    /** A training set of 4 images of 2 × 4 with bytes 0, 1, 2, …, and a packed test set of 2 with bytes 100, 101, … */
    @BeforeEach
    void layOut() throws IOException {
        Files.write(folder.resolve("train-images-idx3-ubyte"), idx(0, 4, 2, 4));
        Files.write(folder.resolve("train-labels-idx1-ubyte"), idx(0, 4));
        try (OutputStream images =
                        new GZIPOutputStream(Files.newOutputStream(folder.resolve("t10k-images-idx3-ubyte.gz")));
                OutputStream labels =
                        new GZIPOutputStream(Files.newOutputStream(folder.resolve("t10k-labels.idx1-ubyte.gz")))) {
            images.write(idx(100, 2, 2, 4));
            labels.write(idx(1, 2));
        }
        Path cifar = Files.createDirectories(folder.resolve("cifar/cifar-10-batches-bin"));
        for (int i = 1; i <= 5; i++) {
            Files.write(cifar.resolve("data_batch_" + i + ".bin"), record(i, 10 * i));
        }
        Files.write(cifar.resolve("test_batch.bin"), record(9, 200));
    }

    private static byte[] idx(int first, int... sizes) {
        int count = 1;
        ByteBuffer out = ByteBuffer.allocate(4096).putInt(0x0800 | sizes.length);
        for (int size : sizes) {
            out.putInt(size);
            count *= size;
        }
        for (int i = 0; i < count; i++) {
            out.put((byte) (first + i));
        }
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    /** Red of one byte, green of the next, blue of the one after. */
    private static byte[] record(int label, int red) {
        byte[] record = new byte[3073];
        record[0] = (byte) label;
        for (int p = 0; p < 3072; p++) {
            record[1 + p] = (byte) (red + p / 1024);
        }
        return record;
    }

    private Problem read(int pixels, int classes, String data, String test) throws IOException {
        return ProblemReader.read(Files.writeString(
                folder.resolve("problem.json"),
                PROBLEM.replace("PIXELS", String.valueOf(pixels))
                        .replace("CLASSES", String.valueOf(classes))
                        .replace("DATA", data)
                        .replace("TEST", test.isEmpty() ? "" : "\"test\": " + test + ",")));
    }

    @Test
    void readsAFolderOfIdxFiles() throws IOException {
        Problem problem = read(8, 4, "{\"idx\": \".\"}", "{\"idx\": \".\"}");
        assertEquals(4, problem.data().size());
        assertEquals(9 / 255.0, problem.data().inputs().get(1, 1));
        assertEquals(1, problem.data().target(2, 2));
        assertEquals(0, problem.data().target(2, 1));
        assertNotNull(problem.heldOut());
        assertEquals(108 / 255.0, problem.heldOut().inputs().get(1, 0));
        assertEquals(1, problem.heldOut().target(1, 2));
        Problem other = read(8, 4, "{\"idx\": \".\", \"split\": \"test\"}", "");
        assertArrayEquals(problem.heldOut().inputs().data, other.data().inputs().data);
    }

    @Test
    void poolsAndChooses() throws IOException {
        Problem problem = read(2, 4, "{\"idx\": \".\", \"pool\": 2, \"perClass\": 1}", "");
        assertEquals((0 + 1 + 4 + 5) / 4.0 / 255, problem.data().inputs().get(0, 0), 1e-17);
        assertEquals((10 + 11 + 14 + 15) / 4.0 / 255, problem.data().inputs().get(1, 1), 1e-17);
    }

    /** The mean of 0 … 31 is 15.5; the test set is moved by it and not by its own. */
    @Test
    void theTestSetIsNormalizedAsTheTrainingSetIs() throws IOException {
        String normal = "{\"idx\": \".\", \"normalize\": true}";
        Problem problem = read(8, 4, normal, normal);
        double deviation = Math.sqrt((32.0 * 32 - 1) / 12);
        assertEquals(-15.5 / deviation, problem.data().inputs().get(0, 0), 1e-12);
        assertNotNull(problem.heldOut());
        assertEquals((100 - 15.5) / deviation, problem.heldOut().inputs().get(0, 0), 1e-12);
        Problem given = read(8, 4, "{\"idx\": \".\", \"normalize\": {\"mean\": [0.5], \"deviation\": [0.25]}}", "");
        assertEquals((1 / 255.0 - 0.5) / 0.25, given.data().inputs().get(0, 1), 1e-15);
    }

    @Test
    void readsCifar() throws IOException {
        String normal = "{\"cifar10\": \"cifar\", \"normalize\": {\"mean\": [0, 0, 0.5], \"deviation\": [1, 2, 1]}}";
        Problem problem = read(3072, 10, "{\"cifar10\": \"cifar\", \"perClass\": 1}", normal);
        assertEquals(5, problem.data().size());
        assertEquals(1, problem.data().target(3, 4));
        assertEquals(40 / 255.0, problem.data().inputs().get(3, 1023));
        assertEquals(41 / 255.0, problem.data().inputs().get(3, 1024));
        assertEquals(42 / 255.0, problem.data().inputs().get(3, 3071));
        assertNotNull(problem.heldOut());
        assertEquals(1, problem.heldOut().target(0, 9));
        assertEquals(201 / 255.0 / 2, problem.heldOut().inputs().get(0, 1500), 1e-16);
        assertEquals(202 / 255.0 - 0.5, problem.heldOut().inputs().get(0, 3000), 1e-16);
    }

    @Test
    void makesASyntheticSet() throws IOException {
        String data = "{\"synthetic\": \"images\", \"height\": 6, \"width\": 4, \"classes\": 3, \"perClass\": 5}";
        Problem problem = read(24, 3, data, data);
        assertEquals(15, problem.data().size());
        assertNotNull(problem.heldOut());
        assertTrue(
                problem.data().inputs().get(0, 0) != problem.heldOut().inputs().get(0, 0));
        Problem seeded = read(24, 3, data.replace("}", ", \"seed\": 2, \"noise\": 0}"), "");
        assertTrue(problem.data().inputs().get(0, 0) != seeded.data().inputs().get(0, 0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"idx": ".", "perClass": 2}  | data: images: perClass is 2, must be at most 1, the images that there are of class 0
            {"idx": ".", "pool": 3}      | data: images: pool is 3, must be a divisor of the height and the width of 2×4
            {"idx": ".", "pool": 0}      | data.pool is 0, must be a whole number of at least 1 that fits 32 bits
            {"idx": ".", "split": "val"} | data.split is 'val', must be one of train, test
            {"idx": ".", "seed": 1}      | data.seed is unknown, must be one of idx, split, perClass, pool, normalize
            {"idx": ".", "normalise": true} | data.normalise is unknown, must be one of idx, split, perClass, pool, normalize; did you mean 'normalize'?
            {"idx": ".", "normalize": 1} | data.normalize is 1, must be true or false
            {"idx": ".", "normalize": {"mean": [0, 0], "deviation": [1]}} | data.normalize.mean is of length 2, must be of length 1, a number a channel
            {"idx": ".", "normalize": {"mean": [0], "deviation": [0]}} | data.normalize.deviation[0] is 0.0, must be positive
            {"idx": 3}                   | data.idx is 3, must be a string
            {"idx": ".", "cifar10": "cifar"} | data.cifar10 is unknown, must be one of idx, split, perClass, pool, normalize
            {"synthetic": "image"}       | data.synthetic is 'image', must be one of images; did you mean 'images'?
            {"synthetic": "images"}      | data.height is missing, must be given
            {"synthetic": "images", "height": 2, "width": 2, "classes": 1, "perClass": 1} | data.classes is 1, must be a whole number of at least 2 that fits 32 bits
            {"synthetic": "images", "height": 2, "width": 4, "classes": 4, "perClass": 1, "noise": -1} | data.noise is -1.0, must be at least 0
            {"cifar10": "cifar", "normalize": true} | model.layers[0] is 8, must be 3072, the inputs in a row of the data
            """)
    void refusesAndSaysWhy(String data, String message) {
        ProblemException e = assertThrows(ProblemException.class, () -> read(8, 4, data, ""));
        assertEquals(folder.resolve("problem.json") + ": " + message, e.getMessage());
    }

    @Test
    void refusesATestSetThatIsNormalizedOtherwise() {
        String plain = "{\"idx\": \".\"}";
        String normal = "{\"idx\": \".\", \"normalize\": true}";
        ProblemException without = assertThrows(ProblemException.class, () -> read(8, 4, normal, plain));
        assertTrue(
                without.getMessage().endsWith("test.normalize is false, must be true, as data is, or numbers"),
                without.getMessage());
        ProblemException alone = assertThrows(ProblemException.class, () -> read(8, 4, plain, normal));
        assertTrue(
                alone.getMessage().endsWith("test.normalize is true, must be false, as data is, or numbers"),
                alone.getMessage());
    }

    @Test
    void refusesClassesWithoutAnOutput() {
        ProblemException one = assertThrows(ProblemException.class, () -> read(8, 1, "{\"idx\": \".\"}", ""));
        assertTrue(
                one.getMessage()
                        .endsWith(
                                "model is of one output, must be of one a class, two at least, for the loss cross-entropy"),
                one.getMessage());
    }
}
