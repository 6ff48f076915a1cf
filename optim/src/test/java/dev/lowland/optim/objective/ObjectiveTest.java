package dev.lowland.optim.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.support.Problems;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class ObjectiveTest {

    @Test
    void refusesPartsThatDoNotFit() {
        Data data = Data.of(new DMatrixRMaj(2, 3), new DMatrixRMaj(2, 1));
        refused("inputs is 2×3, must be n×4", () -> Objective.of(Models.linear(4), Losses.square(), data));
        refused("targets is 2×1, must be n×2", () -> Objective.of(Models.deepLinear(3, 2), Losses.square(), data));
        refused("target 0", () -> Objective.of(Models.linear(3), Losses.logistic(0.1), data));
    }

    @Test
    void isSharedByThreads() {
        Problems problem = Problems.unfitted(Models.quadratic(3), 4, 1);
        DMatrixRMaj expected = new DMatrixRMaj(6, 6);
        problem.objective().hessian(problem.theta(), expected);
        Objective fresh = Objective.of(
                problem.objective().model(),
                problem.objective().loss(),
                problem.objective().data());
        boolean same = IntStream.range(0, 16)
                .parallel()
                .mapToObj(i -> {
                    DMatrixRMaj hessian = new DMatrixRMaj(6, 6);
                    fresh.hessian(problem.theta(), hessian);
                    return hessian;
                })
                .allMatch(hessian -> java.util.Arrays.equals(hessian.data, expected.data));
        assertTrue(same);
        assertEquals(6, fresh.parameterCount());
        assertEquals(4, fresh.sampleCount());
    }

    private static void refused(String text, Runnable action) {
        String message =
                assertThrows(IllegalArgumentException.class, action::run).getMessage();
        assertTrue(message.contains(text), message);
    }
}
