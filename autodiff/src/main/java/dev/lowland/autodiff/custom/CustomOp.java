package dev.lowland.autodiff.custom;

import dev.lowland.autodiff.graph.CompositeOp;
import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Leaf;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.core.check.Checks;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An op made by a user: a value and a reverse rule, as graph expressions.
 *
 * <pre>{@code
 * CustomOp softsign = CustomOp.of("softsign",
 *         x -> Ops.divide(x, Ops.add(Ops.ones(x), Ops.abs(x))),
 *         (operands, y, c) -> List.of(Ops.multiply(c, Ops.square(Ops.subtract(Ops.ones(y), Ops.abs(y))))));
 * Node y = graph.apply(softsign, x);
 * }</pre>
 *
 * <p>Every transform works on it, in any nesting. Its reverse rule is checked against differences of its value before
 * the op exists. How often it may be differentiated is the user's to say: {@link Builder#vjp} to any order,
 * {@link Builder#vjpOnce} once, neither never. A derivative that is not there throws and names the op.
 *
 * <p>Immutable and thread-safe if its two rules are.
 */
public final class CustomOp implements CompositeOp {
    private final String name;
    private final int arity;
    private final ValueRule value;
    private final @Nullable ReverseRule rule;
    private final boolean once;

    private CustomOp(Builder builder, ValueRule value) {
        this.name = builder.name;
        this.arity = builder.shapes.length;
        this.value = value;
        this.rule = builder.rule;
        this.once = builder.once;
    }

    /**
     * A function of one operand of any shape, checked on 2×3 random numbers in (−1.5, 1.5).
     *
     * @param name how messages call it
     * @param value y as a function of x
     * @param vjp the reverse rule
     * @return the op
     * @throws IllegalArgumentException with a report, if the reverse rule is not that of the value
     */
    public static CustomOp of(String name, UnaryOperator<Node> value, ReverseRule vjp) {
        Checks.notNull("custom op", "value", value);
        return named(name).value(x -> value.apply(x.get(0))).vjp(vjp).register();
    }

    /**
     * Begins an op of any number of operands, or with a domain of its own.
     *
     * @param name how messages call it
     * @return a builder
     */
    public static Builder named(String name) {
        return new Builder(Checks.notNull("custom op", "name", name));
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * Number of operands.
     *
     * @return at least 1
     */
    public int arity() {
        return arity;
    }

    @Override
    public Node on(Node... operands) {
        Checks.noNulls("custom op", "operands", operands);
        Checks.notNull(name, "operands", operands);
        if (operands.length != arity) {
            throw Checks.error(
                    name,
                    "the number of operands, " + Arrays.toString(operands) + ",",
                    Integer.toString(operands.length),
                    "" + arity);
        }
        Node result = value.value(List.of(operands));
        closed("value", result, new HashSet<>(List.of(operands)));
        Node[] all = Arrays.copyOf(operands, arity + 1);
        all[arity] = result;
        return result.graph().apply(new CustomPrimitive(this), all);
    }

    /** The reverse rule for one operand. */
    Node pull(Node node, int operand, Node cotangent) {
        if (rule == null) {
            throw Checks.error(
                    "reverse",
                    "the custom op " + name + " at " + node,
                    "without a derivative of order 1",
                    "given one by vjp");
        }
        List<Node> points = List.of(node.operands()).subList(0, arity);
        Node result = node;
        if (once) {
            points = points.stream().map(this::fence).toList();
            result = fence(node);
        }
        List<Node> pulled = rule.pull(points, result, cotangent);
        if (pulled.size() != arity) {
            throw Checks.error(
                    name,
                    "the number of cotangents that the vjp gives at " + node,
                    Integer.toString(pulled.size()),
                    arity + ", one for each operand");
        }
        Node own = pulled.get(operand);
        Set<Node> given = new HashSet<>(points);
        given.add(result);
        given.add(cotangent);
        closed("vjp", own, given);
        Shape shape = node.operand(operand).shape();
        if (!own.shape().equals(shape)) {
            throw Checks.error(
                    name,
                    "what the vjp gives for operand " + node.operand(operand),
                    "of shape " + own.shape(),
                    "of shape " + shape);
        }
        return own;
    }

    /** Refuses what a rule took from outside: derivatives and stacks would pass it by. */
    private void closed(String part, Node result, Set<Node> given) {
        for (Node node : Graph.ancestors(List.of(result), given)) {
            if (node.op() instanceof Leaf.Input && !given.contains(node)) {
                throw Checks.error(
                        name,
                        "input " + node + ", on which the " + part + " depends,",
                        "no operand",
                        "an operand or made of constants");
            }
        }
    }

    private Node fence(Node node) {
        return node.graph().apply(new Fence(name), node);
    }

    /** What a custom op is made of. For one thread. */
    public static final class Builder {
        private final String name;
        private @Nullable ValueRule value;
        private @Nullable ReverseRule rule;
        private boolean once;
        private Shape[] shapes = {Shape.of(2, 3)};
        private double low = -1.5;
        private double high = 1.5;

        private Builder(String name) {
            this.name = name;
        }

        /**
         * The value.
         *
         * @param function builds y from the operands
         * @return this builder
         */
        public Builder value(ValueRule function) {
            this.value = Checks.notNull(name, "value", function);
            return this;
        }

        /**
         * The reverse rule, which may be differentiated again, to any order.
         *
         * @param function builds the cotangents of the operands
         * @return this builder
         */
        public Builder vjp(ReverseRule function) {
            this.rule = Checks.notNull(name, "vjp", function);
            this.once = false;
            return this;
        }

        /**
         * A reverse rule whose own derivative is not that of the function, as of a surrogate: the second order throws.
         *
         * @param function builds the cotangents of the operands
         * @return this builder
         */
        public Builder vjpOnce(ReverseRule function) {
            this.rule = Checks.notNull(name, "vjp", function);
            this.once = true;
            return this;
        }

        /**
         * How many operands there are, and the shapes the op is checked on. It may be applied to others.
         *
         * @param examples one shape for each operand
         * @return this builder
         */
        public Builder operands(Shape... examples) {
            Checks.notNull(name, "operands", examples);
            for (Shape example : examples) {
                Checks.notNull(name, "shape of an operand", example);
            }
            this.shapes = examples.clone();
            return this;
        }

        /**
         * Where the op is checked: away from kinks and borders.
         *
         * @param lowest smallest entry of an operand
         * @param highest largest entry
         * @return this builder
         */
        public Builder domain(double lowest, double highest) {
            if (!(lowest < highest)) {
                throw Checks.error(
                        name, "domain", "from " + lowest + " to " + highest, "from a number to a larger one");
            }
            this.low = lowest;
            this.high = highest;
            return this;
        }

        /**
         * Checks the rules and makes the op.
         *
         * @return the op
         * @throws IllegalArgumentException with a report, if the reverse rule is not that of the value, is not linear
         *     in the cotangent, or gives wrong shapes
         * @throws IllegalArgumentException naming an op in the reverse rule that has no derivative of its own
         */
        public CustomOp register() {
            ValueRule function = value;
            if (function == null) {
                throw Checks.error(name, "value", "missing", "given: a custom op has a value");
            }
            if (shapes.length == 0) {
                throw Checks.error(name, "the list of operands", "empty", "of at least one shape");
            }
            CustomOp op = new CustomOp(this, function);
            if (rule != null) {
                Registration.check(op, shapes, low, high, once ? 1 : 2);
            }
            return op;
        }
    }
}
