package dev.lowland.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lowland.optim.minimizer.MinimizerResult;
import dev.lowland.optim.minimizer.MinimizerStatus;
import dev.lowland.optim.sgd.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example reaches the minimum that is known from elsewhere. */
class ExamplesTest {

    @Test
    void rosenbrockByHeavyBall() {
        MinimizerResult found = RosenbrockByHeavyBall.found();
        assertEquals(MinimizerStatus.GRADIENT, found.status(), found.toString());
        assertArrayEquals(new double[] {1, 1, 1, 1}, found.point().data, 1e-9);
    }

    /** Stopped twice, it is where a run without a stop is. */
    @Test
    void resumedRun(@TempDir Path folder) throws IOException {
        Path images = ResumedRun.images(folder);
        Run undisturbed = ResumedRun.run(images, folder.resolve("other"), 100);
        ResumedRun.run(images, folder.resolve("state"), 30);
        ResumedRun.run(images, folder.resolve("state"), 70);
        Run resumed = ResumedRun.run(images, folder.resolve("state"), 100);
        assertArrayEquals(undisturbed.parameters().data, resumed.parameters().data);
    }

    /** By Newton's method in arithmetic of 40 digits. */
    private static final double[] WEIGHTS = {-0.24045493915611700939, 0.90228048167988799734, -0.024487253415132032941};

    @Test
    void logisticRegressionByBfgs() {
        assertArrayEquals(WEIGHTS, LogisticRegressionByBfgs.weights().data, 1e-9);
    }

    @Test
    void logisticRegressionByNesterov() {
        assertArrayEquals(WEIGHTS, LogisticRegressionByNesterov.found().point().data, 1e-13);
    }

    @Test
    void factorisationByTrustRegion() {
        double expected = leftOut();
        assertEquals(expected, FactorisationByTrustRegion.smallestValue(), 1e-10 * expected);
    }

    /** Stopped on the way, it goes where it would have gone. */
    @Test
    void factorisationByAdam(@TempDir Path folder) throws IOException {
        FactorisationByAdam.found(folder.resolve("state"), 1_234);
        MinimizerResult resumed = FactorisationByAdam.found(folder.resolve("state"), 4_000);
        MinimizerResult undisturbed = FactorisationByAdam.found(folder.resolve("other"), 4_000);
        assertArrayEquals(undisturbed.point().data, resumed.point().data);
        assertEquals(leftOut(), resumed.value(), 1e-10 * leftOut());
    }

    /** Half the sum of the squares of all singular values but the two largest. */
    private static double leftOut() {
        DMatrixRMaj a = FactorisationByTrustRegion.matrix();
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(a.numRows, a.numCols, false, false, true);
        svd.decompose(a.copy());
        double[] values = svd.getSingularValues().clone();
        Arrays.sort(values);
        double expected = 0;
        for (int i = 0; i < values.length - 2; i++) {
            expected += values[i] * values[i] / 2;
        }
        return expected;
    }
}
