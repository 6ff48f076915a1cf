package dev.lowland.theory.claims.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Verdict;
import dev.lowland.theory.experiment.Dense;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whitened deep linear nets, and the claim about them with formulas that are wrong. */
class DeepLinearLimitTest {

    @Test
    void theDataAreWhitenedAndFitted() {
        DeepLinearCase subject = DeepLinearCase.random(3, 2, 2);
        DMatrixRMaj inputs = subject.setting().objective().data().inputs();
        DMatrixRMaj gram = CommonOps_DDRM.multTransA(inputs, inputs, null);
        assertEquals(0, Dense.norm(Dense.minus(gram, Dense.scaled(3, CommonOps_DDRM.identity(3)))), 1e-12);
        assertEquals(0, subject.setting().objective().loss(subject.setting().theta()), 1e-28);
    }

    @Test
    void traceIsTheSumOverLayersOfTheirSurroundings() {
        DeepLinearCase subject = DeepLinearCase.random(3, 2, 2);
        double[] theta = subject.setting().theta().data;
        double first = 0;
        double second = 0;
        for (int i = 0; i < 6; i++) {
            first += theta[i] * theta[i];
        }
        for (int i = 6; i < 10; i++) {
            second += theta[i] * theta[i];
        }
        assertEquals(3 * second + 2 * first, subject.trace(subject.setting().theta()), 1e-12 * first);
    }

    @Test
    void aBalancedStartIsBalanced() {
        double[] theta = DeepLinearCase.balanced(4, 2, 2).setting().theta().data;
        DMatrixRMaj first = new DMatrixRMaj(4, 2, true, Arrays.copyOfRange(theta, 0, 8));
        DMatrixRMaj second = new DMatrixRMaj(2, 2, true, Arrays.copyOfRange(theta, 8, 12));
        DMatrixRMaj left = CommonOps_DDRM.multTransA(first, first, null);
        DMatrixRMaj right = CommonOps_DDRM.multTransB(second, second, null);
        assertEquals(0, Dense.norm(Dense.minus(left, right)), 1e-12);
    }

    @Test
    @Tag("long")
    void wrongFormulasAreRefused() {
        refuses((layers, norm) -> 1.02 * DeepLinearLimit.schatten(layers, norm));
        refuses((layers, norm) ->
                (layers.length - 1) * Math.pow(norm, 2.0 * (layers.length - 2) / (layers.length - 1)));
        refuses((layers, norm) -> DeepLinearLimit.schatten(layers, norm) / (layers.length - 1));
    }

    private static void refuses(DeepLinearLimit.Formula formula) {
        ClaimResult result = new DeepLinearLimit(formula).check(ClaimContext.of(11, 2));
        assertEquals(Verdict.FAILS, result.verdict(), result.summary());
        for (CaseResult c : result.cases()) {
            assertTrue(c.verdict() == Verdict.FAILS, c.caseName() + " accepts the wrong formula");
        }
    }
}
