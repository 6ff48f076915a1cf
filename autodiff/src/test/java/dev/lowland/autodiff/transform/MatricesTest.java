package dev.lowland.autodiff.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.Values;
import dev.lowland.autodiff.check.GradientCheck;
import dev.lowland.autodiff.check.GradientReport;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.op.Stacks;
import dev.lowland.autodiff.program.Program;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Jacobians, Hessians, per-sample gradients and Gauss-Newton products against each other. */
class MatricesTest {
    private static final int P = 17;
    private static final int N = 5;

    private final Values values = new Values(31);
    private final Node theta = values.gaussian("theta", Shape.of(P, 1));
    private final Node x = values.gaussian("x", Shape.of(N, 2));
    private final Node y = values.gaussian("y", Shape.of(N, 1));
    private final Node oneX = values.graph.input("one x", Shape.of(1, 2));
    private final Node oneY = values.graph.input("one y", Shape.of(1, 1));
    private final Node predictions = predict(x);
    private final Node oneLoss = loss(predict(oneX), oneY);

    private Node predict(Node inputs) {
        return Models.mlp(2, 4, 1).withActivation(Activation.TANH).predict(theta, inputs);
    }

    private static Node loss(Node f, Node target) {
        return Ops.scale(Ops.sum(Ops.square(Ops.subtract(f, target))), 0.5);
    }

    private void agree(Node expected, Node actual) {
        assertEquals(expected.shape(), actual.shape());
        assertArrayEquals(values.evaluate(expected), values.evaluate(actual), 1e-13);
    }

    @Test
    void jacobiansByRowsAndColumnsInChunksOfAnySize() {
        Node whole = Jacobian.byRows(predictions, theta, N);
        assertEquals(Shape.of(N, P), whole.shape());
        double[] direction = values.of(values.gaussian("v", Shape.of(P, 1)));
        Node v = values.input("w", Shape.of(P, 1), direction);
        agree(Forward.jvp(predictions, theta, v), Ops.matmul(whole, v));
        for (int chunk : new int[] {1, 2, 3, 5, 100}) {
            agree(whole, Jacobian.byRows(predictions, theta, chunk));
            agree(whole, Jacobian.byColumns(predictions, theta, chunk));
            agree(whole, Jacobian.of(predictions, theta, chunk));
        }
        Node many = Ops.matmul(theta, false, theta, true);
        agree(Jacobian.byRows(many, theta, 7), Jacobian.of(many, theta, 5));
    }

    @Test
    void hessiansAreJacobiansOfGradientsAndHoldTheProducts() {
        Node total = loss(predictions, y);
        Node hessian = Jacobian.hessian(total, theta, 4);
        assertEquals(Shape.of(P, P), hessian.shape());
        agree(Ops.transpose(hessian), hessian);
        Node v = values.gaussian("v", Shape.of(P, 1));
        agree(Forward.hvp(total, theta, v), Ops.matmul(hessian, v));
        agree(Jacobian.byRows(Reverse.gradient(total, theta), theta, 6), hessian);
        assertTrue(refusal(() -> Jacobian.hessian(predictions, theta, 1)).contains("5×1"));
    }

    @Test
    void perSampleGradientsAreThoseOfEachSampleAlone() {
        Node all = PerSample.gradients(oneLoss, theta, List.of(oneX, oneY), List.of(x, y), N);
        assertEquals(Shape.of(N, P), all.shape());
        for (int i = 0; i < N; i++) {
            Node xi = Ops.sliceRows(x, i, 1);
            Node yi = Ops.sliceRows(y, i, 1);
            Node own = Reverse.gradient(loss(predict(xi), yi), theta);
            agree(Ops.transpose(own), Ops.sliceRows(all, i, 1));
        }
        agree(Ops.transpose(Reverse.gradient(loss(predictions, y), theta)), Ops.sumRows(all));
        Node stacked = Ops.reshape(x, Shape.of(N, 1, 2));
        for (int chunk : new int[] {1, 2, 4, 9}) {
            agree(all, PerSample.gradients(oneLoss, theta, List.of(oneX, oneY), List.of(stacked, y), chunk));
            Node norms = PerSample.squaredNorms(oneLoss, theta, List.of(oneX, oneY), List.of(x, y), chunk);
            agree(Ops.sumColumns(Ops.square(all)), norms);
        }
    }

    @Test
    void chunksNeedTheMemoryOfOneOfThem() {
        int many = 10 * N;
        Node manyX = values.gaussian("manyX", Shape.of(many, 2));
        Node manyY = values.gaussian("manyY", Shape.of(many, 1));
        Node norms = PerSample.squaredNorms(oneLoss, theta, List.of(oneX, oneY), List.of(manyX, manyY), many);
        Node chunked = PerSample.squaredNorms(oneLoss, theta, List.of(oneX, oneY), List.of(manyX, manyY), N);
        List<Node> inputs = List.of(theta, manyX, manyY);
        long whole = Program.compile(inputs, List.of(norms)).workspaceBytes();
        long parts = Program.compile(inputs, List.of(chunked)).workspaceBytes();
        assertTrue(3 * parts < whole, parts + " bytes in chunks, " + whole + " at once");
    }

    @Test
    void perSampleJacobiansAreRowsOfTheWholeOne() {
        Node other = values.gaussian("other", Shape.of(P, 1));
        Node wide = Models.mlp(2, 3, 2).predict(other, oneX);
        Node batch = Models.mlp(2, 3, 2).predict(other, x);
        Node all = PerSample.jacobians(wide, other, List.of(oneX), List.of(x), 2);
        agree(Jacobian.byRows(batch, other, 4), all);
    }

    @Test
    void expressionsForEverySampleAndTheirSums() {
        Node mapped = PerSample.map(oneLoss, List.of(oneX, oneY), List.of(x, y), 2);
        assertEquals(Shape.of(N, 1, 1), mapped.shape());
        agree(loss(predictions, y), Ops.sum(mapped));
        List<Node> stacks = List.of(Ops.reshape(x, Shape.of(N, 1, 2)), Ops.reshape(y, Shape.of(N, 1, 1)));
        for (int chunk : new int[] {1, 2, 5, 8}) {
            agree(loss(predictions, y), Chunks.sum(oneLoss, List.of(oneX, oneY), stacks, chunk));
        }
        Node gradient = Reverse.gradient(oneLoss, theta);
        agree(Reverse.gradient(loss(predictions, y), theta), Chunks.sum(gradient, List.of(oneX, oneY), stacks, 2));
    }

    @Test
    void theyNestInOtherTransformsToAnyOrder() {
        Node norms = Ops.sum(PerSample.squaredNorms(oneLoss, theta, List.of(oneX, oneY), List.of(x, y), 2));
        GradientReport report = GradientCheck.of(norms, theta, values.inputs())
                .order(3)
                .entries(4)
                .run();
        assertTrue(report.passed(), report.toString());
        Node jacobian = Jacobian.of(predictions, theta, 3);
        Node trace = Ops.sum(Ops.square(jacobian));
        GradientReport squares = GradientCheck.of(trace, theta, values.inputs())
                .order(2)
                .entries(4)
                .run();
        assertTrue(squares.passed(), squares.toString());
        agree(Ops.sum(Ops.square(PerSample.jacobians(predict(oneX), theta, List.of(oneX), List.of(x), 3))), trace);
        Node v = values.gaussian("v", Shape.of(P, 1));
        agree(
                Reverse.gradient(Jet2.collapsed(trace, theta, v), theta),
                Forward.jvp(Forward.hvp(trace, theta, v), theta, v));
    }

    @Test
    void gaussNewtonProductsAreThoseOfTheMatrix() {
        Node v = values.gaussian("v", Shape.of(P, 1));
        Node jacobian = Jacobian.of(predictions, theta, N);
        agree(Ops.matmul(jacobian, true, Ops.matmul(jacobian, v), false), GaussNewton.product(predictions, theta, v));
        Node weights = values.gaussian("d", Shape.of(N, 1));
        Node weighted = Ops.multiply(weights, Ops.matmul(jacobian, v));
        agree(Ops.matmul(jacobian, true, weighted, false), GaussNewton.weighted(predictions, theta, weights, v));
        agree(
                Ops.scale(GaussNewton.product(predictions, theta, v), 3),
                GaussNewton.weighted(predictions, theta, values.graph.constant(3), v));
        agree(
                GaussNewton.product(predictions, theta, v),
                GaussNewton.ofLoss(loss(predictions, y), predictions, theta, v));
        Node logistic = Ops.sum(Ops.softplus(Ops.negate(Ops.multiply(y, predictions))));
        Node curvature = Jacobian.hessian(logistic, predictions, N);
        agree(
                Ops.matmul(jacobian, true, Ops.matmul(curvature, Ops.matmul(jacobian, v)), false),
                GaussNewton.ofLoss(logistic, predictions, theta, v));
    }

    @Test
    void whatDoesNotFitIsRefusedByName() {
        assertTrue(refusal(() -> PerSample.map(oneLoss, List.of(oneX, oneY), List.of(x), 1))
                .contains("the number of batches is 1, must be 2"));
        assertTrue(
                refusal(() -> PerSample.map(oneLoss, List.of(), List.of(), 1)).contains("at least one"));
        assertTrue(refusal(() -> PerSample.map(oneLoss, List.of(oneX), List.of(y), 1))
                .contains("y (5×1)"));
        assertTrue(refusal(() -> PerSample.map(oneLoss, List.of(oneX, oneY), List.of(x, Ops.sliceRows(y, 0, 3)), 1))
                .contains("must be of the same number"));
        assertTrue(refusal(() -> Jacobian.of(predictions, theta, 0)).contains("chunk is 0, must be at least 1"));
        assertTrue(refusal(() -> PerSample.map(oneLoss, List.of(oneX, oneY), List.of(x, y), 0))
                .contains("chunk is 0, must be at least 1"));
        Node v = values.gaussian("v", Shape.of(P, 1));
        assertTrue(refusal(() -> GaussNewton.ofLoss(Ops.sum(theta), predictions, theta, v))
                .contains("not computed from the predictions"));
        assertTrue(refusal(() -> Forward.jvp(predictions, List.of(theta, theta), List.of(v, v)))
                .contains("theta (17×1) is listed twice"));
        assertTrue(refusal(() -> Forward.jvp(predictions, List.of(theta), List.of(v, v)))
                .contains("the number of tangents is 2, must be 1"));
        assertTrue(refusal(() -> Vmap.map(predictions, List.of(theta, theta), List.of(v, v)))
                .contains("listed twice"));
        assertTrue(refusal(() -> Vmap.map(predictions, List.of(), List.of())).contains("at least one variable"));
    }

    private static String refusal(Executable action) {
        return assertThrows(IllegalArgumentException.class, action).getMessage();
    }

    @Test
    void theShorterSideDecidesHowAJacobianIsTaken() {
        assertTrue(Jacobian.byRows(predictions, theta, 2) == Jacobian.of(predictions, theta, 2), "5 rows, 17 columns");
        Node wide = Ops.matmul(theta, false, theta, true);
        assertTrue(Jacobian.byColumns(wide, theta, 4) == Jacobian.of(wide, theta, 4), "289 rows, 17 columns");
        Node square = Ops.multiply(theta, Ops.sum(theta));
        assertTrue(Jacobian.byRows(square, theta, 4) == Jacobian.of(square, theta, 4), "as many of each");
        Node empty = values.gaussian("empty", Shape.of(0, 1));
        Node none = Ops.matmul(empty, Ops.sum(theta));
        assertEquals(Shape.of(0, P), Jacobian.byRows(none, theta, 3).shape());
        assertEquals(
                Shape.of(P, 0),
                Jacobian.byColumns(Ops.multiply(theta, Ops.sum(empty)), empty, 3)
                        .shape());
        assertEquals(0, values.evaluate(Jacobian.of(none, theta, 3)).length);
    }

    @Test
    void samplesMayHaveSeveralRowsAndBatchesAreNeverEmpty() {
        Node two = values.graph.input("two rows", Shape.of(2, 3));
        Node batch = values.gaussian("batch", Shape.of(8, 3));
        Node sums = PerSample.map(Ops.sumRows(Ops.square(two)), List.of(two), List.of(batch), 3);
        assertEquals(Shape.of(4, 1, 3), sums.shape());
        agree(Ops.sumRows(Ops.square(Ops.reshape(batch, Shape.of(4, 2, 3)))), sums);
        agree(
                sums,
                PerSample.map(
                        Ops.sumRows(Ops.square(two)), List.of(two), List.of(Ops.reshape(batch, Shape.of(4, 2, 3))), 4));
        String rule = "n ≥ 1 samples, as a matrix of n times as many rows or as a stack";
        for (Shape bad :
                List.of(Shape.of(7, 3), Shape.of(0, 3), Shape.of(8, 2), Shape.of(2, 8, 3), Shape.of(2, 2, 2))) {
            Node wrong = values.gaussian("wrong", bad);
            assertTrue(refusal(() -> PerSample.map(two, List.of(two), List.of(wrong), 1))
                    .contains(rule));
        }
        Node hollow = values.graph.input("hollow", Shape.of(0, 3));
        Node none = values.gaussian("none", Shape.of(0, 3));
        assertTrue(refusal(() -> PerSample.map(hollow, List.of(hollow), List.of(none), 1))
                .contains(rule));
        assertTrue(refusal(() -> PerSample.map(hollow, List.of(hollow), List.of(batch), 1))
                .contains(rule));
        Node stack = values.graph.input("stack", Shape.of(2, 2, 3));
        assertTrue(refusal(() -> PerSample.map(stack, List.of(stack), List.of(stack), 1))
                .contains(rule));
    }

    @Test
    void chunksOfVariablesThatAreStacksThemselves() {
        Node pair = values.graph.input("pair", Shape.of(2, 1, 3));
        Node ten = values.gaussian("ten", Shape.of(10, 1, 3));
        Node f = Ops.exp(Ops.multiply(pair, values.gaussian("factor", Shape.of(1, 3))));
        Node whole = Vmap.map(f, pair, ten);
        for (int chunk : new int[] {1, 2, 3, 5, 6}) {
            agree(whole, Chunks.map(f, List.of(pair), List.of(ten), chunk));
            agree(Stacks.sumStack(whole, 5), Chunks.sum(f, List.of(pair), List.of(ten), chunk));
        }
        Node other = Ops.sumGroups(f);
        agree(Ops.sumGroups(whole), Chunks.sum(other, List.of(pair), List.of(ten), 2));
        assertTrue(refusal(() -> Chunks.sum(f, List.of(pair), List.of(ten), 0))
                .contains("chunk is 0, must be at least 1"));
    }

    @Test
    void tangentsOfSeveralVariablesAddUp() {
        Node a = values.gaussian("a", Shape.of(2, 3));
        Node b = values.gaussian("b", Shape.of(3, 2));
        Node da = values.gaussian("da", Shape.of(2, 3));
        Node db = values.gaussian("db", Shape.of(3, 2));
        Node f = Ops.sin(Ops.matmul(a, b));
        agree(Ops.add(Forward.jvp(f, a, da), Forward.jvp(f, b, db)), Forward.jvp(f, List.of(a, b), List.of(da, db)));
        Node as = values.gaussian("as", Shape.of(3, 2, 3));
        Node bs = values.gaussian("bs", Shape.of(3, 3, 2));
        agree(Ops.sin(Ops.matmul(as, bs)), Vmap.map(f, List.of(a, b), List.of(as, bs)));
        agree(f, Vmap.map(f, List.of(a), List.of(a)));
    }
}
