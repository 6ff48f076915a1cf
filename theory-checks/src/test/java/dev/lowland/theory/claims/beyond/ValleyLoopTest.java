package dev.lowland.theory.claims.beyond;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lowland.optim.flatness.DriftEvaluator;
import dev.lowland.optim.flatness.DriftField;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Setting;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** The circulation of a rotation is twice its speed, that of a gradient is none. */
class ValleyLoopTest {

    private static final Setting SETTING = UnequalLabelNoise.setting();
    private static final DMatrixRMaj FIRST = SETTING.eigenvector(SETTING.rank());
    private static final DMatrixRMaj SECOND = SETTING.eigenvector(SETTING.rank() + 1);
    private static final ValleyLoop LOOP = new ValleyLoop(SETTING.objective(), SETTING.theta(), FIRST, SECOND);

    /** turn·(−⟨θ, b⟩a + ⟨θ, a⟩b) + pull·θ, of the two directions a and b of the loop. */
    private static DriftField field(double turn, double pull) {
        return new DriftField() {
            @Override
            public String name() {
                return "a rotation and a gradient";
            }

            @Override
            public DriftEvaluator evaluator() {
                return (theta, out) -> {
                    out.setTo(theta);
                    CommonOps_DDRM.scale(pull, out);
                    CommonOps_DDRM.addEquals(out, -turn * Dense.dot(theta, SECOND), FIRST);
                    CommonOps_DDRM.addEquals(out, turn * Dense.dot(theta, FIRST), SECOND);
                    return PotentialStatus.DEFINED;
                };
            }
        };
    }

    @Test
    void theCurlOfARotationIsTwiceItsSpeed() {
        assertEquals(6, LOOP.curl(field(3, 5)), 1e-9);
        assertEquals(0, LOOP.curl(field(0, 5)), 1e-9);
    }

    @Test
    void theCirculationOfAGradientIsNone() {
        ValleyLoop.Circulation none = LOOP.around(field(0, 5), 0.1);
        assertEquals(0, none.value(), 1e-10 * none.size());
    }

    @Test
    void theCirculationTendsToTheCurl() {
        double wide = LOOP.around(field(3, 5), 0.02).value();
        double narrow = LOOP.around(field(3, 5), 0.01).value();
        assertEquals(6, (4 * narrow - wide) / 3, 1e-5);
    }
}
