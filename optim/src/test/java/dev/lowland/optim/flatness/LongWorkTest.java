package dev.lowland.optim.flatness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.curvature.Curvature;
import dev.lowland.optim.curvature.CurvatureOperator;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.support.Interrupts;
import dev.lowland.optim.support.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an exact R of many parameters costs, how it tells how far it is, and how soon it stops. */
@Tag("once")
class LongWorkTest {

    private static Objective objective(int width, int samples) {
        Random random = new Random(3);
        return Objective.of(
                Models.mlp(4, width, 1),
                Losses.square(),
                Data.of(Problems.gaussian(samples, 4, random), Problems.gaussian(samples, 1, random)));
    }

    private static DMatrixRMaj theta(Objective objective) {
        DMatrixRMaj theta = Problems.gaussian(objective.parameterCount(), 1, new Random(5));
        for (int i = 0; i < theta.numRows; i++) {
            theta.data[i] *= 0.1;
        }
        return theta;
    }

    /** In the Hessian, in its eigenvalues, in the third derivative; a smaller one before it warms the machine up. */
    @ParameterizedTest
    @CsvSource({"1, 0.06", "1, 0.4", "1, 0.95", "2, 0.03"})
    @Tag("slow")
    void anInterruptEndsAnExactOneAtOnce(int threads, double share) throws InterruptedException {
        exact(objective(60, 40), threads).run();
        Objective objective = objective(330, 40);
        assertEquals(1981, objective.parameterCount());
        CountDownLatch reached = new CountDownLatch(1);
        Evaluation work = exact(objective, threads);
        work.regularizer = work.regularizer.withProgress(done -> {
            if (done >= share) {
                reached.countDown();
            }
        });
        long late = Interrupts.lateness(reached::await, work);
        assertTrue(late < 100, late + " ms at a share of " + share);
    }

    @Test
    @Tag("slow")
    void anInterruptEndsAnEstimateAtOnce() throws InterruptedException {
        Objective objective = objective(330, 40);
        Evaluation work = exact(objective, 1);
        RegularizerSettings many = RegularizerSettings.standard()
                .withMethod(RegularizerMethod.STOCHASTIC)
                .withProbes(100_000);
        work.regularizer = work.regularizer.withSettings(many);
        assertTrue(Interrupts.lateness(1500, work) < 100);
    }

    /**
     * Of a gradient, and of a product with the Hessian, at P ≥ 3·10⁵ over 20,000 samples: between their chunks; once
     * before, to warm up.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("slow")
    void anInterruptEndsOneLongDerivativeAtOnce(boolean product) throws InterruptedException {
        Random random = new Random(3);
        Objective objective = Objective.of(
                Models.mlp(40, 6_000, 10),
                Losses.square(),
                Data.of(Problems.gaussian(20_000, 40, random), Problems.gaussian(20_000, 10, random)));
        DMatrixRMaj theta = theta(objective);
        assertTrue(theta.numRows > 300_000);
        DMatrixRMaj out = theta.copy();
        CurvatureOperator hessian = Curvature.of(objective).at(theta);
        objective.gradient(theta, out);
        hessian.apply(theta, out);
        CountDownLatch begun = new CountDownLatch(1);
        long late = Interrupts.lateness(
                () -> {
                    begun.await();
                    Thread.sleep(500);
                },
                () -> {
                    for (int k = 0; k < 30; k++) {
                        begun.countDown();
                        if (product) {
                            hessian.apply(theta, out);
                        } else {
                            objective.gradient(theta, out);
                        }
                    }
                });
        assertTrue(late < 100, late + " ms");
    }

    private static Evaluation exact(Objective objective, int threads) {
        RegularizerSettings settings = RegularizerSettings.standard()
                .withMethod(RegularizerMethod.EXACT)
                .withThreads(threads);
        return new Evaluation(Regularizer.of(objective, 1e-3, 0).withSettings(settings), theta(objective));
    }

    /** R and ∇R at a point. */
    private static final class Evaluation implements Runnable {
        private final DMatrixRMaj theta;
        private Regularizer regularizer;

        Evaluation(Regularizer regularizer, DMatrixRMaj theta) {
            this.regularizer = regularizer;
            this.theta = theta;
        }

        @Override
        public void run() {
            regularizer
                    .evaluator()
                    .evaluate(theta, new DMatrixRMaj(theta.numRows, 1), new DMatrixRMaj(theta.numRows, 1));
        }
    }

    /** Ascending to 1, whatever is asked, and no number changes. */
    @Test
    void progressIsToldAndChangesNothing() {
        Objective objective = objective(20, 6);
        DMatrixRMaj theta = theta(objective);
        Regularizer silent = Regularizer.of(objective, 0.01, 0);
        List<Double> told = new ArrayList<>();
        PotentialEvaluator evaluator = silent.withProgress(told::add).evaluator();
        DMatrixRMaj expected = new DMatrixRMaj(theta.numRows, 1);
        DMatrixRMaj found = new DMatrixRMaj(theta.numRows, 1);
        silent.gradient(theta, expected);
        for (int round = 0; round < 3; round++) {
            told.clear();
            if (round == 0) {
                assertEquals(silent.at(theta).value(), evaluator.at(theta).value());
            } else if (round == 1) {
                evaluator.gradient(theta, found);
                assertArrayEquals(expected.data, found.data);
            } else {
                evaluator.evaluate(theta, found, found.copy());
                assertArrayEquals(expected.data, found.data);
            }
            assertTrue(told.size() > 3, told::toString);
            assertEquals(1, told.get(told.size() - 1));
            for (int i = 1; i < told.size(); i++) {
                assertTrue(told.get(i - 1) <= told.get(i), told::toString);
            }
        }
    }

    @Test
    void theCostIsToldBeforehand() {
        RegularizerSettings exact = RegularizerSettings.standard().withMethod(RegularizerMethod.EXACT);
        Objective large = objective(1000, 3);
        RegularizerCost cost = Regularizer.of(large, 0.1, 0).withSettings(exact).cost();
        double parameters = 6001;
        assertEquals(16 * parameters * parameters, cost.bytes());
        assertEquals("about 4 minutes and 576 MB", cost.toString());
        RegularizerCost estimate = Regularizer.of(large, 0.1, 0).cost();
        assertTrue(estimate.seconds() < 0.1 * cost.seconds(), estimate + " and " + cost);
        assertTrue(estimate.bytes() < 0.1 * cost.bytes(), estimate + " and " + cost);
        RegularizerCost many = Regularizer.of(objective(1000, 3000), 0.1, 0)
                .withSettings(exact.withThreads(2))
                .cost();
        assertTrue(many.seconds() > 2 * cost.seconds(), many + " and " + cost);
        assertEquals(
                "about 1 seconds and 1 MB",
                Regularizer.of(objective(2, 3), 0.1, 0).cost().toString());
    }
}
