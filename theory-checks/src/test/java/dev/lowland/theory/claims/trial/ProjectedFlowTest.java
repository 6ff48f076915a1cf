package dev.lowland.theory.claims.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lowland.optim.flatness.QuarterTrace;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.Setting;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** The flow within the zero-loss set: it stays there, it is tangential, and its speed is that of its definition. */
class ProjectedFlowTest {

    private static final Setting SETTING = Families.QUADRATIC.zeroLoss(3, s -> s.rank() == 3 && s.conditioning() > 0.1);

    @Test
    void theLossStaysZero() {
        DMatrixRMaj end = ProjectedFlow.ofTrace(SETTING.objective(), 0.25)
                .path(SETTING.theta(), 0.3)
                .get(0);
        assertEquals(0, SETTING.objective().loss(end), 1e-26);
    }

    @Test
    void theFirstSpeedIsTheProjectedGradient() {
        DMatrixRMaj gradient = new DMatrixRMaj(SETTING.parameters(), 1);
        QuarterTrace.of(SETTING.objective()).gradient(SETTING.theta(), gradient);
        DMatrixRMaj speed = Dense.times(SETTING.nullProjector(), gradient);
        double time = 1e-5;
        DMatrixRMaj moved = Dense.minus(
                ProjectedFlow.ofTrace(SETTING.objective(), 0.25)
                        .path(SETTING.theta(), time)
                        .get(0),
                SETTING.theta());
        assertEquals(0, Dense.norm(Dense.minus(Dense.scaled(-1 / time, moved), speed)), 1e-3 * Dense.norm(speed));
    }

    @Test
    void timeAndFactorAreOneThing() {
        List<DMatrixRMaj> slow =
                ProjectedFlow.ofTrace(SETTING.objective(), 0.25).path(SETTING.theta(), 0.1, 0.4);
        List<DMatrixRMaj> fast = ProjectedFlow.ofTrace(SETTING.objective(), 0.5).path(SETTING.theta(), 0.05, 0.2);
        for (int i = 0; i < 2; i++) {
            assertEquals(0, Dense.norm(Dense.minus(slow.get(i), fast.get(i))), 1e-9);
        }
    }

    @Test
    void aPotentialGivesTheSameFlowAsItsOwnGradient() {
        DMatrixRMaj one = ProjectedFlow.ofTrace(SETTING.objective(), 0.25)
                .path(SETTING.theta(), 0.2)
                .get(0);
        DMatrixRMaj other = ProjectedFlow.of(SETTING.objective(), QuarterTrace.of(SETTING.objective()))
                .path(SETTING.theta(), 0.2)
                .get(0);
        assertEquals(0, Dense.norm(Dense.minus(one, other)), 1e-9);
    }
}
