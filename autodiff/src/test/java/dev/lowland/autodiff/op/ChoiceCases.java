package dev.lowland.autodiff.op;

import static dev.lowland.autodiff.op.LayoutCases.along;
import static dev.lowland.autodiff.op.LayoutCases.index;
import static dev.lowland.autodiff.op.OpCase.both;
import static dev.lowland.autodiff.op.OpCase.opCase;

import dev.lowland.autodiff.graph.Shape;
import java.util.ArrayList;
import java.util.List;

/** Comparing, choosing, and functions of rows. */
final class ChoiceCases {
    private ChoiceCases() {}

    static List<OpCase> all() {
        List<OpCase> cases = new ArrayList<>(List.of(
                opCase(
                                "Choices.stopGradient(Node)",
                                n -> Ops.multiply(n[0], Choices.stopGradient(n[0])),
                                both0((x, y) -> x * x))
                        .with(2, 3),
                opCase("Choices.greater(Node,Node)", n -> Choices.greater(n[0], n[1]), both((x, y) -> x > y ? 1 : 0))
                        .with(Shape.of(2, 3), Domain.near(0))
                        .with(Shape.of(2, 3), Domain.near(0.5))
                        .piecewise(),
                opCase(
                                "Choices.select(Node,Node,Node)",
                                n -> Choices.select(n[0], n[1], n[2]),
                                t -> Tensor.of(
                                        2,
                                        2,
                                        3,
                                        (g, r, c) -> t[0].at(g, r, c) == 0 ? t[2].at(g, r, c) : t[1].at(g, r, c)))
                        .choosing(Shape.of(2, 2, 3), Domain.below(2))
                        .with(2, 2, 3)
                        .with(1, 1, 3),
                opCase(
                                "Choices.select(Node,Node,Node)",
                                n -> Choices.select(Ops.step(n[0]), Ops.exp(n[0]), Ops.sin(n[0])),
                                t -> OpCase.map(t[0], x -> x > 0 ? StrictMath.exp(x) : StrictMath.sin(x)))
                        .note("by the sign of the operand")
                        .with(Shape.of(2, 3), Domain.awayFromZero(0.2, 2))
                        .piecewise(),
                opCase(
                                "Choices.selectSafe(Node,Node,UnaryOperator,double,UnaryOperator,double)",
                                n -> Choices.selectSafe(Ops.step(n[0]), n[0], Ops::log, 1, Ops::exp, 0),
                                t -> OpCase.map(t[0], x -> x > 0 ? StrictMath.log(x) : StrictMath.exp(x)))
                        .with(Shape.of(2, 3), Domain.awayFromZero(0.3, 2))
                        .piecewise(),
                opCase("Choices.max(Node,Node)", n -> Choices.max(n[0], n[1]), both(StrictMath::max))
                        .with(Shape.of(2, 2, 3), Domain.near(0))
                        .with(Shape.of(1, 2, 1), Domain.near(0.5))
                        .piecewise(),
                opCase(
                                "Choices.max(Node,Node)",
                                n -> Choices.max(n[0].graph().constant(0.5), n[0]),
                                both0((x, y) -> Math.max(x, 0.5)))
                        .note("of a constant")
                        .with(Shape.of(2, 3), Domain.near(0))
                        .piecewise(),
                opCase("Choices.min(Node,Node)", n -> Choices.min(n[0], n[1]), both(StrictMath::min))
                        .with(Shape.of(2, 3), Domain.near(0))
                        .with(Shape.of(2, 3), Domain.near(0.5))
                        .piecewise()));
        for (Axis axis : Axis.values()) {
            alongAxis(cases, axis);
        }
        rows(cases);
        return cases;
    }

    private static java.util.function.Function<Tensor[], Tensor> both0(java.util.function.DoubleBinaryOperator f) {
        return t -> OpCase.map(t[0], x -> f.applyAsDouble(x, x));
    }

    private static void alongAxis(List<OpCase> cases, Axis axis) {
        Shape shape = axis.resize(Shape.of(2, 2, 2), 3);
        cases.add(opCase("Choices.argMax(Node,Axis)", n -> Choices.argMax(n[0], axis), t -> argMax(t[0], axis))
                .note(axis + "")
                .with(shape, Domain.distinct())
                .piecewise());
        cases.add(opCase(
                        "Choices.max(Node,Axis)",
                        n -> Choices.max(n[0], axis),
                        t -> Tensor.of(
                                axis.resize(shape, 1),
                                (g, r, c) -> along(t[0], axis, g, r, c, (int)
                                        argMax(t[0], axis).at(g, r, c))))
                .note(axis + "")
                .with(shape, Domain.distinct())
                .piecewise());
        Shape picked = axis.resize(shape, 4);
        cases.add(opCase(
                        "Choices.take(Node,Axis,Node)",
                        n -> Choices.take(n[1], axis, n[0]),
                        t -> Tensor.of(picked, (g, r, c) -> along(t[1], axis, g, r, c, (int) t[0].at(g, r, c))))
                .note(axis + "")
                .choosing(picked, Domain.below(3))
                .with(shape, Domain.in(-1, 1)));
        cases.add(opCase(
                        "Choices.put(Node,Axis,Node,int)",
                        n -> Choices.put(n[1], axis, n[0], 4),
                        t -> Tensor.of(axis.resize(shape, 4), (g, r, c) -> {
                            double sum = 0;
                            for (int k = 0; k < 3; k++) {
                                if (along(t[0], axis, g, r, c, k) == index(axis, g, r, c)) {
                                    sum += along(t[1], axis, g, r, c, k);
                                }
                            }
                            return sum;
                        }))
                .note(axis + "")
                .choosing(shape, Domain.below(4))
                .with(shape, Domain.in(-1, 1)));
    }

    private static Tensor argMax(Tensor x, Axis axis) {
        return Tensor.of(axis.resize(x.shape(), 1), (g, r, c) -> {
            int best = 0;
            for (int k = 1; k < axis.length(x.shape()); k++) {
                best = along(x, axis, g, r, c, k) >= along(x, axis, g, r, c, best) ? k : best;
            }
            return best;
        });
    }

    private static double logSumExp(Tensor x, int g, int r) {
        double sum = 0;
        for (int c = 0; c < x.shape().columns(); c++) {
            sum += StrictMath.exp(x.at(g, r, c));
        }
        return StrictMath.log(sum);
    }

    private static void rows(List<OpCase> cases) {
        Shape shape = Shape.of(2, 2, 3);
        Shape perRow = Shape.of(2, 2, 1);
        cases.addAll(List.of(
                opCase(
                                "Rows.logSumExp(Node)",
                                n -> Rows.logSumExp(n[0]),
                                t -> Tensor.of(perRow, (g, r, c) -> logSumExp(t[0], g, r)))
                        .with(shape, Domain.distinct()),
                opCase(
                                "Rows.softmax(Node)",
                                n -> Rows.softmax(n[0]),
                                t -> Tensor.of(
                                        shape, (g, r, c) -> StrictMath.exp(t[0].at(g, r, c) - logSumExp(t[0], g, r))))
                        .with(shape, Domain.distinct()),
                opCase(
                                "Rows.logSoftmax(Node)",
                                n -> Rows.logSoftmax(n[0]),
                                t -> Tensor.of(shape, (g, r, c) -> t[0].at(g, r, c) - logSumExp(t[0], g, r)))
                        .with(shape, Domain.distinct()),
                opCase(
                                "Rows.crossEntropy(Node,Node)",
                                n -> Rows.crossEntropy(n[1], n[0]),
                                t -> Tensor.of(
                                        perRow,
                                        (g, r, c) -> logSumExp(t[1], g, r) - t[1].at(g, r, (int) t[0].at(g, r, 0))))
                        .choosing(perRow, Domain.below(3))
                        .with(shape, Domain.distinct()),
                opCase(
                                "Rows.crossEntropyOf(Node,Node)",
                                n -> Rows.crossEntropyOf(n[0], n[1]),
                                t -> Tensor.of(perRow, (g, r, c) -> {
                                    double sum = 0;
                                    for (int k = 0; k < 3; k++) {
                                        sum += t[1].at(g, r, k) * (logSumExp(t[0], g, r) - t[0].at(g, r, k));
                                    }
                                    return sum;
                                }))
                        .with(shape, Domain.distinct())
                        .with(Shape.of(2, 3), Domain.in(0, 1))));
    }
}
