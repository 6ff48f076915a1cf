package dev.lowland.optim.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.ensemble.Moments;
import dev.lowland.optim.flatness.QuarterTrace;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.support.Close;
import dev.lowland.optim.support.Problems;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ten million steps of SGD, predicted in long steps and run. */
class TenMillionStepsTest {

    private static final long STEPS = 10_000_000;
    private static final int REPLICAS = 64;
    private static final double LAMBDA = 4e-8;

    private final Problems problem = Problems.table(5);
    private final Objective objective = problem.objective();
    private final LabelNoiseSgd sgd = optimiser();

    private LabelNoiseSgd optimiser() {
        double eta = 1 / QuarterTrace.of(objective).at(problem.theta()).topEigenvalue();
        return LabelNoiseSgd.of(eta).withLabelNoise(Math.sqrt(LAMBDA * 3 / eta));
    }

    @Test
    void arePredictedInAFewLongSteps() {
        SlowFlowResult flow = predict(SlowFlow.of(objective, sgd));
        double moved = Close.distance(flow.parameters(), problem.theta());
        assertTrue(moved > 0.1, () -> "moved " + moved);
        assertTrue(flow.errorEstimate() < 1e-4 * moved, () -> flow.errorEstimate() + " of " + moved);
        assertTrue(
                flow.plainSteps() + 100 * flow.longSteps() < STEPS / 200,
                () -> flow.plainSteps() + " plain and " + flow.longSteps() + " long steps");
    }

    private SlowFlowResult predict(SlowFlow flow) {
        return flow.withLongSteps(1e-6).run(problem.theta(), STEPS);
    }

    @Test
    @Tag("long")
    @Tag("once")
    void anEnsembleIsWhereTheyLead() {
        SlowFlowResult flow = predict(SlowFlow.of(objective, sgd));
        DMatrixRMaj direction = minus(flow.parameters());
        double displacement = Math.sqrt(CommonOps_DDRM.dot(direction, direction));
        CommonOps_DDRM.divide(direction, displacement);
        Moments moments = Ensemble.of(objective, sgd)
                .withReplicas(REPLICAS)
                .withThreads(2)
                .run(problem.theta(), STEPS)
                .last();
        double measured = CommonOps_DDRM.dot(direction, minus(moments.mean()));
        double error = moments.standardErrorAlong(direction);
        String what = "measured " + measured + " ± " + error + ", predicted " + displacement + " ± "
                + flow.errorEstimate() + ", off by " + (measured - displacement) / error + " standard errors";
        assertTrue(4 * error < 0.005 * displacement, what);
        assertEquals(displacement, measured, 4 * error + flow.errorEstimate() + 1e-4 * displacement, what);
        SlowFlow stronger = SlowFlow.of(objective, sgd).withStrength(1.02 * LAMBDA);
        SlowFlow quarter = SlowFlow.of(objective, sgd).withDrift(QuarterTrace.of(objective));
        for (SlowFlow wrong : new SlowFlow[] {stronger, quarter}) {
            double other = CommonOps_DDRM.dot(direction, minus(predict(wrong).parameters()));
            assertTrue(Math.abs(other - measured) > 6 * error, () -> other + " is not refused: " + what);
        }
    }

    private DMatrixRMaj minus(DMatrixRMaj theta) {
        DMatrixRMaj difference = new DMatrixRMaj(6, 1);
        CommonOps_DDRM.subtract(theta, problem.theta(), difference);
        return difference;
    }
}
