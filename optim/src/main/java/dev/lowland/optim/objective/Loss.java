package dev.lowland.optim.objective;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.program.Interpreter;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import java.util.Arrays;
import java.util.Map;

/**
 * How far a prediction is from its target, and what the noise in the labels does to it. {@link Losses} has the
 * instances.
 *
 * <p>A loss is two graphs. {@link #perSample} is l, which one step of SGD differentiates at a noisy target.
 * {@link #smoothed} is the expectation of l over the noise less its minimum, which the training loss L averages. For
 * the square loss the two are the same. Implementations are immutable and may be shared by threads.
 *
 * <p>A loss of one's own to whose targets noise is added needs {@link #name} and {@link #perSample} alone, if l is a
 * function of the residuals f − y that is 0 and smallest where they are: the rest follows, as it says below. One on
 * margins, of flipped labels, is made by {@link Losses#ofMargin} of l(s) alone. What any other says of itself, by all
 * methods, is held against its graphs by {@link LossCheck} when an objective is made.
 */
public interface Loss {

    /**
     * Name in problem files, for example {@code square-margin}.
     *
     * @return a short word
     */
    String name();

    /**
     * Whether the noise flips labels; otherwise it is added to them.
     *
     * @return true for classification; unless overridden, whether {@link #flipProbability} is above 0
     */
    default boolean flipsLabels() {
        return flipProbability() > 0;
    }

    /**
     * Probability p with which a step flips a label.
     *
     * @return p, or 0 where labels are not flipped, as unless overridden
     */
    default double flipProbability() {
        return 0;
    }

    /**
     * The loss l of each sample at a (noisy) target, as a graph.
     *
     * @param predictions B × c
     * @param targets B × c
     * @return B × 1
     */
    Node perSample(Node predictions, Node targets);

    /**
     * The loss that L averages, at the clean targets, as a graph: l̄ − min l̄. Use it for derivatives; for the value
     * near its minimum {@link #smoothedValue} keeps more digits.
     *
     * @param predictions B × c
     * @param targets B × c
     * @return B × 1; unless overridden {@link #perSample}, which is right where noise is added to targets and l is 0 at
     *     its smallest
     */
    default Node smoothed(Node predictions, Node targets) {
        Checks.notNull("smoothed loss", "predictions", predictions);
        Checks.notNull("smoothed loss", "targets", targets);
        return perSample(predictions, targets);
    }

    /**
     * The number of {@link #smoothed} for one sample, accurate relative to itself also near zero. Unless overridden it
     * comes from that graph, node by node: slow, and of as many digits as the graph has.
     *
     * @param predictions row-major predictions. Not modified.
     * @param targets row-major clean targets. Not modified.
     * @param offset where the sample's row starts, in both
     * @param outputs length c of the row
     * @return l̄ − min l̄ ≥ 0
     */
    default double smoothedValue(double[] predictions, double[] targets, int offset, int outputs) {
        Checks.atLeast("smoothed value", "outputs", outputs, 1);
        Checks.span("smoothed value", "predictions", predictions, offset, outputs, 1);
        Checks.span("smoothed value", "targets", targets, offset, outputs, 1);
        Graph graph = new Graph();
        Node prediction =
                graph.constant(Shape.of(1, outputs), Arrays.copyOfRange(predictions, offset, offset + outputs));
        Node target = graph.constant(Shape.of(1, outputs), Arrays.copyOfRange(targets, offset, offset + outputs));
        return new Interpreter(Kernels.scalar()).evaluate(smoothed(prediction, target), Map.of())[0];
    }

    /**
     * Writes the target that one draw of the flip noise makes of a clean one. Allocates nothing.
     *
     * @param uniform a number in (0, 1); below p the label flips
     * @param targets row-major clean targets. Not modified.
     * @param offset where the sample's row starts
     * @param outputs length c of the row
     * @param out Modified: entry j of the noisy row goes to {@code outOffset + j·outStride}
     * @param outOffset where the noisy row starts
     * @param outStride distance between its entries
     * @throws IllegalArgumentException if the loss does not flip labels, as unless overridden
     */
    default void flipTarget(
            double uniform, double[] targets, int offset, int outputs, double[] out, int outOffset, int outStride) {
        throw Checks.error("flipTarget", "loss", name() + ", whose noise adds to targets", "one that flips labels");
    }

    /**
     * Whether l̄ has a minimum. Without one there is no R, and neither {@link #minimiser}, {@link #curvature} nor, of
     * noise, {@link #noiseVariance}.
     *
     * @return true unless overridden
     */
    default boolean hasMinimum() {
        return true;
    }

    /**
     * Where l̄ is smallest: the margin c = y f, or for several classes the gap between the logit of the label and the
     * others; 0 for the square loss, whose residual is smallest there.
     *
     * @return c, 0 unless overridden
     * @throws IllegalArgumentException if there is no minimum
     */
    default double minimiser() {
        return 0;
    }

    /**
     * Curvature α = l̄″(c) that enters R and the stationary covariance; 1 for the square loss.
     *
     * @return α &gt; 0; unless overridden the second derivative of {@link #smoothed} in a single prediction, where it
     *     is its target
     * @throws IllegalArgumentException if there is no minimum
     */
    default double curvature() {
        Graph graph = new Graph();
        Node zero = graph.constant(0.0);
        Node prediction = graph.input("prediction", Shape.scalar());
        Node second = Forward.hvp(smoothed(prediction, zero), prediction, graph.constant(1.0));
        return new Interpreter(Kernels.scalar()).evaluate(second, Map.of(prediction, new double[1]))[0];
    }

    /**
     * Variance σ² of the noise that a label adds to the derivative of the loss, at the minimiser.
     *
     * @param labelNoise standard deviation of noise added to targets; losses that flip labels take no notice of it
     * @return σ² ≥ 0; p(1−p)(l′(c) + l′(−c))² on margins; unless overridden (α·labelNoise)², as of a function of the
     *     residuals
     * @throws IllegalArgumentException if there is noise and no minimum
     */
    default double noiseVariance(double labelNoise) {
        double deviation = curvature() * labelNoise;
        return deviation * deviation;
    }

    /**
     * Refuses targets that this loss cannot read: none, unless overridden.
     *
     * @param data the samples. Not modified.
     * @throws IllegalArgumentException naming the loss, the row and the rule
     */
    default void checkTargets(Data data) {
        Checks.notNull("check targets", "data", data);
    }
}
