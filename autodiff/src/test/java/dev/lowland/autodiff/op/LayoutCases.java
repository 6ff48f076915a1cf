package dev.lowland.autodiff.op;

import static dev.lowland.autodiff.op.OpCase.opCase;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import java.util.ArrayList;
import java.util.List;

/** Sums, products of matrices, and everything that moves entries. */
final class LayoutCases {
    private LayoutCases() {}

    static List<OpCase> all() {
        List<OpCase> cases = new ArrayList<>();
        sums(cases);
        products(cases);
        axes(cases);
        permutations(cases);
        cases.addAll(List.of(
                opCase(
                                "Ops.transpose(Node)",
                                n -> Ops.transpose(n[0]),
                                t -> Tensor.of(2, 3, 2, (g, r, c) -> t[0].at(g, c, r)))
                        .with(2, 2, 3),
                opCase(
                                "Ops.reshape(Node,Shape)",
                                n -> Ops.reshape(n[0], Shape.of(3, 4)),
                                t -> new Tensor(Shape.of(3, 4), t[0].entries()))
                        .with(2, 2, 3),
                opCase(
                                "Ops.broadcast(Node,Shape)",
                                n -> Ops.broadcast(n[0], Shape.of(2, 3, 2)),
                                t -> Tensor.of(2, 3, 2, (g, r, c) -> t[0].at(g, r, c)))
                        .with(1, 3, 1),
                opCase(
                                "Ops.sliceRows(Node,int,int)",
                                n -> Ops.sliceRows(n[0], 1, 2),
                                t -> Tensor.of(2, 2, 3, (g, r, c) -> t[0].at(g, r + 1, c)))
                        .with(2, 4, 3),
                opCase(
                                "Ops.sliceColumns(Node,int,int)",
                                n -> Ops.sliceColumns(n[0], 1, 2),
                                t -> Tensor.of(2, 2, 2, (g, r, c) -> t[0].at(g, r, c + 1)))
                        .with(2, 2, 4),
                opCase(
                                "Stacks.tile(Node,int)",
                                n -> Stacks.tile(n[0], 3),
                                t -> Tensor.of(6, 2, 2, (g, r, c) -> t[0].at(g % 2, r, c)))
                        .with(2, 2, 2),
                opCase(
                                "Stacks.sumStack(Node,int)",
                                n -> Stacks.sumStack(n[0], 3),
                                t -> Tensor.of(
                                        2,
                                        2,
                                        2,
                                        (g, r, c) -> t[0].at(g, r, c) + t[0].at(g + 2, r, c) + t[0].at(g + 4, r, c)))
                        .with(6, 2, 2),
                opCase(
                                "Stacks.ofColumns(Node,Shape)",
                                n -> Stacks.ofColumns(n[0], Shape.of(2, 2)),
                                t -> Tensor.of(3, 2, 2, (g, r, c) -> t[0].at(0, 2 * r + c, g)))
                        .with(1, 4, 3)));
        return cases;
    }

    private static double sum(Tensor x) {
        double sum = 0;
        for (double entry : x.entries()) {
            sum += entry;
        }
        return sum;
    }

    /** The sum along an axis, from the definition. */
    private static Tensor sum(Tensor x, Axis axis) {
        return Tensor.of(axis.resize(x.shape(), 1), (g, r, c) -> {
            double sum = 0;
            for (int k = 0; k < axis.length(x.shape()); k++) {
                sum += along(x, axis, g, r, c, k);
            }
            return sum;
        });
    }

    /** The entry whose index along an axis is k. */
    static double along(Tensor x, Axis axis, int g, int r, int c, int k) {
        return switch (axis) {
            case GROUPS -> x.at(k, r, c);
            case ROWS -> x.at(g, k, c);
            case COLUMNS -> x.at(g, r, k);
        };
    }

    /** The index along an axis. */
    static int index(Axis axis, int g, int r, int c) {
        return switch (axis) {
            case GROUPS -> g;
            case ROWS -> r;
            case COLUMNS -> c;
        };
    }

    private static void sums(List<OpCase> cases) {
        cases.addAll(List.of(
                opCase("Ops.sum(Node)", n -> Ops.sum(n[0]), t -> Tensor.of(1, 1, 1, (g, r, c) -> sum(t[0])))
                        .with(2, 3, 2),
                opCase("Ops.mean(Node)", n -> Ops.mean(n[0]), t -> Tensor.of(1, 1, 1, (g, r, c) -> sum(t[0]) / 12))
                        .with(2, 3, 2),
                opCase(
                                "Ops.dot(Node,Node)",
                                n -> Ops.dot(n[0], n[1]),
                                t -> Tensor.of(
                                        1,
                                        1,
                                        1,
                                        (g, r, c) ->
                                                sum(OpCase.both((x, y) -> x * y).apply(t))))
                        .with(3, 2)
                        .with(3, 2),
                opCase("Ops.sumRows(Node)", n -> Ops.sumRows(n[0]), t -> sum(t[0], Axis.ROWS))
                        .with(2, 3, 2),
                opCase("Ops.sumColumns(Node)", n -> Ops.sumColumns(n[0]), t -> sum(t[0], Axis.COLUMNS))
                        .with(2, 3, 2),
                opCase("Ops.sumGroups(Node)", n -> Ops.sumGroups(n[0]), t -> sum(t[0], Axis.GROUPS))
                        .with(2, 3, 2)));
    }

    private static void products(List<OpCase> cases) {
        cases.add(opCase("Ops.matmul(Node,Node)", n -> Ops.matmul(n[0], n[1]), t -> product(t, false, false))
                .with(2, 3)
                .with(3, 4));
        for (int flags = 0; flags < 4; flags++) {
            boolean a = (flags & 1) == 1;
            boolean b = (flags & 2) == 2;
            for (int[] groups : new int[][] {{1, 1}, {2, 2}, {1, 2}, {2, 1}, {4, 2}}) {
                if (flags > 0 && groups[0] + groups[1] > 4) {
                    continue;
                }
                cases.add(opCase(
                                "Ops.matmul(Node,boolean,Node,boolean)",
                                n -> Ops.matmul(n[0], a, n[1], b),
                                t -> product(t, a, b))
                        .note((a ? "Aᵀ" : "A") + (b ? "Bᵀ" : "B") + " of " + groups[0] + " and " + groups[1]
                                + " groups")
                        .with(groups[0], a ? 3 : 2, a ? 2 : 3)
                        .with(groups[1], b ? 2 : 3, b ? 3 : 2));
            }
        }
    }

    private static Tensor product(Tensor[] t, boolean transposeA, boolean transposeB) {
        Shape a = t[0].shape();
        Shape b = t[1].shape();
        int inner = transposeA ? a.rows() : a.columns();
        return Tensor.of(
                Math.max(a.groups(), b.groups()),
                transposeA ? a.columns() : a.rows(),
                transposeB ? b.rows() : b.columns(),
                (g, i, j) -> {
                    double sum = 0;
                    for (int k = 0; k < inner; k++) {
                        int ga = g % a.groups();
                        int gb = g % b.groups();
                        sum += (transposeA ? t[0].at(ga, k, i) : t[0].at(ga, i, k))
                                * (transposeB ? t[1].at(gb, j, k) : t[1].at(gb, k, j));
                    }
                    return sum;
                });
    }

    private static void axes(List<OpCase> cases) {
        int[] positions = {2, 0, 2, 1};
        for (Axis axis : Axis.values()) {
            Shape shape = axis.resize(Shape.of(2, 2, 2), 3);
            cases.add(opCase("Ops.sum(Node,Axis)", n -> Ops.sum(n[0], axis), t -> sum(t[0], axis))
                    .note(axis + "")
                    .with(shape, Domain.in(-1, 1)));
            cases.add(opCase(
                            "Ops.slice(Node,Axis,int,int)",
                            n -> Ops.slice(n[0], axis, 1, 2),
                            t -> Tensor.of(
                                    axis.resize(shape, 2),
                                    (g, r, c) -> along(t[0], axis, g, r, c, index(axis, g, r, c) + 1)))
                    .note(axis + "")
                    .with(shape, Domain.in(-1, 1)));
            cases.add(opCase(
                            "Ops.pad(Node,Axis,int,int)",
                            n -> Ops.pad(n[0], axis, 1, 5),
                            t -> Tensor.of(axis.resize(shape, 5), (g, r, c) -> {
                                int k = index(axis, g, r, c) - 1;
                                return k >= 0 && k < 3 ? along(t[0], axis, g, r, c, k) : 0;
                            }))
                    .note(axis + "")
                    .with(shape, Domain.in(-1, 1)));
            cases.add(opCase(
                            "Axes.concat(Axis,Node[])",
                            n -> Axes.concat(axis, n[0], n[1], n[0]),
                            t -> Tensor.of(axis.resize(shape, 7), (g, r, c) -> {
                                int k = index(axis, g, r, c);
                                return k < 3
                                        ? along(t[0], axis, g, r, c, k)
                                        : k == 3 ? t[1].at(g, r, c) : along(t[0], axis, g, r, c, k - 4);
                            }))
                    .note(axis + ", one part twice")
                    .with(shape, Domain.in(-1, 1))
                    .with(axis.resize(shape, 1), Domain.in(-1, 1)));
            cases.add(opCase(
                            "Axes.split(Node,Axis,int[])",
                            n -> splitAndMultiply(n[0], axis),
                            t -> Tensor.of(
                                    axis.resize(shape, 1),
                                    (g, r, c) -> along(t[0], axis, g, r, c, 0) * along(t[0], axis, g, r, c, 2)))
                    .note(axis + "")
                    .with(shape, Domain.in(-1, 1)));
            cases.add(opCase(
                            "Axes.gather(Node,Axis,int[])",
                            n -> Axes.gather(n[0], axis, positions),
                            t -> Tensor.of(
                                    axis.resize(shape, 4),
                                    (g, r, c) -> along(t[0], axis, g, r, c, positions[index(axis, g, r, c)])))
                    .note(axis + "")
                    .with(shape, Domain.in(-1, 1)));
            cases.add(opCase(
                            "Axes.scatterAdd(Node,Axis,int,int[])",
                            n -> Axes.scatterAdd(n[0], axis, 4, positions),
                            t -> Tensor.of(axis.resize(shape, 4), (g, r, c) -> {
                                double sum = 0;
                                for (int k = 0; k < positions.length; k++) {
                                    if (positions[k] == index(axis, g, r, c)) {
                                        sum += along(t[0], axis, g, r, c, k);
                                    }
                                }
                                return sum;
                            }))
                    .note(axis + "")
                    .with(axis.resize(shape, 4), Domain.in(-1, 1)));
        }
    }

    private static Node splitAndMultiply(Node x, Axis axis) {
        List<Node> parts = Axes.split(x, axis, 1, 1, 1);
        return Ops.multiply(parts.get(0), parts.get(2));
    }

    private static void permutations(List<OpCase> cases) {
        Shape shape = Shape.of(2, 3, 4);
        for (Axis first : Axis.values()) {
            for (Axis second : Axis.values()) {
                for (Axis third : Axis.values()) {
                    if (first == second || second == third || first == third) {
                        continue;
                    }
                    Shape target = Shape.of(first.length(shape), second.length(shape), third.length(shape));
                    cases.add(opCase(
                                    "Axes.permute(Node,Axis,Axis,Axis)",
                                    n -> Axes.permute(n[0], first, second, third),
                                    t -> Tensor.of(target, (i, j, k) -> {
                                        int[] at = new int[3];
                                        at[first.ordinal()] = i;
                                        at[second.ordinal()] = j;
                                        at[third.ordinal()] = k;
                                        return t[0].at(at[0], at[1], at[2]);
                                    }))
                            .note(first + ", " + second + ", " + third)
                            .with(shape, Domain.in(-1, 1)));
                }
            }
        }
    }
}
