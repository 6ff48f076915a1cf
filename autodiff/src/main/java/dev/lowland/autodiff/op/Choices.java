package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Leaf;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.core.check.Checks;
import java.util.function.UnaryOperator;

/**
 * Comparing, choosing and holding fixed. What only chooses, a mask or a position, has derivative zero; what is chosen
 * has the derivative of the branch that was taken, at every order.
 */
public final class Choices {
    private Choices() {}

    /** The value of x, taken as a constant by every derivative. */
    public static Node stopGradient(Node x) {
        Checks.notNull("stop gradient", "x", x);
        return (x.operandCount() == 0 && !(x.op() instanceof Leaf.Input)) || x.op() instanceof StopGradient
                ? x
                : x.graph().apply(new StopGradient(), x);
    }

    /** A mask, broadcast: 1 where x &gt; y, 0 where x ≤ y, NaN where either is NaN; its derivative is 0. */
    public static Node greater(Node x, Node y) {
        Checks.notNull("greater", "x", x);
        Checks.notNull("greater", "y", y);
        Shape shape = Broadcasting.common("greater", x, y);
        return x.graph().apply(new Greater(), Ops.broadcast(x, shape), Ops.broadcast(y, shape));
    }

    /**
     * Chooses entry by entry, broadcast.
     *
     * @param mask where it is 0 the value is y, where it is NaN the value is NaN, elsewhere it is x; its derivative is
     *     0
     * @param x one choice
     * @param y the other
     * @return the chosen bits. A NaN that is not chosen does not show in the value, but it may in the derivative of
     *     what made it: see {@link #selectSafe}.
     */
    public static Node select(Node mask, Node x, Node y) {
        Checks.notNull("select", "x", x);
        Checks.notNull("select", "y", y);
        Checks.notNull("select", "mask", mask);
        Shape shape = Broadcasting.common("select", x, y);
        shape = Broadcasting.common("select", mask, Ops.broadcast(x, shape));
        return x.graph()
                .apply(new Select(), Ops.broadcast(mask, shape), Ops.broadcast(x, shape), Ops.broadcast(y, shape));
    }

    /**
     * f(x) where the mask is set and g(x) elsewhere, without NaN or infinity from the branch that is not taken, in the
     * value and in derivatives of any order. Each branch sees x only where it is taken, and a safe number elsewhere.
     *
     * @param mask of a shape that x broadcasts with
     * @param x the argument
     * @param f works entry by entry
     * @param fSafe a number at which f and its derivatives are finite
     * @param g works entry by entry
     * @param gSafe a number at which g and its derivatives are finite
     * @return the chosen values
     */
    public static Node selectSafe(
            Node mask, Node x, UnaryOperator<Node> f, double fSafe, UnaryOperator<Node> g, double gSafe) {
        Checks.notNull("select safe", "x", x);
        Checks.notNull("select safe", "f", f);
        Checks.notNull("select safe", "g", g);
        Checks.notNull("select safe", "mask", mask);
        Node forF = select(mask, x, x.graph().constant(fSafe));
        Node forG = select(mask, x.graph().constant(gSafe), x);
        return select(mask, f.apply(forF), g.apply(forG));
    }

    /**
     * The larger of two, broadcast; NaN where either is NaN. Ties go to the second operand, value and derivative,
     * except that a constant is always the second one: max(x, 0) is relu(x) at every order.
     */
    public static Node max(Node x, Node y) {
        Checks.notNull("max", "y", y);
        Checks.notNull("max", "x", x);
        return constant(x) && !constant(y) ? max(y, x) : select(greater(x, y), x, y);
    }

    /** The smaller of two, broadcast; NaN where either is NaN. Ties as in {@link #max(Node, Node)}. */
    public static Node min(Node x, Node y) {
        Checks.notNull("min", "x", x);
        Checks.notNull("min", "y", y);
        return constant(x) && !constant(y) ? min(y, x) : select(greater(y, x), x, y);
    }

    /**
     * The position of the largest entry along an axis, which keeps length 1: the last of equal ones, the first NaN
     * where there is one. Its derivative is 0.
     *
     * @throws IllegalArgumentException if the axis is empty
     */
    public static Node argMax(Node x, Axis axis) {
        Checks.notNull("arg max", "x", x);
        Checks.notNull("arg max", "axis", axis);
        return x.graph().apply(new ArgMax(View.of(x.shape(), axis), axis.resize(x.shape(), 1)), x);
    }

    /**
     * The largest entry along an axis, which keeps length 1; NaN where there is one. Ties go to the last, value and
     * derivative.
     *
     * @throws IllegalArgumentException if the axis is empty
     */
    public static Node max(Node x, Axis axis) {
        Checks.notNull("max", "x", x);
        Checks.notNull("max", "axis", axis);
        return take(x, axis, argMax(x, axis));
    }

    /**
     * Picks along an axis by positions that are computed, or given at each run: y(…, k, …) = x(…, p(…, k, …), …). The
     * derivative with respect to the positions is 0.
     *
     * @param x any node
     * @param axis the axis the positions go along
     * @param positions p, of the shape of x but for that axis. A run throws an IllegalArgumentException where one is
     *     not a whole number in [0, length of the axis).
     * @return a node of the shape of the positions
     */
    public static Node take(Node x, Axis axis, Node positions) {
        Checks.notNull("take", "x", x);
        Checks.notNull("take", "axis", axis);
        Checks.notNull("take", "positions", positions);
        int m = axis.length(positions.shape());
        shapes("take", axis, positions, x);
        return x.graph().apply(new Take(View.of(x.shape(), axis), m, positions.shape()), positions, x);
    }

    /**
     * Adds up along an axis at positions that are computed, or given at each run: y(…, j, …) = Σ x(…, k, …) over the k
     * with p(…, k, …) = j. The transpose of {@link #take}.
     *
     * @param x any node
     * @param axis the axis the positions go along
     * @param positions p, of the shape of x. A run throws an IllegalArgumentException where one is not a whole number
     *     in [0, length).
     * @param length the length of the result along the axis
     * @return a node of the shape of x but for that axis
     */
    public static Node put(Node x, Axis axis, Node positions, int length) {
        Checks.notNull("put", "x", x);
        Checks.notNull("put", "axis", axis);
        Checks.notNull("put", "positions", positions);
        Shape target = axis.resize(x.shape(), length);
        shapes("put", axis, positions, x);
        return x.graph().apply(new Put(View.of(target, axis), axis.length(x.shape()), target), positions, x);
    }

    private static void shapes(String op, Axis axis, Node positions, Node x) {
        if (!axis.resize(positions.shape(), 1).equals(axis.resize(x.shape(), 1))) {
            throw ShapeRules.broken(op, new Node[] {positions, x}, "of equal lengths but along " + axis);
        }
    }

    /** Whether a node is a constant, perhaps stretched or reshaped. */
    private static boolean constant(Node x) {
        Node node = x;
        while (node.op() instanceof Repeat
                || node.op() instanceof Reshape
                || node.op() instanceof Transpose
                || node.op() instanceof Permute
                || node.op() instanceof Scale) {
            node = node.operand(0);
        }
        return node.op() instanceof Leaf && !(node.op() instanceof Leaf.Input);
    }
}
