package dev.lowland.optim.objective;

import dev.lowland.autodiff.function.ProgramCall;
import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.program.Interpreter;
import dev.lowland.autodiff.program.Program;
import dev.lowland.core.check.Checks;
import dev.lowland.core.function.ExponentialRemainder;
import dev.lowland.core.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * −log π_y(f) on one-hot targets, of which the log-probabilities of the classes are given and the rest is derived.
 *
 * <p>With q the law of a noisy label, l̄ = −Σ_k q_k log π_k is smallest where π = q, and there the noise covariance of
 * ∇l is ∇²l̄ (Fisher's identity), so that σ² = α = 1.
 */
final class Likelihood implements Loss {

    /** c is looked for between minus and plus this. */
    private static final double FARTHEST = 1e6;

    /** How far probabilities may be from a sum of 1, and at the minimiser from those of a noisy label. */
    private static final double TOLERANCE = 1e-9;

    private final CrossEntropy.Labels labels;
    private final UnaryOperator<Node> logProbabilities;
    private final double minimiser;
    private final Program program;
    /** Memory for a value, taken out while it is in use. */
    private final AtomicReference<@Nullable Values> idle = new AtomicReference<>();

    Likelihood(String name, int classes, double flipProbability, UnaryOperator<Node> logProbabilities) {
        this.labels = CrossEntropy.Labels.of(name, classes, flipProbability);
        this.logProbabilities = logProbabilities;
        Graph graph = new Graph();
        Node f = graph.input("f", Shape.of(1, classes));
        Node given = logProbabilities.apply(f);
        if (!given.shape().equals(f.shape())) {
            throw refusal("log-probabilities of " + f.shape(), given.shape().toString(), f.shape() + ", one a class");
        }
        this.program = Program.compile(List.of(f), List.of(given));
        requireProbabilities();
        this.minimiser = searched();
        requireMinimum();
    }

    private IllegalArgumentException refusal(String argument, String found, String rule) {
        return Checks.error(labels.name() + " loss", argument, found, rule);
    }

    /** At a few places. */
    private void requireProbabilities() {
        Values values = new Values(program, labels.classes());
        for (int place = 0; place < 3; place++) {
            double sum = 0;
            for (int k = 0; k < labels.classes(); k++) {
                values.predictions[k] = place * Math.sin(k + 1.0);
            }
            for (double logProbability : values.run()) {
                sum += Math.exp(logProbability);
            }
            if (!(Math.abs(sum - 1) <= TOLERANCE)) {
                throw refusal("the sum of the probabilities", String.valueOf(sum), "1");
            }
        }
    }

    /** The c for which π_1(c, 0, …, 0) = 1 − p, by bisection to the last bit. */
    private double searched() {
        Values values = new Values(program, labels.classes());
        double wanted = labels.logWeight(1);
        double low = -1;
        double high = 1;
        while (!(values.first(high) > wanted) && high < FARTHEST) {
            high *= 2;
        }
        while (!(values.first(low) < wanted) && low > -FARTHEST) {
            low *= 2;
        }
        for (double middle = 0.5 * (low + high); low < middle && middle < high; middle = 0.5 * (low + high)) {
            if (values.first(middle) < wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** Whether π is q for every label, where its prediction is c and the others are 0. */
    private void requireMinimum() {
        int classes = labels.classes();
        double[] best = new double[classes * classes];
        for (int k = 0; k < classes; k++) {
            best[k * classes + k] = minimiser;
        }
        Graph graph = new Graph();
        Node rows = logProbabilities.apply(graph.constant(Shape.of(classes, classes), best));
        double[] found = new Interpreter(Kernels.scalar()).evaluate(rows, Map.of());
        for (int e = 0; e < found.length; e++) {
            double wanted = labels.weight(e % (classes + 1) == 0 ? 1 : 0);
            if (!(Math.abs(Math.exp(found[e]) - wanted) <= TOLERANCE)) {
                throw refusal(
                        "the probability of class " + e % classes + " where the prediction for class " + e / classes
                                + " is " + minimiser + " and the others are 0",
                        String.valueOf(Math.exp(found[e])),
                        wanted + ", as likely as that noisy label: classes must be alike");
            }
        }
    }

    @Override
    public String name() {
        return labels.name();
    }

    @Override
    public double flipProbability() {
        return labels.flip();
    }

    @Override
    public Node perSample(Node predictions, Node targets) {
        return Ops.negate(Ops.sumColumns(Ops.multiply(targets, logProbabilities.apply(predictions))));
    }

    @Override
    public Node smoothed(Node predictions, Node targets) {
        Checks.notNull("smoothed loss", "predictions", predictions);
        Checks.notNull("smoothed loss", "targets", targets);
        Graph graph = predictions.graph();
        Node weights = Ops.add(Ops.scale(targets, 1 - labels.flip() - labels.other()), graph.constant(labels.other()));
        return Ops.subtract(perSample(predictions, weights), graph.constant(labels.entropy()));
    }

    /** Σ_k q_k (e^{t_k} − 1 − t_k) with t = log π − log q, because both sum to one: no term is negative. */
    @Override
    public double smoothedValue(double[] predictions, double[] targets, int offset, int outputs) {
        Checks.length("smoothed value", "row of predictions", outputs, labels.classes());
        Checks.span("smoothed value", "predictions", predictions, offset, outputs, 1);
        Checks.span("smoothed value", "targets", targets, offset, outputs, 1);
        Values taken = idle.getAndSet(null);
        Values values = taken == null ? new Values(program, outputs) : taken;
        System.arraycopy(predictions, offset, values.predictions, 0, outputs);
        double[] logs = values.run();
        double sum = 0;
        for (int k = 0; k < outputs; k++) {
            double target = targets[offset + k];
            sum += labels.weight(target) * ExponentialRemainder.beyondLinear(logs[k] - labels.logWeight(target));
        }
        idle.set(values);
        return sum;
    }

    @Override
    public void flipTarget(
            double uniform, double[] targets, int offset, int outputs, double[] out, int outOffset, int outStride) {
        labels.flip(uniform, targets, offset, outputs, out, outOffset, outStride);
    }

    @Override
    public double minimiser() {
        return minimiser;
    }

    @Override
    public double curvature() {
        return 1;
    }

    @Override
    public double noiseVariance(double labelNoise) {
        return 1;
    }

    @Override
    public void checkTargets(Data data) {
        labels.check(data);
    }

    @Override
    public String toString() {
        return labels.name() + "(" + labels.classes() + ", " + labels.flip() + ")";
    }

    /** One row through the program, with its memory. For one thread at a time. */
    private static final class Values {
        final double[] predictions;
        private final double[] logs;
        private final ProgramCall call;

        Values(Program program, int classes) {
            predictions = new double[classes];
            logs = new double[classes];
            call = new ProgramCall(program).input(0, predictions).output(0, logs);
        }

        double[] run() {
            call.run();
            return logs;
        }

        /** log π_1 of (c, 0, …, 0). */
        double first(double c) {
            Arrays.fill(predictions, 0);
            predictions[0] = c;
            return run()[0];
        }
    }
}
