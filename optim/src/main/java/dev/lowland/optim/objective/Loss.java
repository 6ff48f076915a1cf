package dev.lowland.optim.objective;

import dev.lowland.autodiff.graph.Node;

/**
 * How far a prediction is from its target, and what the noise in the labels does to it. {@link Losses} has the
 * instances.
 *
 * <p>A loss is two graphs. {@link #perSample} is l, which one step of SGD differentiates at a noisy target.
 * {@link #smoothed} is the expectation of l over the noise less its minimum, which the training loss L averages. For
 * the square loss the two are the same. Implementations are immutable and may be shared by threads.
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
     * @return true for classification
     */
    boolean flipsLabels();

    /**
     * Probability p with which a step flips a label.
     *
     * @return p, or 0 where labels are not flipped
     */
    double flipProbability();

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
     * @return B × 1
     */
    Node smoothed(Node predictions, Node targets);

    /**
     * The number of {@link #smoothed} for one sample, accurate relative to itself also near zero.
     *
     * @param predictions row-major predictions. Not modified.
     * @param targets row-major clean targets. Not modified.
     * @param offset where the sample's row starts, in both
     * @param outputs length c of the row
     * @return l̄ − min l̄ ≥ 0
     */
    double smoothedValue(double[] predictions, double[] targets, int offset, int outputs);

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
     * @throws IllegalArgumentException if the loss does not flip labels
     */
    void flipTarget(
            double uniform, double[] targets, int offset, int outputs, double[] out, int outOffset, int outStride);

    /**
     * Where l̄ is smallest: the margin c = y f, or for several classes the gap between the logit of the label and the
     * others; 0 for the square loss, whose residual is smallest there.
     *
     * @return c
     */
    double minimiser();

    /**
     * Curvature α = l̄″(c) that enters R and the stationary covariance; 1 for the square loss.
     *
     * @return α &gt; 0
     */
    double curvature();

    /**
     * Variance σ² of the noise that a label adds to the derivative of the loss, at the minimiser.
     *
     * @param labelNoise standard deviation of noise added to targets; losses that flip labels take no notice of it
     * @return σ² ≥ 0; labelNoise² for the square loss, p(1−p)(l′(c) + l′(−c))² on margins
     */
    double noiseVariance(double labelNoise);

    /**
     * Refuses targets that this loss cannot read.
     *
     * @param data the samples. Not modified.
     * @throws IllegalArgumentException naming the loss, the row and the rule
     */
    void checkTargets(Data data);
}
