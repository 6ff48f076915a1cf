package dev.lowland.autodiff.program;

import dev.lowland.autodiff.Values;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Axis;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Jet2;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.autodiff.transform.Vmap;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * A random graph, replayable from its seed: fan-out, repeated operands, dead nodes, constants, derivatives, outputs that are
 * inputs, outputs listed twice.
 */
final class RandomGraph {
    private static final List<UnaryOperator<Node>> UNARY = List.of(
            Ops::tanh,
            Ops::sigmoid,
            Ops::softplus,
            Ops::exp,
            Ops::square,
            Ops::sin,
            Ops::cos,
            Ops::erf,
            Ops::relu,
            Ops::abs,
            Ops::sign,
            Ops::step,
            Ops::reciprocal,
            Ops::sqrt,
            Ops::log,
            Ops::log1p,
            Ops::expm1,
            Ops::gelu,
            Ops::silu,
            Ops::negate,
            Ops::transpose,
            Ops::sum,
            Ops::sumRows,
            Ops::sumColumns,
            Ops::sumGroups,
            x -> Ops.scale(x, 0.75));

    final Values values;
    final List<Node> inputs = new ArrayList<>();
    final List<Node> outputs = new ArrayList<>();
    private final List<Node> pool = new ArrayList<>();
    private final Random random;

    RandomGraph(long seed) {
        values = new Values(seed);
        random = new Random(seed);
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            inputs.add(values.gaussian("input" + i, shape()));
        }
        pool.addAll(inputs);
        pool.add(values.graph.constant(random.nextGaussian()));
        Shape shape = shape();
        pool.add(
                values.graph.constant(shape, random.doubles(shape.size(), -1, 1).toArray()));
        int nodes = 2 + random.nextInt(60);
        for (int i = 0; i < nodes; i++) {
            grow();
        }
        int results = 1 + random.nextInt(4);
        for (int i = 0; i < results; i++) {
            outputs.add(pick());
        }
    }

    private Shape shape() {
        int groups = random.nextInt(4) == 0 ? 2 : 1;
        return Shape.of(groups, 1 + random.nextInt(4), 1 + random.nextInt(4));
    }

    private Node pick() {
        int recent = Math.min(pool.size(), 8);
        return random.nextBoolean()
                ? pool.get(random.nextInt(pool.size()))
                : pool.get(pool.size() - 1 - random.nextInt(recent));
    }

    private void grow() {
        Node x = pick();
        Node y = random.nextInt(8) == 0 ? x : pick();
        try {
            Node made = make(x, y);
            if (made.shape().size() <= 2000) {
                pool.add(made);
            }
        } catch (IllegalArgumentException shapesDoNotFit) {
            pool.add(UNARY.get(random.nextInt(UNARY.size())).apply(x));
        }
    }

    private Node make(Node x, Node y) {
        switch (random.nextInt(12)) {
            case 0:
                return Ops.add(x, y);
            case 1:
                return Ops.subtract(x, y);
            case 2:
            case 3:
                return Ops.multiply(x, y);
            case 4:
            case 5:
                return Ops.matmul(x, random.nextBoolean(), y, random.nextBoolean());
            case 6:
                Axis axis = Axis.values()[random.nextInt(3)];
                int start = random.nextInt(axis.length(x.shape()));
                return random.nextBoolean()
                        ? Ops.slice(x, axis, start, axis.length(x.shape()) - start)
                        : Ops.pad(x, axis, start, axis.length(x.shape()) + start + random.nextInt(2));
            case 7:
                return Ops.reshape(
                        x,
                        Shape.of(
                                x.shape().columns(),
                                x.shape().rows() * x.shape().groups()));
            case 8:
                Node variable = inputs.get(random.nextInt(inputs.size()));
                return Reverse.gradient(Ops.sum(x), variable);
            case 9:
                Node direction = inputs.get(random.nextInt(inputs.size()));
                return random.nextBoolean()
                        ? Forward.jvp(x, direction, direction)
                        : Jet2.collapsed(x, direction, direction);
            case 10:
                Node mapped = inputs.get(random.nextInt(inputs.size()));
                return Vmap.map(x, mapped, dev.lowland.autodiff.op.Stacks.tile(Ops.scale(mapped, 0.5), 2));
            default:
                return UNARY.get(random.nextInt(UNARY.size())).apply(x);
        }
    }
}
