package dev.lowland.optim.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.ensemble.EnsembleResult;
import dev.lowland.optim.ensemble.Moments;
import dev.lowland.optim.flatness.Decayed;
import dev.lowland.optim.flatness.DriftPotential;
import dev.lowland.optim.flatness.PotentialValue;
import dev.lowland.optim.flatness.QuarterTrace;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.fluctuation.Fluctuations;
import dev.lowland.optim.fluctuation.PointFluctuations;
import dev.lowland.optim.noise.Noise;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.rule.Regularization;
import dev.lowland.optim.rule.Rules;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.optim.sgd.Run;
import dev.lowland.optim.stationarity.Stationarity;
import dev.lowland.optim.stationarity.StationarityResult;
import dev.lowland.optim.support.Close;
import dev.lowland.optim.support.Problems;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weight decay adds γ‖θ‖²/2 to L + λR: arithmetic, runs, long steps, stationary points. */
class WeightDecayTest {

    private static final double LAMBDA = 2e-4;
    private static final double DECAY = 3e-4;
    private static final Problems PROBLEM = Problems.table(5);
    private static final Objective OBJECTIVE = PROBLEM.objective();

    /** On the problem of the table, at e·h_max = sharpness. */
    private static Optimiser optimiser(double sharpness, double momentum, double decay) {
        double top = QuarterTrace.of(OBJECTIVE).at(PROBLEM.theta()).topEigenvalue();
        double eta = sharpness * (1 + momentum) / top;
        return Optimiser.of(momentum == 0 ? Rules.plain() : Rules.heavyBall(momentum), eta)
                .withNoise(Noise.gaussian(Math.sqrt(LAMBDA * 3 * (1 - momentum) / eta)))
                .withRegularization(Regularization.none().withWeightDecay(decay));
    }

    /** Two steps of θ − η(∇L + γθ + λ∇R) + β(θ − θ before). */
    @Test
    void stepsByHand() {
        Optimiser optimiser = optimiser(0.7, 0.4, DECAY);
        double eta = optimiser.schedule().at(0);
        Regularizer r = Regularizer.of(OBJECTIVE, eta, 0.4);
        double[] theta = PROBLEM.theta().data.clone();
        double[] change = new double[6];
        for (int k = 0; k < 2; k++) {
            DMatrixRMaj at = DMatrixRMaj.wrap(6, 1, theta.clone());
            DMatrixRMaj gradient = new DMatrixRMaj(6, 1);
            DMatrixRMaj push = new DMatrixRMaj(6, 1);
            OBJECTIVE.gradient(at, gradient);
            r.gradient(at, push);
            for (int i = 0; i < 6; i++) {
                change[i] = 0.4 * change[i] - eta * (gradient.data[i] + DECAY * theta[i] + LAMBDA * push.data[i]);
                theta[i] += change[i];
            }
        }
        SlowFlow flow = SlowFlow.of(OBJECTIVE, optimiser);
        assertEquals(DECAY, flow.weightDecay());
        assertArrayEquals(theta, flow.run(PROBLEM.theta(), 2).parameters().data, 1e-15);
    }

    /** Without noise the flow is the run, to rounding. */
    @Test
    void withoutNoiseTheFlowIsTheRun() {
        for (double momentum : new double[] {0, 0.6}) {
            Optimiser silent = optimiser(0.7, momentum, 0.05).withNoise(Noise.none());
            Run run = silent.run(OBJECTIVE, PROBLEM.theta(), 200);
            SlowFlow flow = SlowFlow.of(OBJECTIVE, silent);
            assertEquals(0, flow.strength());
            assertArrayEquals(
                    run.parameters().data, flow.run(PROBLEM.theta(), 200).parameters().data, 1e-13);
        }
    }

    @Test
    void decoupledIsCoupledBesidePlain() {
        Optimiser coupled = optimiser(0.7, 0, DECAY);
        Optimiser apart = coupled.withRegularization(Regularization.none().withDecoupledWeightDecay(DECAY));
        assertArrayEquals(
                SlowFlow.of(OBJECTIVE, coupled).run(PROBLEM.theta(), 50).parameters().data,
                SlowFlow.of(OBJECTIVE, apart).run(PROBLEM.theta(), 50).parameters().data);
    }

    /** The mean of runs goes where the flow with γ says, along its whole way, and not where others say. */
    @ParameterizedTest
    @CsvSource({"1.0, 0, 1500", "1.2, 0.6, 600"})
    @Tag("slow")
    void runsGoAsTheFlowSays(double sharpness, double momentum, long steps) {
        Optimiser optimiser = optimiser(sharpness, momentum, DECAY);
        SlowFlow flow = SlowFlow.of(OBJECTIVE, optimiser);
        EnsembleResult result = Ensemble.of(OBJECTIVE, optimiser)
                .withReplicas(4000)
                .withThreads(2)
                .run(PROBLEM.theta(), steps);
        DMatrixRMaj direction = displacement(flow, steps);
        double expected = Math.sqrt(CommonOps_DDRM.dot(direction, direction));
        CommonOps_DDRM.divide(direction, expected);
        Moments moments = result.last();
        double measured = CommonOps_DDRM.dot(direction, minus(moments.mean(), PROBLEM.theta()));
        double error = moments.standardErrorAlong(direction);
        assertTrue(4 * error < 0.01 * expected, () -> "too few replicas: " + error + " of " + expected);
        assertEquals(expected, measured, 4 * error + 0.005 * expected);
        for (double other : new double[] {0, 0.9 * DECAY, 1.1 * DECAY}) {
            SlowFlow wrong = SlowFlow.of(OBJECTIVE, optimiser(sharpness, momentum, other));
            double predicted = CommonOps_DDRM.dot(direction, displacement(wrong, steps));
            assertTrue(
                    Math.abs(predicted - measured) > 6 * error,
                    () -> "γ = " + other + ": " + predicted + ", measured " + measured + " ± " + error);
        }
    }

    private static DMatrixRMaj displacement(SlowFlow flow, long steps) {
        return minus(flow.run(PROBLEM.theta(), steps).parameters(), PROBLEM.theta());
    }

    private static DMatrixRMaj minus(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj difference = new DMatrixRMaj(a.numRows, 1);
        CommonOps_DDRM.subtract(a, b, difference);
        return difference;
    }

    /** To first order in γ the drift of S beside weight decay is that of R: they part by a share of about γ/h. */
    @Test
    void theRestIsOfTheFluctuations() {
        double[] apart = new double[2];
        for (int halved = 0; halved < 2; halved++) {
            Optimiser optimiser = optimiser(0.8, 0.3, 0.02 / (1 + halved));
            DMatrixRMaj found = new DMatrixRMaj(6, 1);
            PointFluctuations here = Fluctuations.inPaper(OBJECTIVE, optimiser).at(PROBLEM.theta());
            here.field(found);
            here.removeNormal(found);
            DMatrixRMaj plain = new DMatrixRMaj(6, 1);
            Regularizer.of(OBJECTIVE, optimiser).gradient(PROBLEM.theta(), plain);
            here.removeNormal(plain);
            apart[halved] = Close.distance(found, plain);
            assertTrue(apart[halved] > 1e-4 * CommonOps_DDRM.elementMaxAbs(plain));
        }
        assertEquals(2, apart[0] / apart[1], 0.05);
    }

    @ParameterizedTest
    @CsvSource({"0.2, 0, 3e-4, 1e-4", "1.5, 0, 2e-4, 1e-5", "1.0, 0.9, 1e-4, 1e-5"})
    @Tag("slow")
    void longStepsGoWherePlainOnesGo(double sharpness, double momentum, double decay, double tolerance) {
        SlowFlow flow =
                SlowFlow.of(OBJECTIVE, optimiser(sharpness, momentum, decay)).withStrength(LAMBDA / 4);
        long steps = 60_000;
        SlowFlowResult plain = flow.run(PROBLEM.theta(), steps);
        SlowFlowResult quick = flow.withLongSteps(tolerance).run(PROBLEM.theta(), steps);
        double error = Close.distance(plain.parameters(), quick.parameters());
        String what = "error " + error + ", stated " + quick.errorEstimate() + ", long " + quick.longSteps();
        assertTrue(error <= quick.errorEstimate() && error <= tolerance, what);
        assertTrue(quick.longSteps() > 4 && quick.plainSteps() < steps, what);
    }

    /** ε is ‖∇L/λ + ∇R + (γ/λ)θ‖, and next to nothing where the flow has come to rest. */
    @Test
    void stationaryPointsAreThoseOfTheFlow() {
        Optimiser optimiser = optimiser(1.0, 0, 5e-3);
        Stationarity measure = Stationarity.of(OBJECTIVE, optimiser);
        DMatrixRMaj gradient = new DMatrixRMaj(6, 1);
        DMatrixRMaj push = new DMatrixRMaj(6, 1);
        OBJECTIVE.gradient(PROBLEM.theta(), gradient);
        Regularizer.of(OBJECTIVE, optimiser).gradient(PROBLEM.theta(), push);
        double square = 0;
        for (int i = 0; i < 6; i++) {
            double entry = gradient.data[i] / LAMBDA + push.data[i] + 5e-3 / LAMBDA * PROBLEM.theta().data[i];
            square += entry * entry;
        }
        double expected = Math.sqrt(square);
        assertEquals(expected, measure.at(PROBLEM.theta()).orElseThrow(), 1e-9 * expected);
        DMatrixRMaj end =
                SlowFlow.of(OBJECTIVE, optimiser).run(PROBLEM.theta(), 400_000).parameters();
        StationarityResult near = measure.near(end);
        assertEquals(StationarityResult.Status.FOUND, near.status());
        assertTrue(near.epsilon() < 1e-6 * expected, () -> near.epsilon() + " of " + expected);
    }

    /** R + (γ/2λ)‖θ‖², with its name. */
    @Test
    void thePotentialHasAValue() {
        Regularizer r = Regularizer.of(OBJECTIVE, 0.01, 0);
        PotentialValue alone = r.at(PROBLEM.theta());
        PotentialValue both = ((DriftPotential) Decayed.of(r, 3)).at(PROBLEM.theta());
        double square = CommonOps_DDRM.dot(PROBLEM.theta(), PROBLEM.theta());
        assertEquals(alone.value() + 1.5 * square, both.value(), 1e-12);
        assertEquals(alone.margin(), both.margin());
        assertEquals("R + 1.5 × ‖θ‖²", Decayed.of(r, 3).name());
    }
}
