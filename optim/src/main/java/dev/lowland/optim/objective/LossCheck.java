package dev.lowland.optim.objective;

import dev.lowland.autodiff.check.CheckReport;
import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.program.Interpreter;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/**
 * Whether the eleven methods of a {@link Loss} agree with each other. At random predictions for some targets:
 *
 * <ul>
 *   <li>l and l̄ are B × 1, and those of a sample do not depend on the others;
 *   <li>the value of l̄ is that of its graph, and not negative;
 *   <li>a label flips below p and nowhere else; l̄ is the expectation of l over flips, but for a number; with noise on
 *       targets, l itself, but for a number;
 *   <li>at the minimiser l̄ is 0 and has no slope; α is its second derivative, for a single output; σ²/α times that is
 *       the variance that the noise gives the derivative of l.
 * </ul>
 *
 * <p>The law of flips is read off {@link Loss#flipTarget}, for up to {@value #MOST_OUTPUTS} outputs: below p it may be
 * any that changes at a few places. Numbers that are not finite are not compared.
 *
 * <pre>{@code
 * CheckReport report = LossCheck.of(loss, targets).run();
 * assertTrue(report.passed(), report.toString());
 * }</pre>
 *
 * <p>Immutable. Cost: a few evaluations of the loss and its second derivatives for each target.
 */
public final class LossCheck {
    private static final String OPERATION = "loss check";
    private static final double DEFAULT_TOLERANCE = 1e-6;
    private static final int EXAMPLES = 4;
    private static final int MOST_OUTPUTS = 64;

    private final Loss loss;
    private final DMatrixRMaj targets;
    private final double tolerance;
    private final long seed;

    private LossCheck(Loss loss, DMatrixRMaj targets, double tolerance, long seed) {
        this.loss = loss;
        this.targets = targets;
        this.tolerance = tolerance;
        this.seed = seed;
    }

    /**
     * A check with a relative tolerance of {@value #DEFAULT_TOLERANCE}.
     *
     * @param loss the loss
     * @param targets n × c, targets that it reads, n ≥ 1 and finite. Not modified.
     * @return the check, to be run
     * @throws IllegalArgumentException if there is no target or one is not finite
     */
    public static LossCheck of(Loss loss, DMatrixRMaj targets) {
        Checks.notNull(OPERATION, "loss", loss);
        Checks.finite(OPERATION, "targets", targets);
        Checks.atLeast(OPERATION, "rows of targets", targets.numRows, 1);
        Checks.atLeast(OPERATION, "columns of targets", targets.numCols, 1);
        return new LossCheck(loss, targets.copy(), DEFAULT_TOLERANCE, 1);
    }

    /**
     * The same check with another tolerance.
     *
     * @param relative the largest difference allowed, relative to what is compared; positive
     * @return a new check
     * @throws IllegalArgumentException if it is not
     */
    public LossCheck withTolerance(double relative) {
        Checks.positive(OPERATION, "tolerance", relative);
        return new LossCheck(loss, targets, relative, seed);
    }

    /**
     * The same check at other random predictions.
     *
     * @param other any number
     * @return a new check
     */
    public LossCheck withSeed(long other) {
        return new LossCheck(loss, targets, tolerance, other);
    }

    /** Whether a loss is of this library, which holds it against its formulas in tests. */
    static boolean isKnown(Loss loss) {
        return loss instanceof SquareLoss
                || loss instanceof MarginLoss
                || loss instanceof CrossEntropy
                || loss instanceof PlainCrossEntropy;
    }

    /** A few targets of some data, evenly spaced. */
    static DMatrixRMaj examples(Data data) {
        int count = Math.min(EXAMPLES, data.size());
        DMatrixRMaj examples = new DMatrixRMaj(count, data.outputSize());
        for (int i = 0; i < count; i++) {
            int sample = (int) ((long) i * data.size() / count);
            for (int j = 0; j < data.outputSize(); j++) {
                examples.set(i, j, data.target(sample, j));
            }
        }
        return examples;
    }

    /**
     * Runs the check.
     *
     * @return what was found
     */
    public CheckReport run() {
        Run run = new Run();
        run.shapes();
        if (run.faults.isEmpty()) {
            run.independence();
            run.values();
        }
        if (run.faults.isEmpty() && targets.numCols <= MOST_OUTPUTS) {
            run.expectation();
        }
        if (run.faults.isEmpty() && loss.hasMinimum()) {
            run.minimum();
        }
        return new CheckReport("loss " + loss.name(), run.faults);
    }

    /** A row an entry: l, l̄, their derivatives along a direction, second derivatives. */
    private record Numbers(
            double[] l, double[] slope, double[] mean, double[] meanSlope, double[] second, double[] noise) {}

    private final class Run {
        final List<CheckReport.Fault> faults = new ArrayList<>();
        private final int samples = targets.numRows;
        private final int outputs = targets.numCols;
        private final RandomStream random = RandomStream.of(seed, 0, Purpose.PROBE);
        private long position;

        void shapes() {
            Graph graph = new Graph();
            Shape shape = Shape.of(samples + 1, outputs);
            Node predictions = graph.input("predictions", shape);
            Node given = graph.input("targets", shape);
            shape("perSample", loss.perSample(predictions, given));
            shape("smoothed", loss.smoothed(predictions, given));
        }

        private void shape(String method, Node result) {
            Shape wanted = Shape.of(samples + 1, 1);
            if (!result.shape().equals(wanted)) {
                fault(
                        method + " of " + (samples + 1) + "×" + outputs,
                        result.shape().toString(),
                        wanted + ", one number a sample");
            }
        }

        /** Whether each sample alone gives what it gives beside the others. */
        void independence() {
            double[] predictions = predictions();
            double[] directions = gaussian(samples * outputs);
            Numbers all = numbers(samples, predictions, targets.data, directions);
            for (int i = 0; i < samples; i++) {
                Numbers one = numbers(1, row(predictions, i), row(targets.data, i), row(directions, i));
                same(
                        "perSample of a sample beside others",
                        all.l[i],
                        "that of the sample alone",
                        one.l[0],
                        Math.abs(one.l[0]));
                same(
                        "smoothed of a sample beside others",
                        all.mean[i],
                        "that of the sample alone",
                        one.mean[0],
                        Math.abs(one.mean[0]));
            }
        }

        void values() {
            double[] predictions = predictions();
            Numbers numbers = numbers(samples, predictions, targets.data, gaussian(samples * outputs));
            for (int i = 0; i < samples; i++) {
                double value = loss.smoothedValue(predictions, targets.data, i * outputs, outputs);
                double size = Math.max(Math.abs(numbers.mean[i]), Math.abs(numbers.l[i]));
                same("smoothedValue", value, "that of the graph of smoothed", numbers.mean[i], size);
                if (value < 0) {
                    fault("smoothedValue", String.valueOf(value), "at least 0, its minimum");
                }
            }
        }

        /** E l − l̄ is the same for all predictions. */
        void expectation() {
            for (int i = 0; i < samples; i++) {
                double[] target = row(targets.data, i);
                FlipLaw noisy = noisy(target);
                double[] first = row(predictions(), i);
                double[] second = row(predictions(), i);
                double before = expected(first, noisy);
                double after = expected(second, noisy);
                double meanBefore = numbers(1, first, target, first).mean[0];
                double meanAfter = numbers(1, second, target, second).mean[0];
                double size = Math.max(Math.abs(before), Math.abs(after));
                String what = loss.flipsLabels() ? "the expectation of perSample over flips" : "perSample";
                same(
                        "the change of smoothed from one prediction to another",
                        meanAfter - meanBefore,
                        "that of " + what,
                        after - before,
                        size);
            }
        }

        void minimum() {
            double alpha = loss.curvature();
            double ratio = loss.noiseVariance(1) / alpha;
            if (!(alpha > 0 && alpha <= Double.MAX_VALUE)) {
                fault("curvature", String.valueOf(alpha), "positive and finite");
                return;
            }
            for (int i = 0; i < samples; i++) {
                double[] target = row(targets.data, i);
                double[] best = best(target);
                double[] direction = outputs == 1 ? new double[] {1} : gaussian(outputs);
                Numbers at = numbers(1, best, target, direction);
                same("smoothed at the minimiser", at.mean[0], "its minimum", 0, Math.max(1, Math.abs(at.l[0])));
                double size = Math.max(Math.abs(at.slope[0]), Math.max(1, Math.abs(best[0])) * Math.abs(at.second[0]));
                same("the slope of smoothed at the minimiser", at.meanSlope[0], "that of a minimum", 0, size);
                if (outputs == 1) {
                    same("curvature", alpha, "the second derivative of smoothed", at.second[0], at.second[0]);
                }
                if (outputs <= MOST_OUTPUTS) {
                    double variance = loss.flipsLabels() ? variance(best, noisy(target), direction) : at.noise[0];
                    same(
                            "noiseVariance/curvature times the second derivative of smoothed",
                            ratio * at.second[0],
                            "the variance that the noise gives the slope of perSample",
                            variance,
                            Math.abs(variance));
                }
            }
        }

        private double[] best(double[] target) {
            double c = loss.minimiser();
            double[] best = new double[outputs];
            Arrays.setAll(best, j -> loss.flipsLabels() ? c * target[j] : target[j] + c);
            return best;
        }

        private double variance(double[] prediction, FlipLaw noisy, double[] direction) {
            int count = noisy.weights().length;
            double[] slopes =
                    numbers(count, repeated(prediction, count), noisy.targets(), repeated(direction, count)).slope;
            double mean = 0;
            double squares = 0;
            for (int k = 0; k < count; k++) {
                mean += noisy.weights()[k] * slopes[k];
                squares += noisy.weights()[k] * slopes[k] * slopes[k];
            }
            return squares - mean * mean;
        }

        private double expected(double[] prediction, FlipLaw noisy) {
            int count = noisy.weights().length;
            double[] many = repeated(prediction, count);
            double[] values = numbers(count, many, noisy.targets(), many).l;
            double sum = 0;
            for (int k = 0; k < count; k++) {
                sum += noisy.weights()[k] * values[k];
            }
            return sum;
        }

        private Numbers numbers(int rows, double[] predictions, double[] given, double[] directions) {
            Graph graph = new Graph();
            Node f = graph.input("predictions", Shape.of(rows, outputs));
            Node y = graph.input("targets", Shape.of(rows, outputs));
            Node w = graph.input("directions", Shape.of(rows, outputs));
            Node l = loss.perSample(f, y);
            Node mean = loss.smoothed(f, y);
            Node slope = Forward.jvp(l, f, w);
            Node meanSlope = Forward.jvp(mean, f, w);
            Node second = Forward.jvp(meanSlope, f, w);
            Node mixed = Reverse.gradient(Ops.sum(slope), y);
            List<double[]> found = new Interpreter(Kernels.scalar())
                    .evaluate(
                            List.of(l, slope, mean, meanSlope, second, Ops.sumColumns(Ops.square(mixed))),
                            Map.of(f, predictions, y, given, w, directions));
            return new Numbers(found.get(0), found.get(1), found.get(2), found.get(3), found.get(4), found.get(5));
        }

        /** Random predictions for all targets: beside the target where it is a number, anywhere where it is a label. */
        private double[] predictions() {
            double[] predictions = gaussian(samples * outputs);
            for (int e = 0; e < predictions.length && !loss.flipsLabels(); e++) {
                predictions[e] += targets.data[e];
            }
            return predictions;
        }

        private double[] gaussian(int count) {
            double[] numbers = new double[count];
            random.fillGaussian(position, count, numbers, 0, 1);
            position += count;
            return numbers;
        }

        private double[] row(double[] rows, int i) {
            return Arrays.copyOfRange(rows, i * outputs, (i + 1) * outputs);
        }

        private double[] repeated(double[] row, int count) {
            double[] rows = new double[count * row.length];
            for (int k = 0; k < count; k++) {
                System.arraycopy(row, 0, rows, k * row.length, row.length);
            }
            return rows;
        }

        private FlipLaw noisy(double[] target) {
            if (!loss.flipsLabels()) {
                return new FlipLaw(target, new double[] {1});
            }
            double p = loss.flipProbability();
            FlipLaw law = FlipLaw.of(loss, target);
            int last = law.weights().length - 1;
            for (int k = 0; k <= last; k++) {
                boolean flips = !Arrays.equals(row(law.targets(), k), target);
                if (flips == (k == last)) {
                    fault(
                            "flipTarget " + (flips ? "above" : "somewhere below") + " the probability " + p,
                            (flips ? "another target than " : "the target itself, ") + Arrays.toString(target),
                            flips ? "the target itself" : "another one");
                }
            }
            return law;
        }

        private void same(String part, double found, String rule, double wanted, double size) {
            boolean finite = Double.isFinite(found) && Double.isFinite(wanted) && Double.isFinite(size);
            if (finite && !(Math.abs(found - wanted) <= tolerance * Math.abs(size))) {
                fault(part, String.valueOf(found), rule + ", " + wanted);
            }
        }

        private void fault(String part, String found, String rule) {
            faults.add(new CheckReport.Fault(part + " of the loss " + loss.name(), found, rule));
        }
    }
}
