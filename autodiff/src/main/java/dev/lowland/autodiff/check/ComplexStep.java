package dev.lowland.autodiff.check;

import dev.lowland.autodiff.graph.BilinearOp;
import dev.lowland.autodiff.graph.ChoiceOp;
import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.LinearOp;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.PointwiseOp;
import dev.lowland.autodiff.graph.Primitive;
import dev.lowland.autodiff.lowering.Lowering;
import dev.lowland.autodiff.program.Interpreter;
import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Derivatives by one evaluation in complex numbers: ∂f/∂x·v = Im f(x + i h v)/h with h = 2⁻³³². Nothing is subtracted,
 * so there is no step to choose and no digit to lose; the graph may itself be a derivative of any order. It needs
 * functions that are analytic at x; piecewise ones are taken on the piece the real part is in.
 *
 * <p>Any graph is evaluated from the algebraic classes alone: linear ops act on real and imaginary parts apart,
 * bilinear ones by their four products, choices on both parts as the real part chooses, functions of one number by
 * their complex formulas. No rule of differentiation is used.
 *
 * <p>Immutable and thread-safe. Cost: about four evaluations by the interpreter. Source: W. Squire, G. Trapp, <i>Using
 * complex variables to estimate derivatives of real functions</i>, SIAM Review 40, 1998.
 */
public final class ComplexStep {
    private static final double STEP = 0x1p-332;
    private static final Interpreter INTERPRETER = new Interpreter(Kernels.scalar());

    private final Map<Class<?>, BiFunction<PointwiseOp, Complex, Complex>> formulas;

    private ComplexStep(Map<Class<?>, BiFunction<PointwiseOp, Complex, Complex>> formulas) {
        this.formulas = formulas;
    }

    /**
     * A complex step that knows every op of this library.
     *
     * @return the same for everybody
     */
    public static ComplexStep standard() {
        return new ComplexStep(Map.of());
    }

    /**
     * One that knows a function more.
     *
     * @param <T> the class of the op
     * @param op the class of the op
     * @param formula its value at a complex number
     * @return a new complex step; this one stays as it is
     */
    public <T extends PointwiseOp> ComplexStep with(Class<T> op, BiFunction<T, Complex, Complex> formula) {
        Map<Class<?>, BiFunction<PointwiseOp, Complex, Complex>> more = new HashMap<>(formulas);
        more.put(op, (found, z) -> formula.apply(op.cast(found), z));
        return new ComplexStep(more);
    }

    /**
     * The directional derivative J v.
     *
     * @param output f, any node
     * @param wrt x, any node; its value is held to be free
     * @param direction v, row-major, at least as long as {@code wrt}. Not modified.
     * @param inputs a row-major array for each input that f depends on, or for any node to be held. Not modified.
     * @return J v, as long as {@code output}
     * @throws IllegalArgumentException if an input is missing or too short
     * @throws IllegalArgumentException naming an op that has no complex formula
     */
    public double[] derivative(Node output, Node wrt, double[] direction, Map<Node, double[]> inputs) {
        Checks.notNull("complex step", "wrt", wrt);
        Checks.notNull("complex step", "direction", direction);
        Checks.notNull("complex step", "inputs", inputs);
        Checks.notNull("complex step", "output", output);
        if (direction.length < wrt.shape().size()) {
            throw Checks.error(
                    "complex step",
                    "the direction for " + wrt,
                    "of length " + direction.length,
                    "of length at least " + wrt.shape().size());
        }
        Map<Node, ComplexArray> values = new HashMap<>();
        for (Node node : Graph.ancestors(List.of(output, wrt), inputs.keySet())) {
            ComplexArray value = value(node, inputs, values);
            if (node == wrt) {
                double[] imaginary = new double[value.re().length];
                Arrays.setAll(imaginary, i -> STEP * direction[i]);
                value = new ComplexArray(value.re(), imaginary);
            }
            values.put(node, value);
        }
        double[] result = new double[output.shape().size()];
        double[] imaginary = at(values, output).im();
        if (imaginary != null) {
            Arrays.setAll(result, i -> imaginary[i] / STEP);
        }
        return result;
    }

    private ComplexArray value(Node node, Map<Node, double[]> inputs, Map<Node, ComplexArray> values) {
        if (inputs.containsKey(node) || !(node.op() instanceof Primitive op)) {
            return new ComplexArray(INTERPRETER.leaf(node, inputs), null);
        }
        ComplexArray[] operands = new ComplexArray[node.operandCount()];
        boolean real = true;
        for (int i = 0; i < operands.length; i++) {
            operands[i] = at(values, node.operand(i));
            real &= operands[i].im() == null;
        }
        if (real) {
            return new ComplexArray(INTERPRETER.apply(node, re(operands)), null);
        }
        OptionalInt same = Lowering.of(op).sameEntriesAs();
        if (same.isPresent()) {
            return operands[same.getAsInt()];
        }
        if (op instanceof LinearOp) {
            return new ComplexArray(INTERPRETER.apply(node, re(operands)), INTERPRETER.apply(node, im(operands)));
        }
        if (op instanceof BilinearOp) {
            return bilinear(node, re(operands), im(operands));
        }
        if (op instanceof ChoiceOp choice) {
            return choice(node, choice, operands);
        }
        if (op instanceof PointwiseOp pointwise) {
            return pointwise(node, pointwise, operands[0]);
        }
        if (op instanceof ChoiceOp choice) {
            return choice(node, choice, re(operands), im(operands));
        }
        throw Checks.error(
                "complex step",
                "the op " + op.name() + " at " + node,
                "of no class that is known for complex numbers",
                "a LinearOp, a BilinearOp, a PointwiseOp or a ChoiceOp");
    }

    /** B(x + ix′, y + iy′) = B(x, y) − B(x′, y′) + i (B(x, y′) + B(x′, y)). */
    private static ComplexArray bilinear(Node node, double[][] re, double[][] im) {
        double[] real = INTERPRETER.apply(node, re);
        double[] both = INTERPRETER.apply(node, im);
        double[] right = INTERPRETER.apply(node, new double[][] {re[0], im[1]});
        double[] left = INTERPRETER.apply(node, new double[][] {im[0], re[1]});
        for (int i = 0; i < real.length; i++) {
            real[i] -= both[i];
            right[i] += left[i];
        }
        return new ComplexArray(real, right);
    }

    /** The real parts choose, for both parts. */
    private static ComplexArray choice(Node node, ChoiceOp op, double[][] re, double[][] im) {
        boolean linear = false;
        for (int i = 0; i < im.length; i++) {
            if (op.isControl(i)) {
                im[i] = re[i];
            } else {
                linear = true;
            }
        }
        return new ComplexArray(INTERPRETER.apply(node, re), linear ? INTERPRETER.apply(node, im) : null);
    }

    /** The real parts of the controls choose, for both parts. */
    private static ComplexArray choice(Node node, ChoiceOp op, ComplexArray[] operands) {
        double[][] re = re(operands);
        double[][] im = im(operands);
        boolean real = true;
        for (int i = 0; i < operands.length; i++) {
            real &= op.isControl(i) || operands[i].im() == null;
            im[i] = op.isControl(i) ? re[i] : im[i];
        }
        return new ComplexArray(INTERPRETER.apply(node, re), real ? null : INTERPRETER.apply(node, im));
    }

    private ComplexArray pointwise(Node node, PointwiseOp op, ComplexArray operand) {
        double[] x = operand.re();
        double[] y = im(operand)[0];
        double[] re = new double[x.length];
        double[] im = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            Complex value = apply(op, new Complex(x[i], y[i]));
            if (value == null) {
                throw Checks.error(
                        "complex step",
                        "the op " + op.name() + " at " + node,
                        "without a complex formula",
                        "given one by ComplexStep.with");
            }
            re[i] = value.re();
            im[i] = value.im();
        }
        return new ComplexArray(re, im);
    }

    private @Nullable Complex apply(PointwiseOp op, Complex z) {
        BiFunction<PointwiseOp, Complex, Complex> formula = formulas.get(op.getClass());
        if (formula != null) {
            return formula.apply(op, z);
        }
        return ComplexFormulas.apply(op, z);
    }

    private static ComplexArray at(Map<Node, ComplexArray> values, Node node) {
        ComplexArray value = values.get(node);
        if (value == null) {
            throw new IllegalStateException("complex step: " + node + " is used before it is computed");
        }
        return value;
    }

    private static double[][] re(ComplexArray... values) {
        return Arrays.stream(values).map(ComplexArray::re).toArray(double[][]::new);
    }

    private static double[][] im(ComplexArray... values) {
        double[][] parts = new double[values.length][];
        for (int i = 0; i < parts.length; i++) {
            double[] im = values[i].im();
            parts[i] = im == null ? new double[values[i].re().length] : im;
        }
        return parts;
    }

    /** Real parts and imaginary parts, none where all are zero. */
    private record ComplexArray(double[] re, double @Nullable [] im) {}
}
