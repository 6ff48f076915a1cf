package dev.lowland.theory.claims.beyond;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.Setting;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** The flow under an adapting preconditioner: it stays in the valley, and rests where tr Diag(H)^½ is least. */
class PreconditionedFlowTest {

    private static final Setting SETTING = Families.QUADRATIC.zeroLoss(3, s -> s.rank() == 3 && s.conditioning() > 0.1);

    private static PreconditionedFlow flow(PreconditionedFlow.Kind kind) {
        return new PreconditionedFlow(SETTING.objective(), 0.3, 10, kind);
    }

    private static double rootTrace(DMatrixRMaj theta) {
        DMatrixRMaj hessian = new DMatrixRMaj(SETTING.parameters(), SETTING.parameters());
        SETTING.objective().hessian(theta, hessian);
        double sum = 0;
        for (int i = 0; i < SETTING.parameters(); i++) {
            sum += Math.sqrt(Math.max(0, hessian.get(i, i)));
        }
        return sum;
    }

    @Test
    void itStaysWhereTheLossIsZero() {
        for (DMatrixRMaj at : flow(PreconditionedFlow.Kind.ADAPTING).path(SETTING.theta(), 1, 0.1, 0.2, 0.3)) {
            assertEquals(0, SETTING.objective().loss(at), 1e-20);
        }
    }

    /** The first velocity against the formula, with a dense projector made another way. */
    @Test
    void itStartsAsTheFormulaSays() {
        int size = SETTING.parameters();
        DMatrixRMaj hessian = new DMatrixRMaj(size, size);
        SETTING.objective().hessian(SETTING.theta(), hessian);
        DMatrixRMaj inverse = new DMatrixRMaj(size, size);
        DMatrixRMaj roots = new DMatrixRMaj(size, size);
        for (int i = 0; i < size; i++) {
            double d = Math.sqrt(0.3 * hessian.get(i, i));
            inverse.set(i, i, 1 / d);
            roots.set(i, i, Math.sqrt(1 / d));
        }
        DMatrixRMaj third = new DMatrixRMaj(size, 1);
        SETTING.objective().thirdOrder(SETTING.theta(), roots, third);
        DMatrixRMaj along = new DMatrixRMaj(size, size - 3);
        for (int j = 0; j < size - 3; j++) {
            CommonOps_DDRM.insert(SETTING.eigenvector(3 + j), along, 0, j);
        }
        DMatrixRMaj metric = CommonOps_DDRM.invert(inverse) ? inverse : new DMatrixRMaj(0, 0);
        DMatrixRMaj square = CommonOps_DDRM.multTransA(along, Dense.times(metric, along), null);
        DMatrixRMaj solved = new DMatrixRMaj(size - 3, 1);
        CommonOps_DDRM.solve(square, CommonOps_DDRM.multTransA(along, third, null), solved);
        DMatrixRMaj expected = Dense.scaled(-0.3 / 4, Dense.times(along, solved));
        double time = 1e-6;
        DMatrixRMaj moved = flow(PreconditionedFlow.Kind.ADAPTING)
                .path(SETTING.theta(), 1, time)
                .get(0);
        DMatrixRMaj velocity = Dense.scaled(1 / time, Dense.minus(moved, SETTING.theta()));
        assertTrue(Dense.norm(Dense.minus(velocity, expected)) < 1e-4 * Dense.norm(expected));
    }

    @Test
    void itLowersTheTraceOfTheRoots() {
        List<DMatrixRMaj> path = flow(PreconditionedFlow.Kind.ADAPTING).path(SETTING.theta(), 1, 0.2, 0.4);
        assertTrue(rootTrace(path.get(0)) < rootTrace(SETTING.theta()));
        assertTrue(rootTrace(path.get(1)) < rootTrace(path.get(0)));
    }
}
