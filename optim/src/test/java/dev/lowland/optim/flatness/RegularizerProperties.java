package dev.lowland.optim.flatness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.optim.support.Close;
import dev.lowland.optim.support.Differences;
import dev.lowland.optim.support.Problems;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;

class RegularizerProperties {

    @Property(tries = 60)
    void isAtLeastTheQuarterTraceAndGrowsWithTheRate(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
            @ForAll @DoubleRange(min = 0.01, max = 1.9) double sharpness) {
        ordered(seed, sharpness);
    }

    @Property(tries = 40)
    void gradientIsTheDifferenceOfTheValue(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
            @ForAll @DoubleRange(min = 0.05, max = 1.6) double sharpness,
            @ForAll @DoubleRange(min = 0, max = 0.95) double momentum) {
        differentiated(seed, sharpness, momentum);
    }

    /** At zero loss H is positive semi-definite, so every term of the series is positive. */
    static void ordered(long seed, double sharpness) {
        Problems problem = Problems.interpolated(Problems.model(seed), 3, seed);
        PotentialValue quarter = QuarterTrace.of(problem.objective()).at(problem.theta());
        double eta = sharpness / quarter.topEigenvalue();
        PotentialValue value = Regularizer.of(problem.objective(), eta, 0).at(problem.theta());
        PotentialValue smaller = Regularizer.of(problem.objective(), eta / 2, 0).at(problem.theta());
        double rounding = 1e-12 * quarter.value();
        assertTrue(smaller.value() >= quarter.value() - rounding, "seed " + seed);
        assertTrue(value.value() >= smaller.value() - rounding, "seed " + seed);
        assertEquals(2 - sharpness, value.margin(), 1e-10, "seed " + seed);
    }

    static void differentiated(long seed, double sharpness, double momentum) {
        Problems problem = Problems.interpolated(Problems.model(seed), 3, seed);
        double top = QuarterTrace.of(problem.objective()).at(problem.theta()).topEigenvalue();
        double eta = sharpness * (1 + momentum) / top;
        Regularizer regularizer = Regularizer.of(problem.objective(), eta, momentum);
        if (nearTheEdge(regularizer, problem.theta())) {
            return;
        }
        DMatrixRMaj expected =
                Differences.gradient(theta -> regularizer.at(theta).value(), problem.theta());
        DMatrixRMaj gradient = new DMatrixRMaj(problem.theta().numRows, 1);
        regularizer.gradient(problem.theta(), gradient);
        double scale = 1 + regularizer.at(problem.theta()).value();
        assertEquals(0, Close.distance(expected, gradient), 1e-5 * scale, "seed " + seed);
    }

    /** Whether R ends, or bends too much for differences, within their reach. */
    private static boolean nearTheEdge(Regularizer regularizer, DMatrixRMaj theta) {
        double margin = regularizer.at(theta).margin();
        for (int k = 0; k < theta.numRows; k++) {
            for (double step : new double[] {-0.02, 0.02}) {
                DMatrixRMaj moved = theta.copy();
                moved.data[k] += step;
                double there = regularizer.at(moved).margin();
                if (there < 0.5 * margin) {
                    return true;
                }
            }
        }
        return false;
    }
}
