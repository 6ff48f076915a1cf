package dev.lowland.optim.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Initialiser;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.curvature.Curvature;
import dev.lowland.optim.curvature.GradientNoise;
import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.ensemble.EnsembleResult;
import dev.lowland.optim.ensemble.ReplicaStatistics;
import dev.lowland.optim.ensemble.StepSchedule;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever works on data gives the same bits wherever the numbers come from. */
class SourcesOfDataTest {

    private static final int SAMPLES = 600;
    private static final int INPUTS = 9;
    private static final int CLASSES = 3;
    private static final double SCALE = 1 / 255.0;
    private static final double SHIFT = -0.4;
    private static final Model MODEL = Models.mlp(INPUTS, 6, CLASSES);
    private static final DMatrixRMaj THETA = Initialiser.XAVIER.theta(MODEL, 1);

    @TempDir
    private Path folder;

    private Objective inMemory;
    private List<Objective> fromSources = List.of();

    @BeforeEach
    void writeFiles() throws IOException {
        byte[] pixels = new byte[SAMPLES * INPUTS];
        new Random(1).nextBytes(pixels);
        byte[] labels = new byte[SAMPLES];
        int[] classes = new int[SAMPLES];
        DMatrixRMaj inputs = new DMatrixRMaj(SAMPLES, INPUTS);
        for (int e = 0; e < pixels.length; e++) {
            inputs.data[e] = SCALE * (pixels[e] & 0xff) + SHIFT;
        }
        for (int i = 0; i < SAMPLES; i++) {
            classes[i] = (i * i) % CLASSES;
            labels[i] = (byte) classes[i];
        }
        inMemory = objective(Data.ofClasses(inputs, classes, CLASSES));
        Path images = Files.write(folder.resolve("images"), pixels);
        Path ofLabels = Files.write(folder.resolve("labels"), labels);
        RowFile file = RowFile.of(images, ElementType.UNSIGNED_BYTE, INPUTS).withScale(SCALE, SHIFT);
        ClassRows targets = ClassRows.read(
                RowFile.of(ofLabels, ElementType.UNSIGNED_BYTE, 1).open(), CLASSES);
        fromSources = List.of(
                objective(Data.of(file.open(), targets)),
                objective(Data.of(MappedRows.open(file, 100 * INPUTS), targets)),
                objective(Data.of(ArrayRows.ofUnsignedBytes(pixels, INPUTS).withScale(SCALE, SHIFT), targets)),
                objective(Data.of(ArrayRows.of(inputs), targets)),
                objective(Data.of(callback(inputs), callback(inMemory.data().targets()))));
    }

    private static Objective objective(Data data) {
        return Objective.of(MODEL, Losses.crossEntropy(CLASSES, 0.2), data);
    }

    /** Another class than those of the library. */
    private static RowSource callback(DMatrixRMaj matrix) {
        return new RowSource() {
            @Override
            public int rowCount() {
                return matrix.numRows;
            }

            @Override
            public int columnCount() {
                return matrix.numCols;
            }

            @Override
            public void read(int first, int count, double[] out, int offset) {
                System.arraycopy(matrix.data, first * matrix.numCols, out, offset, count * matrix.numCols);
            }
        };
    }

    @Test
    void theNumbersAreTheSame() {
        Data expected = inMemory.data();
        for (Objective objective : fromSources) {
            Data data = objective.data();
            assertArrayEquals(expected.inputs().data, data.inputs().data);
            assertArrayEquals(expected.targets().data, data.targets().data);
            assertEquals(expected.target(5, 1), data.target(5, 1));
            double[] chunk = new double[3 * INPUTS];
            double[] other = new double[3 * INPUTS];
            expected.copyInputs(99, 3, chunk);
            data.copyInputs(99, 3, other);
            assertArrayEquals(chunk, other);
            expected.gatherInputs(new int[] {7, 599, 0}, 0, 1, 3, chunk);
            data.gatherInputs(new int[] {7, 599, 0}, 0, 1, 3, other);
            assertArrayEquals(chunk, other);
            expected.gatherTargets(new int[] {7, 599, 0}, 0, 1, 3, chunk);
            data.gatherTargets(new int[] {7, 599, 0}, 0, 1, 3, other);
            assertArrayEquals(chunk, other);
            assertThrows(IllegalArgumentException.class, () -> data.copyInputs(599, 2, chunk));
            assertThrows(IllegalArgumentException.class, () -> data.gatherInputs(new int[] {600}, 0, 1, 1, chunk));
        }
    }

    @Test
    void valuesAndDerivativesAreTheSame() {
        double[] expected = derivatives(inMemory);
        for (Objective objective : fromSources) {
            assertArrayEquals(expected, derivatives(objective));
        }
    }

    private static double[] derivatives(Objective objective) {
        int p = objective.parameterCount();
        DMatrixRMaj gradient = new DMatrixRMaj(p, 1);
        DMatrixRMaj product = new DMatrixRMaj(p, 1);
        DMatrixRMaj chunked = new DMatrixRMaj(p, 1);
        objective.gradient(THETA, gradient);
        objective.hessianVector(THETA, THETA, product);
        Curvature.of(objective).at(THETA).apply(THETA, chunked);
        double noise = GradientNoise.trace(objective, THETA, 16, 0, 5, 3).value();
        double[] all = Arrays.copyOf(gradient.data, 3 * p + 2);
        System.arraycopy(product.data, 0, all, p, p);
        System.arraycopy(chunked.data, 0, all, 2 * p, p);
        all[3 * p] = objective.loss(THETA);
        all[3 * p + 1] = noise;
        return all;
    }

    @Test
    void stepsAreTheSame() {
        LabelNoiseSgd sgd = LabelNoiseSgd.of(0.05).withSeed(4);
        for (LabelNoiseSgd settings : List.of(sgd.withBatchSize(16), sgd.withFullBatch(), sgd.withMomentum(0.5))) {
            double[] expected = settings.run(inMemory, THETA, 40).parameters().data;
            for (Objective objective : fromSources) {
                assertArrayEquals(expected, settings.run(objective, THETA, 40).parameters().data);
            }
        }
    }

    @Test
    void ensemblesAreTheSame() {
        EnsembleResult expected = ensemble(inMemory);
        for (Objective objective : fromSources) {
            EnsembleResult found = ensemble(objective);
            assertArrayEquals(expected.last().mean().data, found.last().mean().data);
            assertEquals(
                    expected.statistics().get(0).mean(2),
                    found.statistics().get(0).mean(2));
        }
    }

    private static EnsembleResult ensemble(Objective objective) {
        LabelNoiseSgd sgd = LabelNoiseSgd.of(0.05).withBatchSize(4);
        return Ensemble.of(objective, sgd)
                .withReplicas(20)
                .withThreads(2)
                .withStatistic(ReplicaStatistics.loss(objective), StepSchedule.every(0, 10, 20))
                .run(THETA, 20);
    }

    /** Numbers that nobody knows to be finite are looked at once, at the beginning. */
    @Test
    void refusesWhatIsNotFinite() {
        float[] pixels = new float[70_000 * 2];
        pixels[139_999] = Float.NaN;
        ArrayRows targets = ArrayRows.of(new int[70_000], 1);
        assertEquals(
                "Data.of: inputs is NaN at (69999, 1), must be finite",
                assertThrows(IllegalArgumentException.class, () -> Data.of(ArrayRows.of(pixels, 2), targets))
                        .getMessage());
        double[] infinite = {1, Double.NEGATIVE_INFINITY};
        assertEquals(
                "Data.of: targets is -Infinity at (1, 0), must be finite",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Data.of(ArrayRows.of(new int[2], 1), ArrayRows.of(infinite, 1)))
                        .getMessage());
        assertEquals(
                "Data.of: targets is 3×1, must be 2×1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Data.of(ArrayRows.of(new int[2], 1), ArrayRows.of(new int[3], 1)))
                        .getMessage());
    }

    /** What takes all samples at once reads no more than a stated number of them to memory. */
    @Test
    void refusesToKeepManyNumbers() {
        int side = 3_000;
        RowSource large = new RowSource() {
            @Override
            public int rowCount() {
                return side;
            }

            @Override
            public int columnCount() {
                return side;
            }

            @Override
            public void read(int first, int count, double[] out, int offset) {
                Arrays.fill(out, offset, offset + count * side, 1.0 / side);
            }
        };
        Objective objective =
                Objective.of(Models.linear(side), Losses.square(), Data.of(large, ArrayRows.of(new int[side], 1)));
        DMatrixRMaj theta = new DMatrixRMaj(side, 1);
        theta.fill(1);
        DMatrixRMaj out = new DMatrixRMaj(side, 1);
        assertEquals(0.5, objective.loss(theta), 1e-12);
        String message = assertThrows(IllegalArgumentException.class, () -> objective.hessianVector(theta, theta, out))
                .getMessage();
        assertEquals(
                "derivatives on all samples at once: inputs is 3000×3000 and read from a source, must be at most 8388608"
                        + " numbers, or in an array of doubles; optim.curvature works on chunks",
                message);
        Curvature.of(objective).at(theta).apply(theta, out);
        assertEquals(1.0 / side, out.data[7], 1e-12);
    }

    @Test
    void sourcesThatFailAreHeard() throws IOException {
        Path path = Files.write(folder.resolve("numbers"), new byte[8 * 4]);
        MappedRows rows = RowFile.of(path, ElementType.DOUBLE, 1).open();
        Files.write(path, new byte[8 * 5]);
        String message = assertThrows(UncheckedIOException.class, () -> Data.of(rows, ArrayRows.of(new int[4], 1)))
                .getCause()
                .getMessage();
        assertTrue(message.contains("is changed since it was opened"), message);
    }
}
