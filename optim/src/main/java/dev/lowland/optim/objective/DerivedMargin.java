package dev.lowland.optim.objective;

import dev.lowland.autodiff.function.ProgramCall;
import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.core.check.Checks;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A loss on margins of which l(s) is given and the rest is derived. */
final class DerivedMargin implements MarginLoss.Margin {

    /** c is looked for between minus and plus this. */
    private static final double FARTHEST = 1e6;

    private final double flip;
    private final UnaryOperator<Node> loss;
    private final double minimiser;
    private final double minimum;
    private final double curvature;
    private final double noiseVariance;
    private final Program value;
    /** Memory for a value, taken out while it is in use. */
    private final AtomicReference<@Nullable Values> idle = new AtomicReference<>();

    private DerivedMargin(double flip, UnaryOperator<Node> loss, double minimiser) {
        this.flip = flip;
        this.loss = loss;
        this.minimiser = minimiser;
        Values derivatives = new Values(derivatives());
        double[] at = derivatives.at(minimiser);
        this.minimum = at[0];
        this.curvature = at[2];
        double jump = at[3] + at[4];
        this.noiseVariance = flip * (1 - flip) * jump * jump;
        Graph graph = new Graph();
        Node s = graph.input("s", Shape.scalar());
        this.value = Program.compile(List.of(s), List.of(expected(s)));
    }

    static DerivedMargin of(String name, double flip, UnaryOperator<Node> loss) {
        String operation = name + " loss";
        Graph graph = new Graph();
        Node s = graph.input("s", Shape.of(3, 2));
        if (!loss.apply(s).shape().equals(s.shape())) {
            throw Checks.error(
                    operation, "l(s) for s of 3×2", loss.apply(s).shape().toString(), "3×2");
        }
        DerivedMargin margin = new DerivedMargin(flip, loss, 0);
        double c = margin.searched(operation);
        DerivedMargin made = new DerivedMargin(flip, loss, c);
        if (!(made.curvature > 0 && made.curvature <= Double.MAX_VALUE)) {
            throw Checks.error(
                    operation,
                    "the second derivative of its expectation over flips at the minimum " + c,
                    String.valueOf(made.curvature),
                    "positive and finite");
        }
        return made;
    }

    private Node expected(Node s) {
        return Ops.add(Ops.scale(loss.apply(s), 1 - flip), Ops.scale(loss.apply(Ops.negate(s)), flip));
    }

    /** s ↦ l̄, l̄′, l̄″, l′(s), l′(−s). */
    private Program derivatives() {
        Graph graph = new Graph();
        Node s = graph.input("s", Shape.scalar());
        Node t = graph.input("t", Shape.scalar());
        Node expected = expected(s);
        Node slope = Reverse.gradient(expected, s);
        Node own = Reverse.gradient(loss.apply(s), s);
        Node other = Reverse.gradient(loss.apply(t), t);
        return Program.compile(List.of(s, t), List.of(expected, slope, Reverse.gradient(slope, s), own, other));
    }

    /** The zero of l̄′ by bisection to the last bit. */
    private double searched(String operation) {
        Values derivatives = new Values(derivatives());
        double low = -1;
        double high = 1;
        while (!(derivatives.at(high)[1] > 0) && high < FARTHEST) {
            high *= 2;
        }
        while (!(derivatives.at(low)[1] < 0) && low > -FARTHEST) {
            low *= 2;
        }
        double above = derivatives.at(high)[1];
        double below = derivatives.at(low)[1];
        if (!(below < 0 && above > 0)) {
            throw Checks.error(
                    operation,
                    "the slope of its expectation over flips",
                    below + " at " + low + " and " + above + " at " + high,
                    "negative before and positive behind a minimum");
        }
        double middle = 0.5 * (low + high);
        while (low < middle && middle < high) {
            double slope = derivatives.at(middle)[1];
            if (slope == 0) {
                return middle;
            }
            if (slope < 0) {
                low = middle;
            } else {
                high = middle;
            }
            middle = 0.5 * (low + high);
        }
        return middle;
    }

    @Override
    public Node raw(Node margin) {
        return loss.apply(margin);
    }

    @Override
    public Node smoothed(Node margin) {
        return Ops.subtract(expected(margin), margin.graph().constant(minimum));
    }

    @Override
    public double smoothedValue(double margin) {
        Values values = idle.getAndSet(null);
        if (values == null) {
            values = new Values(value);
        }
        double excess = values.at(margin)[0] - minimum;
        idle.set(values);
        return Math.max(0, excess);
    }

    @Override
    public double minimiser() {
        return minimiser;
    }

    @Override
    public double curvature() {
        return curvature;
    }

    @Override
    public double noiseVariance() {
        return noiseVariance;
    }

    /** A program of s, and of −s if it takes two arguments, with its memory. For one thread at a time. */
    private static final class Values {
        private final ProgramCall call;
        private final double[][] in;
        private final double[][] out;
        private final double[] numbers;

        Values(Program program) {
            in = new double[program.inputs().size()][1];
            out = new double[program.outputs().size()][1];
            numbers = new double[out.length];
            call = new ProgramCall(program);
            for (int i = 0; i < in.length; i++) {
                call.input(i, in[i]);
            }
            for (int o = 0; o < out.length; o++) {
                call.output(o, out[o]);
            }
        }

        double[] at(double s) {
            in[0][0] = s;
            in[in.length - 1][0] = in.length == 1 ? s : -s;
            call.run();
            for (int o = 0; o < out.length; o++) {
                numbers[o] = out[o][0];
            }
            return numbers;
        }
    }
}
