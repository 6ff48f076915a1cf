package dev.lowland.autodiff.check;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.program.Interpreter;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Jet2;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Holds derivatives of any order against differences. Order k differentiates F_{k−1}, the derivative of the output
 * along k − 1 random directions (built by forward and reverse mode in turn): each entry of its gradient by reverse
 * mode, its slope along a random direction by forward mode, and from order 2 the collapsed second coefficient of
 * F_{k−2} along the last direction.
 *
 * <pre>{@code
 * GradientReport report = GradientCheck.of(loss, theta, Map.of(theta, at, x, data)).order(3).run();
 * assertTrue(report.passed(), report.toString());
 * }</pre>
 *
 * <p>Immutable. Cost: some 24 evaluations for each entry and order; see {@link #entries}. The graph grows by the
 * derivatives. At a kink, differences are half of the sum of both sides, which no derivative is: check away from them.
 */
public final class GradientCheck {
    private static final double DEFAULT_TOLERANCE = 1e-7;
    private static final int DEFAULT_ENTRIES = 200;
    private static final double FLOOR = 1e-8;

    private final Node output;
    private final Node wrt;
    private final Map<Node, double[]> inputs;
    private final int order;
    private final double tolerance;
    private final int entries;
    private final long seed;

    private GradientCheck(
            Node output, Node wrt, Map<Node, double[]> inputs, int order, double tolerance, int entries, long seed) {
        this.output = output;
        this.wrt = wrt;
        this.inputs = Map.copyOf(inputs);
        this.order = order;
        this.tolerance = tolerance;
        this.entries = entries;
        this.seed = seed;
    }

    /**
     * A check of first derivatives, with a relative tolerance of 1e-7.
     *
     * @param output what is differentiated; of an output with many entries, a random combination
     * @param wrt the variable: any node
     * @param inputs a row-major array for each input the output depends on, or for any other node. Not modified.
     * @return the check, to be run
     */
    public static GradientCheck of(Node output, Node wrt, Map<Node, double[]> inputs) {
        Checks.notNull("gradient check", "output", output);
        Checks.notNull("gradient check", "wrt", wrt);
        Checks.notNull("gradient check", "inputs", inputs);
        return new GradientCheck(output, wrt, inputs, 1, DEFAULT_TOLERANCE, DEFAULT_ENTRIES, 1);
    }

    /**
     * The same check up to a higher order.
     *
     * @param highest every order from 1 to this one is checked
     * @return a new check
     */
    public GradientCheck order(int highest) {
        Checks.atLeast("gradient check", "order", highest, 1);
        return new GradientCheck(output, wrt, inputs, highest, tolerance, entries, seed);
    }

    /**
     * The same check with another tolerance.
     *
     * @param relative the largest difference allowed, relative to the largest entry of the derivative
     * @return a new check
     */
    public GradientCheck tolerance(double relative) {
        Checks.positive("gradient check", "tolerance", relative);
        return new GradientCheck(output, wrt, inputs, order, relative, entries, seed);
    }

    /**
     * The same check for fewer entries of a large variable: evenly spaced ones.
     *
     * @param most how many entries are compared at most, for each order
     * @return a new check
     */
    public GradientCheck entries(int most) {
        Checks.atLeast("gradient check", "entries", most, 1);
        return new GradientCheck(output, wrt, inputs, order, tolerance, most, seed);
    }

    /**
     * The same check along other random directions.
     *
     * @param number where the random numbers come from
     * @return a new check
     */
    public GradientCheck seed(long number) {
        return new GradientCheck(output, wrt, inputs, order, tolerance, entries, number);
    }

    /**
     * Runs the check.
     *
     * @return what was found
     * @throws IllegalArgumentException naming an op that has no derivative of an order that was asked for
     */
    public GradientReport run() {
        return new Run().report();
    }

    private final class Run {
        private final Probes probes = new Probes(seed);
        private final List<GradientReport.Fault> faults = new ArrayList<>();
        private int checks;
        private double worst;

        GradientReport report() {
            Node before = output.shape().isScalar()
                    ? output
                    : Ops.dot(output, probes.constant(output.graph(), output.shape()));
            Node function = before;
            for (int k = 1; k <= order; k++) {
                Node direction = probes.constant(wrt.graph(), wrt.shape());
                reverse(k, function);
                forward(k, function, direction);
                if (k < order) {
                    jet(k + 1, function, direction);
                }
                before = function;
                function = k % 2 == 1
                        ? Forward.jvp(before, wrt, direction)
                        : Ops.dot(Reverse.gradient(before, wrt), direction);
            }
            return new GradientReport(wrt.label(), checks, worst, faults);
        }

        private void reverse(int k, Node function) {
            double[] gradient = evaluate(Reverse.gradient(function, wrt));
            Replay replay = new Replay(function, wrt, inputs);
            double size = FLOOR;
            for (double entry : gradient) {
                size = Math.max(size, Math.abs(entry));
            }
            int count = Math.min(entries, gradient.length);
            for (int j = 0; j < count; j++) {
                int index = (int) ((long) j * gradient.length / count);
                double[] unit = new double[gradient.length];
                unit[index] = 1;
                compare(k, "reverse", index, gradient[index], difference(replay, unit), size, function);
            }
        }

        private void forward(int k, Node function, Node direction) {
            double slope = evaluate(Forward.jvp(function, wrt, direction))[0];
            double difference = difference(new Replay(function, wrt, inputs), evaluate(direction));
            compare(k, "forward", -1, slope, difference, Math.max(FLOOR, Math.abs(slope)), function);
        }

        private void jet(int k, Node function, Node direction) {
            double curvature = evaluate(Jet2.collapsed(function, wrt, direction))[0];
            Node slope = Forward.jvp(function, wrt, direction);
            double difference = difference(new Replay(slope, wrt, inputs), evaluate(direction));
            compare(k, "jet2", -1, curvature, difference, Math.max(FLOOR, Math.abs(curvature)), slope);
        }

        private double[] evaluate(Node node) {
            return new Interpreter(Kernels.scalar()).evaluate(node, inputs);
        }

        private double difference(Replay replay, double[] direction) {
            return Differences.derivative(h -> replay.along(direction, h)[0], Probes.scale(replay.start(), direction))
                    .value();
        }

        private void compare(
                int k, String mode, int index, double derivative, double difference, double size, Node function) {
            double error = Math.abs(derivative - difference) / Math.max(size, Math.abs(difference));
            checks++;
            worst = Math.max(worst, error);
            if (!(error <= tolerance)) {
                String op = faults.isEmpty()
                        ? new Culprit(inputs, 10 * tolerance, probes).between(wrt, function)
                        : faults.get(0).op();
                faults.add(new GradientReport.Fault(k, mode, index, derivative, difference, error, op));
            }
        }
    }
}
