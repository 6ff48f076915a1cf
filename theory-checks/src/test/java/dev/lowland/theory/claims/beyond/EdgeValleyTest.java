package dev.lowland.theory.claims.beyond;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.theory.claims.trial.ProjectedFlow;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.Setting;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** The flow at the edge keeps the largest eigenvalue, which the flow of ℓ alone raises. */
class EdgeValleyTest {

    private static final EdgeValley VALLEY = EdgeValley.of(Families.QUADRATIC, 1);

    private static double sharpnessAfter(double share, double time) {
        DMatrixRMaj end = ProjectedFlow.along(VALLEY.sharp(), VALLEY.field("", share))
                .path(VALLEY.theta(), time)
                .get(0);
        return VALLEY.learningRate() * new Setting("", VALLEY.sharp(), end).top();
    }

    @Test
    void theStartIsAtTheEdgeAndDrivenUp() {
        assertEquals(2, VALLEY.learningRate() * new Setting("", VALLEY.sharp(), VALLEY.theta()).top(), 1e-12);
        assertEquals(0, VALLEY.sharp().loss(VALLEY.theta()), 1e-20);
        assertTrue(VALLEY.variance(VALLEY.theta()) > 0);
    }

    @Test
    void theFlowKeepsTheLargestEigenvalue() {
        assertEquals(2, sharpnessAfter(1, 0.05), 1e-7);
        assertTrue(sharpnessAfter(0, 0.05) > 2.001, () -> "" + sharpnessAfter(0, 0.05));
        assertTrue(sharpnessAfter(0.5, 0.05) > 2.0005, () -> "" + sharpnessAfter(0.5, 0.05));
    }

    @Test
    void descentOscillatesWithTheVarianceThatTheFlowAsksFor() {
        EdgeValley.Way way = VALLEY.descend(0.02, 1600);
        DMatrixRMaj middle = ProjectedFlow.along(VALLEY.sharp(), VALLEY.field("", 1))
                .path(VALLEY.theta(), 0.75 * 1600 * 0.02 * 0.02 * VALLEY.learningRate())
                .get(0);
        assertEquals(VALLEY.variance(middle), way.variance(), 0.03 * way.variance());
    }
}
