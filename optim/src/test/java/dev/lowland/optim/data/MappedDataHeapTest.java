package dev.lowland.optim.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Initialiser;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.curvature.Curvature;
import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A JVM with less heap than the samples would take as doubles works on them as bytes in a file: steps, the loss and the
 * gradient on all samples, curvature, and an ensemble.
 */
@Tag("long")
@Tag("once")
class MappedDataHeapTest {

    private static final int SAMPLES = 60_000;
    private static final int INPUTS = 784;
    private static final int CLASSES = 10;
    private static final String HEAP = "-Xmx300m";

    @TempDir
    private Path folder;

    @Test
    void allThatWorksOnAMappedFileFitsASmallHeap() throws IOException, InterruptedException {
        byte[] pixels = new byte[SAMPLES * INPUTS];
        new Random(1).nextBytes(pixels);
        byte[] labels = new byte[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            labels[i] = (byte) (i % CLASSES);
        }
        Path images = Files.write(folder.resolve("images"), pixels);
        Path classes = Files.write(folder.resolve("classes"), labels);

        assertEquals("done", lastLine(images, classes, "mapped"));
        String copied = lastLine(images, classes, "copied");
        assertTrue(copied.contains("OutOfMemoryError"), copied);
    }

    private String lastLine(Path images, Path classes, String how) throws IOException, InterruptedException {
        Path told = folder.resolve(how);
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                MappedDataHeapTest.class.getName(),
                images.toString(),
                classes.toString(),
                how);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(told.toFile())
                .start();
        process.waitFor();
        List<String> lines = Files.readAllLines(told, StandardCharsets.UTF_8);
        return how.equals("mapped") ? lines.get(lines.size() - 1) : lines.get(0);
    }

    /** The work itself: the files of images and of classes, and whether the images are to be copied. */
    public static void main(String[] arguments) throws IOException {
        RowSource images = RowFile.of(Path.of(arguments[0]), ElementType.UNSIGNED_BYTE, INPUTS)
                .withScale(1 / 255.0, 0)
                .open();
        ClassRows classes = ClassRows.read(
                RowFile.of(Path.of(arguments[1]), ElementType.UNSIGNED_BYTE, 1).open(), CLASSES);
        if (arguments[2].equals("copied")) {
            DMatrixRMaj copy = new DMatrixRMaj(SAMPLES, INPUTS);
            images.read(0, SAMPLES, copy.data, 0);
            images = ArrayRows.of(copy);
        }
        Model model = Models.mlp(INPUTS, 256, CLASSES);
        Objective objective = Objective.of(model, Losses.crossEntropy(CLASSES, 0.2), Data.of(images, classes));
        DMatrixRMaj theta = Initialiser.XAVIER.theta(model, 1);
        DMatrixRMaj out = new DMatrixRMaj(model.parameterCount(), 1);
        LabelNoiseSgd sgd = LabelNoiseSgd.of(0.01).withBatchSize(128);
        double before = objective.loss(theta);
        DMatrixRMaj trained = sgd.run(objective, theta, 50).parameters();
        if (!(objective.loss(trained) < before)) {
            throw new IllegalStateException("no step went down");
        }
        objective.gradient(theta, out);
        Curvature.of(objective).withThreads(2).at(theta).apply(theta, out);
        Ensemble.of(objective, sgd.withBatchSize(8)).withReplicas(8).run(theta, 2);
        System.out.println("done");
    }
}
