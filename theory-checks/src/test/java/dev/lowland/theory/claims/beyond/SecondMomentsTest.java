package dev.lowland.theory.claims.beyond;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** The map of second moments against the mean over every batch that can be drawn. */
class SecondMomentsTest {

    private static final Setting SETTING = Families.LINEAR.zeroLoss(3, 0);

    /** I − (η/B) Σ g gᵀ over a batch. */
    private static DMatrixRMaj step(double learningRate, int... batch) {
        int size = SETTING.parameters();
        DMatrixRMaj jacobian = new DMatrixRMaj(3, size);
        SETTING.objective().jacobian(SETTING.theta(), jacobian);
        DMatrixRMaj out = CommonOps_DDRM.identity(size);
        for (int sample : batch) {
            DMatrixRMaj row = CommonOps_DDRM.extractRow(jacobian, sample, null);
            CommonOps_DDRM.multAddTransA(-learningRate / batch.length, row, row, out);
        }
        return out;
    }

    /** tr of the mean of A S Aᵀ over the batches, S the eigenmatrix. */
    private static void growsByTheRadius(double share, double sharpness, List<int[]> batches) {
        SecondMoments moments = SecondMoments.of(SETTING, share);
        double rate = SETTING.learningRate(sharpness);
        SecondMoments.Eigenmatrix eigen = moments.eigenmatrix(rate);
        DMatrixRMaj s =
                CommonOps_DDRM.multTransB(Dense.columnsScaled(eigen.vectors(), eigen.weights()), eigen.vectors(), null);
        DMatrixRMaj mean = new DMatrixRMaj(s.numRows, s.numRows);
        for (int[] batch : batches) {
            DMatrixRMaj a = step(rate, batch);
            CommonOps_DDRM.addEquals(mean, 1.0 / batches.size(), CommonOps_DDRM.multTransB(Dense.times(a, s), a, null));
        }
        assertEquals(1, Dense.trace(s), 1e-12);
        DMatrixRMaj rest = Dense.minus(mean, Dense.scaled(moments.radius(rate), s));
        assertTrue(Dense.norm(rest) < 1e-9 * Dense.norm(mean), () -> "off by " + Dense.norm(rest));
    }

    @Test
    void oneSampleAStep() {
        growsByTheRadius(1, 1.1, List.of(new int[] {0}, new int[] {1}, new int[] {2}));
    }

    @Test
    void twoSamplesWithReplacement() {
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                pairs.add(new int[] {i, j});
            }
        }
        growsByTheRadius(0.5, 1.5, pairs);
    }

    @Test
    void twoDistinctSamples() {
        growsByTheRadius((3 - 2) / (2 * (3 - 1.0)), 1.7, List.of(new int[] {0, 1}, new int[] {0, 2}, new int[] {1, 2}));
    }

    @Test
    void theThresholdOfTheFullBatchIsThatOfTheLargestCurvature() {
        SecondMoments moments = SecondMoments.of(SETTING, 0);
        assertEquals(2, moments.threshold() * SETTING.top(), 1e-9);
        double rate = SETTING.learningRate(1.9);
        assertEquals(moments.fullBatch(rate), moments.radius(rate), 1e-9);
    }

    @Test
    void theThresholdIsWhereTheRadiusIsOne() {
        SecondMoments moments = SecondMoments.of(SETTING, 1);
        assertEquals(1, moments.radius(moments.threshold()), 1e-9);
        assertTrue(moments.threshold() * SETTING.top() < 1.9);
    }
}
