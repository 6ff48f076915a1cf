package dev.lowland.optim.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.autodiff.op.Ops;
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

    private record Own(int columns, boolean centred) implements Model {
        @Override
        public String kind() {
            return "own";
        }

        @Override
        public int parameterCount() {
            return 3 * columns;
        }

        @Override
        public int inputSize() {
            return 3;
        }

        @Override
        public int outputSize() {
            return 1;
        }

        @Override
        public Node predict(Node parameters, Node inputs) {
            Node f = Ops.matmul(inputs, Ops.reshape(parameters, Shape.of(3, columns)));
            Node mean = Ops.scale(Ops.sum(f), 1.0 / f.shape().size());
            return centred ? Ops.subtract(f, Ops.multiply(Ops.ones(f), mean)) : f;
        }
    }

    /** What it predicts is looked at once, so that no program is surprised by it. */
    @Test
    void refusesModelsThatAreNone() {
        Data data = Data.of(new DMatrixRMaj(50, 3), new DMatrixRMaj(50, 1));
        Objective.of(new Own(1, false), Losses.square(), data);
        refused(
                "Objective.of: what the model own predicts is 50×8, must be 50×1",
                () -> Objective.of(new Own(8, false), Losses.square(), data));
        refused(
                " beside others, must be the same whatever the other samples are",
                () -> Objective.of(new Own(1, true), Losses.square(), data));
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
