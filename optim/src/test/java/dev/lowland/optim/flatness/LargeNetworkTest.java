package dev.lowland.optim.flatness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.linalg.Norms;
import dev.lowland.core.linalg.krylov.Eigenpairs;
import dev.lowland.optim.curvature.Curvature;
import dev.lowland.optim.support.Problems;
import dev.lowland.optim.support.Trained;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** R where no dense matrix fits. Figures go to target/figures; seconds are of one thread. */
@Tag("long")
@Tag("once")
class LargeNetworkTest {

    private static final RegularizerSettings SETTINGS =
            RegularizerSettings.standard().withMethod(RegularizerMethod.STOCHASTIC);

    private static void write(String name, List<String> lines) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "figures"));
        Files.write(folder.resolve(name), lines);
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static double rate(Problems problem, double sharpness) {
        Eigenpairs top = Curvature.of(problem.objective()).top(problem.theta(), 1);
        return sharpness / top.values()[0];
    }

    /** More than 100,000 parameters: a standard error of 1 % of R, and two seeds that agree. */
    @Test
    void onePerCentAtAHundredThousandParameters() throws IOException {
        Problems problem = Trained.mlp(256, 150, 0.01, 4, 120, 280, 240, 1);
        assertTrue(problem.theta().numRows > 100_000);
        List<String> lines = new ArrayList<>();
        lines.add("P,sharpness,probes,R,standardError,LanczosError,relative,products,seconds,withGradient,gradient,"
                + "gradientStandardError");
        PotentialValue first = measure(problem, 1, 1, true, lines);
        PotentialValue second = measure(problem, 1, 2, false, lines);
        double both = Math.hypot(first.standardError(), second.standardError());
        assertEquals(first.value(), second.value(), 4.5 * both);
        measure(problem, 1.8, 1, false, lines);
    }

    private static PotentialValue measure(
            Problems problem, double sharpness, long seed, boolean withGradient, List<String> lines)
            throws IOException {
        int size = problem.theta().numRows;
        PotentialEvaluator evaluator = Regularizer.of(problem.objective(), rate(problem, sharpness), 0)
                .withSettings(SETTINGS.withProbes(192).withSeed(seed))
                .evaluator();
        DMatrixRMaj gradient = new DMatrixRMaj(size, 1);
        DMatrixRMaj error = new DMatrixRMaj(size, 1);
        long start = System.nanoTime();
        PotentialValue value =
                withGradient ? evaluator.evaluate(problem.theta(), gradient, error) : evaluator.at(problem.theta());
        double seconds = 1e-9 * (System.nanoTime() - start);
        double relative = value.standardError() / value.value();
        lines.add(line(
                "%d,%.2f,%d,%.10e,%.3e,%.1e,%.3e,%d,%.2f,%b,%.4e,%.4e",
                size,
                sharpness,
                value.probes(),
                value.value(),
                value.standardError(),
                value.lanczosError(),
                relative,
                value.products(),
                seconds,
                withGradient,
                Norms.two(gradient),
                Norms.two(error)));
        write("regularizer-100000.csv", lines);
        assertEquals(PotentialStatus.DEFINED, value.status());
        assertTrue(relative < 0.01, "relative standard error " + relative);
        return value;
    }

    /** Products a probe do not depend on P, and a product costs in proportion to P. */
    @Test
    void theCostGrowsInProportion() throws IOException {
        int[] widths = {28, 96, 314, 998};
        List<String> lines = new ArrayList<>();
        lines.add("P,R,standardError,products,seconds,nanosecondsAProductAndParameter");
        for (int width : widths) {
            Problems problem = Trained.mlp(64, 5, 0.01, 4, 8, width, width, 1);
            RegularizerSettings settings =
                    SETTINGS.withProbes(4).withDeflated(2).withLanczos(16, 1e-3);
            Regularizer regularizer =
                    Regularizer.of(problem.objective(), rate(problem, 1), 0).withSettings(settings);
            PotentialEvaluator evaluator = regularizer.evaluator();
            int size = problem.theta().numRows;
            DMatrixRMaj gradient = new DMatrixRMaj(size, 1);
            // compiles, and warms up what is small
            int rounds = size < 20_000 ? 20 : 1;
            PotentialValue value = evaluator.at(problem.theta());
            long start = System.nanoTime();
            int products = 0;
            for (int i = 0; i < rounds; i++) {
                value = regularizer.evaluator().evaluate(problem.theta(), gradient, new DMatrixRMaj(size, 1));
                products += value.products();
            }
            double seconds = 1e-9 * (System.nanoTime() - start) / rounds;
            lines.add(line(
                    "%d,%.6e,%.2e,%d,%.4f,%.3f",
                    size,
                    value.value(),
                    value.standardError(),
                    products / rounds,
                    seconds,
                    1e9 * seconds / (products / rounds) / size));
            write("regularizer-scaling.csv", lines);
            // an upper bound that a quadratic cost would break at the next size; the figures are in the file
            assertTrue(value.products() < 250, value.products() + " products");
        }
    }
}
