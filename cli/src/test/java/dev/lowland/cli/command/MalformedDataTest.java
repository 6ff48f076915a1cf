package dev.lowland.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files of data that break a rule of their format: each is refused with status 2 and one line that names the file, the
 * place and the rule, before memory is taken for what it claims to hold. In the messages {@code …} is what the system
 * says. What is unusual but legal, such as column-major or big-endian arrays, is read: {@code NpyTest} has the values.
 */
class MalformedDataTest {
    private static final String IDX = "{\"idx\": {\"images\": \"images\", \"labels\": \"labels\"}}";
    private static final String CSV =
            "{\"csv\": \"t.csv\", \"inputs\": [\"a\", \"b\", \"c\", \"d\"], \"target\": \"y\"}";
    private static final String NPY = "{\"npy\": {\"inputs\": \"x.npy\", \"targets\": \"y.npy\"}}";
    private static final String NPZ = "{\"npz\": \"a.npz\", \"inputs\": \"x\", \"targets\": \"y\"}";
    private static final int CIFAR_RECORD = 3073;

    @TempDir
    Path folder;

    /** A file that is wrong, the form of data that it is read in, and what is said of it. */
    private record Case(String what, String data, String file, byte[] bytes, String message) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(idx(), gzip(), cifar(), csv(), npy(), npz()).flatMap(s -> s);
    }

    private static Stream<Case> idx() {
        byte[] images = idx(8, new int[] {2, 2, 2}, 8);
        return Stream.of(
                new Case(
                        "idx: wrong magic number",
                        IDX,
                        "images",
                        bytes(1, 2, 3, 4, 5),
                        "the magic number is 0x01020304, must be 0x00000803"),
                new Case(
                        "idx: numbers of another type",
                        IDX,
                        "images",
                        idx(0x0d, new int[] {2, 2, 2}, 32),
                        "the type of the numbers is 0x0d, must be 0x08, unsigned bytes"),
                new Case("idx: images for labels", IDX, "labels", images, "the number of sizes is 3, must be 1"),
                new Case(
                        "idx: empty",
                        IDX,
                        "images",
                        bytes(),
                        "the magic number is of 4 bytes, must be of at most 0, which are there"),
                new Case(
                        "idx: cut off in the sizes",
                        IDX,
                        "images",
                        Arrays.copyOf(images, 6),
                        "size 1 is of 4 bytes, must be of at most 2, which are there"),
                new Case(
                        "idx: no images",
                        IDX,
                        "images",
                        idx(8, new int[] {0, 2, 2}, 0),
                        "size 1 is 0, must be at least 1 and at most 2147483647"),
                new Case(
                        "idx: a size of 2^32 − 1",
                        IDX,
                        "images",
                        idx(8, new int[] {-1, 2, 2}, 8),
                        "size 1 is 4294967295, must be at least 1 and at most 2147483647"),
                new Case(
                        "idx: sizes that overflow",
                        IDX,
                        "images",
                        idx(8, new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE}, 8),
                        "the product of the sizes is beyond 63 bits, must be the number of bytes that follow"),
                new Case(
                        "idx: sizes beyond the file",
                        IDX,
                        "images",
                        idx(8, new int[] {2, 50_000, 50_000}, 8),
                        "the content of 2×50000×50000 is of 5000000000 bytes, must be of at most 8, which are there"),
                new Case(
                        "idx: cut off",
                        IDX,
                        "images",
                        idx(8, new int[] {2, 2, 2}, 7),
                        "the content of 2×2×2 is of 8 bytes, must be of at most 7, which are there"),
                new Case(
                        "idx: longer than it says",
                        IDX,
                        "images",
                        idx(8, new int[] {2, 2, 2}, 9),
                        "the end is followed by more bytes than the sizes say, must be after 24 bytes"),
                new Case(
                        "idx: a label too many",
                        IDX,
                        "labels",
                        idx(8, new int[] {3}, 3),
                        "the number of labels is 3, must be 2, as there are images in F/images"),
                new Case(
                        "idx: a label out of range",
                        IDX,
                        "labels",
                        bytes(0, 0, 8, 1, 0, 0, 0, 2, 1, 3),
                        "label 1 is 3, must be a class below 3, the outputs of the model"),
                new Case("idx: no file", IDX, "images", null, "the file is missing, must be an IDX file"));
    }

    private static Stream<Case> gzip() {
        byte[] packed = gzip(idx(8, new int[] {2, 2, 2}, 8), 0);
        byte[] wrong = packed.clone();
        wrong[wrong.length - 6] ^= 1;
        return Stream.of(
                new Case(
                        "gzip: cut off",
                        IDX,
                        "images",
                        Arrays.copyOf(packed, packed.length - 12),
                        "… is cut off, must be a whole gzip"),
                new Case(
                        "gzip: cut off in its header",
                        IDX,
                        "images",
                        Arrays.copyOf(packed, 5),
                        "the file is cut off, must be a whole gzip"),
                new Case("gzip: a wrong check sum", IDX, "images", wrong, "… is packed wrongly (…), must be whole"),
                new Case(
                        "gzip: a bomb behind the images",
                        IDX,
                        "images",
                        gzip(idx(8, new int[] {2, 2, 2}, 8), 1 << 26),
                        "the end is followed by more bytes than the sizes say, must be after 24 bytes"),
                new Case(
                        "gzip: more than it can hold",
                        IDX,
                        "images",
                        gzip(idx(8, new int[] {2, 30_000, 30_000}, 8), 0),
                        "the content of 2×30000×30000 is of 1800000000 bytes, must be of at most …, which so few packed bytes can hold"));
    }

    private static Stream<Case> cifar() {
        String data = "{\"cifar10\": \"cifar\"}";
        byte[] bad = new byte[2 * CIFAR_RECORD];
        bad[CIFAR_RECORD] = 10;
        return Stream.of(
                new Case(
                        "cifar: a batch is missing",
                        data,
                        "cifar/data_batch_3.bin",
                        null,
                        "the file is missing, must be a binary file of CIFAR-10"),
                new Case(
                        "cifar: no whole record",
                        data,
                        "cifar/data_batch_2.bin",
                        new byte[CIFAR_RECORD + 5],
                        "the file is of 3078 bytes, 1 records and 5 bytes, must be of whole records of 3073 bytes, at least one"),
                new Case(
                        "cifar: empty",
                        data,
                        "cifar/data_batch_1.bin",
                        new byte[0],
                        "the file is of 0 bytes, 0 records and 0 bytes, must be of whole records of 3073 bytes, at least one"),
                new Case(
                        "cifar: a label out of range",
                        data,
                        "cifar/data_batch_5.bin",
                        bad,
                        "the label of record 1 is 10, must be a class from 0 to 9"));
    }

    private static Stream<Case> csv() {
        return Stream.of(
                new Case(
                        "csv: a value is missing",
                        CSV,
                        "t.csv",
                        text("a,b,c,d,y\n1,2,3,4,0\n1,,3,4,1\n"),
                        "line 3 (row 2), column 'b' is '', must be a finite decimal number"),
                new Case(
                        "csv: NaN",
                        CSV,
                        "t.csv",
                        text("a,b,c,d,y\n1,2,\"NaN\",4,0\n"),
                        "line 2 (row 1), column 'c' is 'NaN', must be a finite decimal number"),
                new Case(
                        "csv: a row too short",
                        CSV,
                        "t.csv",
                        text("a,b,c,d,y\n1,2,3,0\n"),
                        "line 2 is of 4 fields, must be of 5, as the header is"),
                new Case(
                        "csv: a quote is not closed",
                        CSV,
                        "t.csv",
                        text("a,b,c,d,y\n1,2,3,\"4,0\n"),
                        "what follows row 1 is no CSV (…), must be CSV"),
                new Case(
                        "csv: no column of this name",
                        CSV,
                        "t.csv",
                        text("a,b,c,e,y\n1,2,3,4,0\n"),
                        "line 1: column 'd' is missing, must be one of a, b, c, e, y…"),
                new Case(
                        "csv: half a class",
                        CSV,
                        "t.csv",
                        text("a,b,c,d,y\n1,2,3,4,0.5\n"),
                        "line 2 (row 1), column 'y' is 0.5, must be a class, a whole number of at least 0 for the loss cross-entropy"),
                new Case(
                        "csv: a label out of range",
                        CSV,
                        "t.csv",
                        text("a,b,c,d,y\n1,2,3,4,3\n"),
                        "line 2 (row 1), column 'y' is 3.0, must be a class below 3, the outputs of the model"));
    }

    private static Stream<Case> npy() {
        String x = "x.npy";
        String types = "b1, i1 to i8, u1 to u8, f2, f4 or f8";
        byte[] good = npy("<f8", "(2, 4)", 64);
        byte[] version = good.clone();
        version[6] = 9;
        byte[] nan = good.clone();
        ByteBuffer.wrap(nan).order(ByteOrder.LITTLE_ENDIAN).putDouble(nan.length - 16, Double.NaN);
        byte[] large = npy("<i8", "(2, 4)", 64);
        ByteBuffer.wrap(large).order(ByteOrder.LITTLE_ENDIAN).putLong(large.length - 8, (1L << 53) + 1);
        byte[] endless = bytes(0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, 0xff, 0xff, 0xff, 0xff);
        return Stream.of(
                new Case(
                        "npy: wrong magic number",
                        NPY,
                        x,
                        text("numbers: 1, 2, 3"),
                        "the magic number is wrong, must be \\x93NUMPY, as in an npy file"),
                new Case("npy: unknown version", NPY, x, version, "the version is 9.0, must be 1.0, 2.0 or 3.0"),
                new Case(
                        "npy: a header of 4 GB",
                        NPY,
                        x,
                        endless,
                        "the length of the header is 4294967295, must be at most 1048576"),
                new Case(
                        "npy: cut off in the header",
                        NPY,
                        x,
                        Arrays.copyOf(good, 40),
                        "the header is of … bytes, must be of at most 30, which are there"),
                new Case(
                        "npy: no dictionary",
                        NPY,
                        x,
                        header("[1, 2]", 64),
                        "the header is no dictionary (at character 0), must be a dictionary of Python"),
                new Case(
                        "npy: no shape",
                        NPY,
                        x,
                        header("{'descr': '<f8', 'fortran_order': False}", 64),
                        "the header is without one of descr, fortran_order, shape, must be a dictionary of these three"),
                new Case(
                        "npy: a key twice",
                        NPY,
                        x,
                        header("{'descr': '<f8', 'descr': '<f8'}", 64),
                        "the header's key 'descr' is too many, must be one of descr, fortran_order, shape"),
                new Case(
                        "npy: objects",
                        NPY,
                        x,
                        npy("|O", "(2, 4)", 64),
                        "descr is '|O', objects of Python, must be " + types),
                new Case(
                        "npy: complex numbers",
                        NPY,
                        x,
                        npy("<c16", "(2, 4)", 128),
                        "descr is '<c16', must be " + types),
                new Case("npy: texts", NPY, x, npy("<U3", "(2, 4)", 96), "descr is '<U3', must be " + types),
                new Case(
                        "npy: 80-bit numbers", NPY, x, npy("<f16", "(2, 4)", 128), "descr is '<f16', must be " + types),
                new Case(
                        "npy: a structure",
                        NPY,
                        x,
                        header("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (2,)}", 16),
                        "descr is a list of fields, must be " + types),
                new Case(
                        "npy: sizes that overflow",
                        NPY,
                        x,
                        npy("<f8", "(4294967296, 4294967296)", 64),
                        "shape is (4294967296, 4294967296), must be of fewer numbers than overflow"),
                new Case(
                        "npy: a size of 30 digits",
                        NPY,
                        x,
                        npy("<f8", "(" + "9".repeat(30) + ",)", 64),
                        "shape is of a size of 30 digits, must be of sizes that fit 63 bits"),
                new Case(
                        "npy: a negative size",
                        NPY,
                        x,
                        npy("<f8", "(-2, 4)", 64),
                        "shape is no tuple of sizes, must be whole numbers of at least 0"),
                new Case(
                        "npy: cut off",
                        NPY,
                        x,
                        Arrays.copyOf(good, good.length - 3),
                        "the array of shape (2, 4) is of 64 bytes, must be of at most 61, which are there"),
                new Case(
                        "npy: longer than it says",
                        NPY,
                        x,
                        Arrays.copyOf(good, good.length + 1),
                        "the end is followed by more bytes than the sizes say, must be after 192 bytes"),
                new Case("npy: NaN", NPY, x, nan, "entry [1, 2] is NaN, must be finite"),
                new Case(
                        "npy: a whole number without a double",
                        NPY,
                        x,
                        large,
                        "entry [1, 3] is a whole number beyond 2^53, must be one that a double holds exactly"),
                new Case(
                        "npy: a single number",
                        NPY,
                        x,
                        npy("<f8", "()", 8),
                        "the shape is (), must be of at least one row of a number"),
                new Case(
                        "npy: no rows",
                        NPY,
                        x,
                        npy("<f8", "(0, 4)", 0),
                        "the shape is (0, 4), must be of at least one row of a number"),
                new Case(
                        "npy: targets of other rows",
                        NPY,
                        "y.npy",
                        npy("<i8", "(3,)", 24),
                        "the shape is (3,), must be of 2 rows, one for each of the inputs"),
                new Case("npy: a folder", NPY, "y.npy/in/it", bytes(), "the file is a folder, must be an npy file"));
    }

    private static Stream<Case> npz() {
        byte[] y = npy("<i8", "(2,)", 16);
        byte[] good = zip(npy("<f8", "(2, 4)", 64), y);
        return Stream.of(
                new Case(
                        "npz: no archive",
                        NPZ,
                        "a.npz",
                        text("PK but no more"),
                        "the file is no archive (…), must be an npz file"),
                new Case(
                        "npz: cut off",
                        NPZ,
                        "a.npz",
                        Arrays.copyOf(good, good.length - 30),
                        "the file is no archive (…), must be an npz file"),
                new Case(
                        "npz: no such array",
                        "{\"npz\": \"a.npz\", \"inputs\": \"z\", \"targets\": \"y\"}",
                        "a.npz",
                        good,
                        "the array 'z' is missing, must be one of x, y"),
                new Case(
                        "npz: objects",
                        NPZ,
                        "a.npz",
                        zip(npy("|O", "(2, 4)", 64), y),
                        "x: descr is '|O', objects of Python, must be b1, i1 to i8, u1 to u8, f2, f4 or f8"),
                new Case(
                        "npz: more than it can hold",
                        NPZ,
                        "a.npz",
                        zip(npy("<f8", "(2, 100000000)", 64), y),
                        "x: the array of shape (2, 100000000) is of 1600000000 bytes, must be of at most …, which so few packed bytes can hold"),
                new Case(
                        "npz: a bomb behind the array",
                        NPZ,
                        "a.npz",
                        zip(npy("<f8", "(2, 4)", 1 << 26), y),
                        "x: the end is followed by more bytes than the sizes say, must be after 192 bytes"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isRefusedByName(Case given) throws IOException {
        layOut();
        Path bad = folder.resolve(given.file);
        String named = given.file.endsWith("/in/it") ? given.file.replace("/in/it", "") : given.file;
        if (given.bytes == null) {
            Files.delete(bad);
        } else {
            if (!named.equals(given.file)) {
                Files.delete(folder.resolve(named));
            }
            Files.createDirectories(bad.getParent());
            Files.write(bad, given.bytes);
        }
        CommandRun run = inspect(given.data);
        String message = "lowland inspect: " + folder.resolve(named) + ": " + given.message.replace("F/", folder + "/")
                + System.lineSeparator();
        String pattern =
                Arrays.stream(message.split("…", -1)).map(Pattern::quote).collect(Collectors.joining("[^\\n]*"));
        assertTrue(run.err().matches(pattern), () -> run.err() + "in place of\n" + message);
        assertEquals("", run.out());
        assertEquals(2, run.status());
    }

    /** The files that are laid out are refused by nobody, plain or packed. */
    @Test
    void whatIsNotWrongIsRead() throws IOException {
        layOut();
        for (String data : new String[] {IDX, CSV, NPY, NPZ}) {
            CommandRun run = inspect(data);
            assertEquals(0, run.status(), run.err());
        }
        Path images = folder.resolve("images");
        Files.write(images, gzip(Files.readAllBytes(images), 0));
        CommandRun run = inspect(IDX);
        assertEquals(0, run.status(), run.err());
    }

    /** Far more cases than the thirty that were asked for, and of every format. */
    @Test
    void thereAreEnough() {
        Map<String, Long> byFormat = cases().collect(Collectors.groupingBy(
                c -> c.what.substring(0, c.what.indexOf(':')), LinkedHashMap::new, Collectors.counting()));
        assertEquals("{idx=14, gzip=5, cifar=4, csv=7, npy=23, npz=6}", byFormat.toString());
    }

    @Test
    void aThetaOfAnotherShapeIsRefused() throws IOException {
        layOut();
        Files.write(folder.resolve("theta.npy"), npy("<f8", "(3, 5)", 120));
        Path problem = problem(NPY, "\"theta\": {\"npy\": \"theta.npy\"}");
        CommandRun run = CommandRun.of("inspect", problem.toString());
        assertEquals(
                "lowland inspect: " + folder.resolve("theta.npy")
                        + ": the shape is (3, 5), must be (15,), numbers 15: layer 1 (4×3 + 3)"
                        + System.lineSeparator(),
                run.err());
        assertEquals(2, run.status());
    }

    private CommandRun inspect(String data) throws IOException {
        return CommandRun.of(
                "inspect", problem(data, "\"init\": {\"kind\": \"zeros\"}").toString());
    }

    private Path problem(String data, String theta) throws IOException {
        return Files.writeString(
                folder.resolve("problem.json"), """
                {"model": {"kind": "mlp", "layers": [LAYERS], "activation": "tanh"}, "loss": "cross-entropy",
                 "data": DATA, THETA,
                 "sgd": {"learningRate": 0.1, "batchSize": "full", "flipProbability": 0.2}}
                """.replace("LAYERS", data.contains("cifar") ? "3072, 10" : "4, 3")
                        .replace("DATA", data)
                        .replace("THETA", theta));
    }

    private void layOut() throws IOException {
        Files.write(folder.resolve("images"), idx(8, new int[] {2, 2, 2}, 8));
        Files.write(folder.resolve("labels"), idx(8, new int[] {2}, 2));
        Files.writeString(folder.resolve("t.csv"), "a,b,c,d,y\n1,2,3,4,0\n5,6,7,8,2\n");
        Files.write(folder.resolve("x.npy"), npy("<f8", "(2, 4)", 64));
        Files.write(folder.resolve("y.npy"), npy("<i8", "(2,)", 16));
        Files.write(folder.resolve("a.npz"), zip(npy("<f8", "(2, 4)", 64), npy("<i8", "(2,)", 16)));
        Files.createDirectory(folder.resolve("cifar"));
        for (int i = 1; i <= 5; i++) {
            Files.write(folder.resolve("cifar/data_batch_" + i + ".bin"), new byte[CIFAR_RECORD]);
        }
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] idx(int type, int[] sizes, int content) {
        ByteBuffer out = ByteBuffer.allocate(4 + 4 * sizes.length + content).put(bytes(0, 0, type, sizes.length));
        for (int size : sizes) {
            out.putInt(size);
        }
        return out.array();
    }

    private static byte[] npy(String type, String shape, int content) {
        return header("{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }", content);
    }

    private static byte[] header(String dictionary, int content) {
        String header = dictionary + " ".repeat(118 - dictionary.length());
        return ByteBuffer.allocate(128 + content)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(bytes(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0))
                .putShort((short) 118)
                .put(header.getBytes(StandardCharsets.ISO_8859_1))
                .array();
    }

    private static byte[] gzip(byte[] bytes, int zeros) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
            gzip.write(new byte[zeros]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] zip(byte[] x, byte[] y) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("x.npy"));
            zip.write(x);
            zip.putNextEntry(new ZipEntry("y.npy"));
            zip.write(y);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
