package dev.lowland.cli.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.problem.ProblemReader;
import dev.lowland.core.linalg.Norms;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.curvature.Curvature;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.flatness.PotentialValue;
import dev.lowland.optim.flatness.PrecisionStatus;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.flatness.RegularizerMethod;
import dev.lowland.optim.flatness.RegularizerSettings;
import dev.lowland.optim.objective.Objective;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A residual network of more than 100,000 parameters from a problem file; seconds go to target/figures. */
@Tag("long")
@Tag("once")
class LargeResNetTest {
    private static final String PROBLEM = """
            {"model": {"kind": "resnet", "channels": 1, "height": 14, "width": 14, "outputs": 10,
                       "channelsPerGroup": 4, "blocksPerStage": 1, "filters": [20, 40, 80], "activation": "relu"},
             "loss": "cross-entropy",
             "data": {"synthetic": "images", "height": 14, "width": 14, "classes": 10, "perClass": 4},
             "init": {"kind": "kaiming-fan-out"},
             "sgd": {"learningRate": 0.01, "batchSize": 10, "flipProbability": 0.2}}
            """;

    @TempDir
    Path folder;

    private Objective objective;
    private DMatrixRMaj theta;

    @BeforeEach
    void read() throws IOException {
        Problem problem = ProblemReader.read(Files.writeString(folder.resolve("problem.json"), PROBLEM));
        objective = problem.objective();
        theta = problem.theta();
        assertTrue(theta.numRows > 100_000, theta.numRows + " parameters");
    }

    private DMatrixRMaj direction(int which) {
        DMatrixRMaj v = new DMatrixRMaj(theta.numRows, 1);
        RandomStream.of(which, 0, Purpose.TEST).fillGaussian(0, v.numRows, v.data, 0, 1);
        double norm = Norms.two(v);
        for (int i = 0; i < v.numRows; i++) {
            v.data[i] /= norm;
        }
        return v;
    }

    private DMatrixRMaj moved(DMatrixRMaj v, double step) {
        DMatrixRMaj point = theta.copy();
        for (int i = 0; i < point.numRows; i++) {
            point.data[i] += step * v.data[i];
        }
        return point;
    }

    private DMatrixRMaj gradient(DMatrixRMaj at) {
        DMatrixRMaj gradient = new DMatrixRMaj(theta.numRows, 1);
        objective.gradient(at, gradient);
        return gradient;
    }

    /** Along the gradient itself and a random direction that has a part of it. */
    @Test
    void theGradientIsThatOfDifferences() {
        DMatrixRMaj gradient = gradient(theta);
        DMatrixRMaj along = gradient.copy();
        double size = Norms.two(gradient);
        DMatrixRMaj random = direction(1);
        for (int i = 0; i < along.numRows; i++) {
            along.data[i] = along.data[i] / size + random.data[i];
        }
        double expected = 0;
        for (int i = 0; i < along.numRows; i++) {
            expected += gradient.data[i] * along.data[i];
        }
        // Short: with relu, units that switch on the way add an error in proportion to it.
        double step = 2e-8;
        double difference = (objective.loss(moved(along, step)) - objective.loss(moved(along, -step))) / (2 * step);
        assertEquals(expected, difference, 1e-7 * size);
    }

    @Test
    void productsWithTheHessianAreDifferencesOfGradients() {
        DMatrixRMaj v = direction(2);
        DMatrixRMaj product = new DMatrixRMaj(theta.numRows, 1);
        Curvature.of(objective).at(theta).apply(v, product);
        double step = 1e-6;
        DMatrixRMaj up = gradient(moved(v, step));
        DMatrixRMaj down = gradient(moved(v, -step));
        for (int i = 0; i < up.numRows; i++) {
            up.data[i] = (up.data[i] - down.data[i]) / (2 * step);
        }
        assertTrue(
                Norms.distance(up, product) <= 1e-6 * Norms.two(product),
                "off by " + Norms.distance(up, product) + " of " + Norms.two(product));
    }

    @Test
    void theRegularizerIsKnownToTwoPerCent() throws IOException {
        RegularizerSettings settings = RegularizerSettings.standard()
                .withMethod(RegularizerMethod.STOCHASTIC)
                .withLanczos(64, 1e-3)
                .withTarget(0.02, 1024)
                .withThreads(2);
        Regularizer regularizer = Regularizer.of(objective, 0.01, 0).withSettings(settings);
        long start = System.nanoTime();
        PotentialValue value = regularizer.evaluator().at(theta);
        double seconds = 1e-9 * (System.nanoTime() - start);
        Files.createDirectories(Path.of("target", "figures"));
        Files.writeString(
                Path.of("target", "figures", "resnet-regularizer.csv"),
                String.format(
                        Locale.ROOT,
                        "P,R,standardError,probes,products,seconds%n%d,%.6e,%.2e,%d,%d,%.1f%n",
                        theta.numRows,
                        value.value(),
                        value.standardError(),
                        value.probes(),
                        value.products(),
                        seconds));
        assertEquals(PotentialStatus.DEFINED, value.status());
        assertEquals(PrecisionStatus.REACHED, value.precision());
        assertTrue(value.standardError() <= 0.02 * Math.abs(value.value()));
    }
}
