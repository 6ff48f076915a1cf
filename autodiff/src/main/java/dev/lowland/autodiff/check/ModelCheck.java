package dev.lowland.autodiff.check;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.ParameterBlock;
import dev.lowland.autodiff.program.Interpreter;
import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Whether a model is what {@link Model} asks for: its sizes are positive, its blocks cover θ, its predictions have the
 * shape that its sizes say, and the prediction for a sample does not depend on the others.
 *
 * <p>The last is held at {@value #ROWS} random samples and a random θ: what the model predicts for each of them alone
 * must be what it predicts for it beside the others, within {@link #withTolerance} of the largest prediction. A model
 * that centres its predictions, or normalises over a batch, does not pass: programs go through data in chunks, and
 * would compute something else.
 *
 * <pre>{@code
 * CheckReport report = ModelCheck.of(model).run();
 * assertTrue(report.passed(), report.toString());
 * }</pre>
 *
 * <p>Immutable. Cost: the predictions for four samples, without vector instructions.
 */
public final class ModelCheck {
    private static final String OPERATION = "model check";
    private static final int ROWS = 2;
    private static final double DEFAULT_TOLERANCE = 1e-9;
    /** Of the random parameters: moderate in any layer. */
    private static final double DEVIATION = 0.5;

    private final Model model;
    private final int samples;
    private final double tolerance;
    private final long seed;

    private ModelCheck(Model model, int samples, double tolerance, long seed) {
        this.model = model;
        this.samples = samples;
        this.tolerance = tolerance;
        this.seed = seed;
    }

    /**
     * A check with a relative tolerance of 1e-9.
     *
     * @param model the model
     * @return the check, to be run
     */
    public static ModelCheck of(Model model) {
        Checks.notNull(OPERATION, "model", model);
        return new ModelCheck(model, ROWS, DEFAULT_TOLERANCE, 1);
    }

    /**
     * The same check with the shape of the predictions looked at for another number of samples. They are not computed
     * for as many.
     *
     * @param count at least 1
     * @return a new check
     * @throws IllegalArgumentException if it is not
     */
    public ModelCheck withSamples(int count) {
        Checks.atLeast(OPERATION, "samples", count, 1);
        return new ModelCheck(model, count, tolerance, seed);
    }

    /**
     * The same check with another tolerance.
     *
     * @param relative the largest change of a prediction allowed, relative to the largest prediction; positive
     * @return a new check
     * @throws IllegalArgumentException if it is not
     */
    public ModelCheck withTolerance(double relative) {
        Checks.positive(OPERATION, "tolerance", relative);
        return new ModelCheck(model, samples, relative, seed);
    }

    /**
     * The same check at other random numbers.
     *
     * @param other any number
     * @return a new check
     */
    public ModelCheck withSeed(long other) {
        return new ModelCheck(model, samples, tolerance, other);
    }

    /**
     * Runs the check.
     *
     * @return what was found
     */
    public CheckReport run() {
        List<CheckReport.Fault> faults = new ArrayList<>();
        sizes(faults);
        if (faults.isEmpty()) {
            blocks(faults);
            shape(samples, faults);
        }
        if (faults.isEmpty()) {
            independence(faults);
        }
        return new CheckReport("model " + model.kind(), faults);
    }

    private void sizes(List<CheckReport.Fault> faults) {
        size("number of parameters", model.parameterCount(), faults);
        size("number of inputs", model.inputSize(), faults);
        size("number of outputs", model.outputSize(), faults);
    }

    private void size(String what, int found, List<CheckReport.Fault> faults) {
        if (found < 1) {
            fault(what + " of the model " + model.kind(), String.valueOf(found), "at least 1", faults);
        }
    }

    private void blocks(List<CheckReport.Fault> faults) {
        int end = 0;
        for (ParameterBlock block : model.blocks()) {
            if (block.start() != end) {
                fault("the start of block " + block, String.valueOf(block.start()), "" + end, faults);
                return;
            }
            end += block.length();
        }
        if (end != model.parameterCount()) {
            fault(
                    "the end of the blocks of the model " + model.kind(),
                    String.valueOf(end),
                    model.parameterCount() + ", the number of parameters",
                    faults);
        }
    }

    private void shape(int rows, List<CheckReport.Fault> faults) {
        Graph graph = new Graph();
        Node theta = graph.input("theta", Shape.of(model.parameterCount(), 1));
        Node predictions = model.predict(theta, graph.input("inputs", Shape.of(rows, model.inputSize())));
        Shape wanted = Shape.of(rows, model.outputSize());
        if (!predictions.shape().equals(wanted)) {
            fault(predicted(), predictions.shape().toString(), wanted.toString(), faults);
        }
    }

    private String predicted() {
        return "what the model " + model.kind() + " predicts";
    }

    private void independence(List<CheckReport.Fault> faults) {
        int inputs = model.inputSize();
        Graph graph = new Graph();
        Node theta = graph.input("theta", Shape.of(model.parameterCount(), 1));
        Node many = graph.input("inputs", Shape.of(ROWS, inputs));
        Node one = graph.input("input", Shape.of(1, inputs));
        Node together = model.predict(theta, many);
        Node alone = model.predict(theta, one);
        Probes probes = new Probes(seed);
        double[] x = probes.gaussian(ROWS * inputs);
        double[] point = probes.gaussian(model.parameterCount());
        scale(x, 1 / Math.sqrt(inputs));
        scale(point, DEVIATION);
        Interpreter interpreter = new Interpreter(Kernels.scalar());
        double[] beside = interpreter.evaluate(together, Map.of(theta, point, many, x));
        if (!Arrays.stream(beside).allMatch(Double::isFinite)) {
            Arrays.setAll(point, i -> Math.abs(point[i]));
            beside = interpreter.evaluate(together, Map.of(theta, point, many, x));
        }
        double allowed = tolerance * largest(beside);
        int outputs = model.outputSize();
        for (int i = 0; i < ROWS; i++) {
            double[] row = Arrays.copyOfRange(x, i * inputs, (i + 1) * inputs);
            double[] own = interpreter.evaluate(alone, Map.of(theta, point, one, row));
            for (int j = 0; j < outputs; j++) {
                double other = beside[i * outputs + j];
                if (Double.compare(own[j], other) != 0 && !(Math.abs(own[j] - other) <= allowed)) {
                    fault(
                            predicted() + " for a sample",
                            own[j] + " alone and " + other + " beside others",
                            "the same whatever the other samples are",
                            faults);
                    return;
                }
            }
        }
    }

    private static void scale(double[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Double.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
        }
        return largest;
    }

    private static void fault(String part, String found, String rule, List<CheckReport.Fault> faults) {
        faults.add(new CheckReport.Fault(part, found, rule));
    }
}
