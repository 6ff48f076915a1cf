package dev.lowland.autodiff.program;

import dev.lowland.autodiff.Values;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Axes;
import dev.lowland.autodiff.op.Axis;
import dev.lowland.autodiff.op.Choices;
import dev.lowland.autodiff.op.Images;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.op.Rows;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Jet2;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.autodiff.transform.Vmap;
import dev.lowland.core.kernel.contract.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * A random graph, replayable from its seed: fan-out, repeated operands, dead nodes, constants, derivatives, outputs
 * that are inputs, outputs listed twice.
 */
final class RandomGraph {
    private static final List<UnaryOperator<Node>> UNARY = List.of(
            Ops::tanh,
            Ops::sechSquare,
            x -> Ops.subtract(Ops.sechSquare(x), Ops.tanh(x)),
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
            Ops::gaussian,
            Ops::normalDensity,
            Ops::normalCdf,
            Ops::gelu,
            Ops::silu,
            Ops::negate,
            Ops::transpose,
            Ops::sum,
            Ops::sumRows,
            Ops::sumColumns,
            Ops::sumGroups,
            Ops::rsqrt,
            Rows::softmax,
            Rows::logSoftmax,
            Rows::logSumExp,
            Choices::stopGradient,
            x -> Ops.power(x, 3),
            x -> Ops.power(x, -2),
            x -> Axes.permute(x, Axis.ROWS, Axis.COLUMNS, Axis.GROUPS),
            x -> Axes.permute(x, Axis.COLUMNS, Axis.ROWS, Axis.GROUPS),
            x -> Choices.max(x, Axis.ROWS),
            x -> Choices.max(Ops.zeros(x), x),
            x -> Choices.selectSafe(Ops.step(x), x, Ops::log, 1, Ops::exp, 0),
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
        switch (random.nextInt(16)) {
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
            case 11:
                return random.nextBoolean() ? Choices.max(x, y) : Choices.min(x, y);
            case 12:
                return random.nextBoolean() ? Choices.select(Ops.step(x), y, x) : Choices.greater(x, y);
            case 13:
                return moved(x, y, Axis.values()[random.nextInt(3)]);
            case 14:
                return seen(x, y);
            default:
                return UNARY.get(random.nextInt(UNARY.size())).apply(x);
        }
    }

    /** Moves entries along an axis by positions, fixed or computed. */
    private Node moved(Node x, Node y, Axis axis) {
        int length = axis.length(x.shape());
        int[] positions = random.ints(1 + random.nextInt(4), 0, length).toArray();
        return switch (random.nextInt(5)) {
            case 0 -> Axes.concat(axis, x, y, x);
            case 1 -> Axes.gather(x, axis, positions);
            case 2 ->
                Axes.scatterAdd(
                        Axes.gather(y, axis, new int[length]),
                        axis,
                        3,
                        random.ints(length, 0, 3).toArray());
            case 3 -> Choices.take(x, axis, Choices.argMax(x, axis));
            default -> Choices.put(Choices.max(x, axis), axis, Choices.argMax(x, axis), length + 1);
        };
    }

    /**
     * Takes x for images, one a group, one channel a row, and looks at them through a window; the filters are entries
     * of y.
     */
    private Node seen(Node x, Node y) {
        Shape shape = x.shape();
        int width = shape.columns();
        int height = width % 2 == 0 ? 2 : 1;
        int filterHeight = 1 + random.nextInt(height);
        int filterWidth = 1 + random.nextInt(width / height);
        int padding = random.nextInt(Math.min(filterHeight, filterWidth));
        Window window = new Window(height, width / height, filterHeight, filterWidth, 1 + random.nextInt(2), padding);
        int filters = 1 + random.nextInt(3);
        int columns = shape.rows() * window.filterSize();
        int[] entries =
                random.ints((long) filters * columns, 0, y.shape().size()).toArray();
        Node row = Axes.gather(Ops.reshape(y, Shape.of(1, y.shape().size())), Axis.COLUMNS, entries);
        Node bank = Ops.reshape(row, Shape.of(filters, columns));
        return switch (random.nextInt(6)) {
            case 0 -> Images.convolve(x, bank, window);
            case 1 -> Images.convolveToImage(Images.convolve(x, bank, window), bank, window);
            case 2 -> Images.convolveToFilters(x, Images.convolve(x, bank, window), window);
            case 3 -> Images.maxPool(x, window);
            case 4 -> Images.averagePool(x, window);
            default -> {
                Node perChannel = values.graph.filled(Shape.of(shape.rows(), 1), 0.5);
                yield Images.groupNorm(x, 1, perChannel, perChannel, 0.25);
            }
        };
    }
}
