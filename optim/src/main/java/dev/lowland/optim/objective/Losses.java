package dev.lowland.optim.objective;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.core.check.Checks;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/**
 * The losses that Lowland has. With flips of probability p ∈ (0, ½) and margin s = y f:
 *
 * <table>
 * <caption>losses on margins</caption>
 * <tr><th>loss</th><th>l(s)</th><th>c</th><th>σ²</th><th>α</th></tr>
 * <tr><td>logistic</td><td>log(1 + e⁻ˢ)</td><td>log((1−p)/p)</td><td>p(1−p)</td><td>p(1−p)</td></tr>
 * <tr><td>exponential</td><td>e⁻ˢ</td><td>½ log((1−p)/p)</td><td>1</td><td>2√(p(1−p))</td></tr>
 * <tr><td>square-margin</td><td>½(1 − s)²</td><td>1 − 2p</td><td>4p(1−p)</td><td>1</td></tr>
 * </table>
 */
public final class Losses {

    private static final List<LossKind> KINDS = List.of(
            SquareLoss.KIND,
            LogisticMargin.KIND,
            ExponentialMargin.KIND,
            SquareMargin.KIND,
            CrossEntropy.KIND,
            PlainCrossEntropy.KIND);

    private Losses() {}

    /**
     * The losses that files know.
     *
     * @return all kinds, in the order in which to list them
     */
    public static List<LossKind> kinds() {
        return KINDS;
    }

    /**
     * ½ Σ_j (f_j − y_j)² with noise added to the targets.
     *
     * @return the square loss
     */
    public static Loss square() {
        return SquareLoss.INSTANCE;
    }

    /**
     * log(1 + e⁻ˢ) with flipped labels.
     *
     * @param flipProbability p in (0, ½)
     * @return the logistic loss
     * @throws IllegalArgumentException if p is out of range
     */
    public static Loss logistic(double flipProbability) {
        return LogisticMargin.KIND.flipping(flipProbability);
    }

    /**
     * e⁻ˢ with flipped labels.
     *
     * @param flipProbability p in (0, ½)
     * @return the exponential loss
     * @throws IllegalArgumentException if p is out of range
     */
    public static Loss exponential(double flipProbability) {
        return ExponentialMargin.KIND.flipping(flipProbability);
    }

    /**
     * ½(1 − s)² with flipped labels.
     *
     * @param flipProbability p in (0, ½)
     * @return the square loss on margins
     * @throws IllegalArgumentException if p is out of range
     */
    public static Loss squareMargin(double flipProbability) {
        return SquareMargin.KIND.flipping(flipProbability);
    }

    /**
     * A loss l(s) of the margin s = y f, y = ±1, with flipped labels, of the graph of l alone. The rest follows: with
     * l̄(s) = (1−p) l(s) + p l(−s), c by a search for the zero of l̄′, and α, σ² and the derivatives by autodiff.
     *
     * <p>Near its minimum the value l̄ − l̄(c) has the digits that the difference leaves, unlike those of the losses
     * above; its derivatives have all of theirs.
     *
     * @param name a short word, for messages
     * @param flipProbability p in (0, ½)
     * @param loss takes s, any shape, to l(s), entry by entry
     * @return the loss
     * @throws IllegalArgumentException if p is out of range, or l̄ has no minimum with a positive curvature for |s| ≤
     *     1e6
     */
    public static Loss ofMargin(String name, double flipProbability, UnaryOperator<Node> loss) {
        Checks.notNull("Losses.ofMargin", "name", name);
        Checks.notNull("Losses.ofMargin", "loss", loss);
        return MarginLoss.kind(name, p -> DerivedMargin.of(name, p, loss)).flipping(flipProbability);
    }

    /**
     * −log softmax of the label's logit, without noise in the labels; targets are one-hot rows. It has no minimum, and
     * so no R and no λ; training may add noise to its targets all the same.
     *
     * @param classCount number of classes K, at least 2
     * @return the cross-entropy
     * @throws IllegalArgumentException if there are fewer classes
     */
    public static Loss crossEntropy(int classCount) {
        return PlainCrossEntropy.KIND.of(OptionalDouble.empty(), classCount);
    }

    /**
     * −log softmax of the label's logit, with labels flipped to one of the other classes, each as likely. Targets are
     * one-hot rows ({@link Data#ofClasses}). Here the noise covariance at the minimiser equals ∇²L, so σ² = α = 1.
     *
     * @param classCount number of classes K, at least 2
     * @param flipProbability p in (0, ½)
     * @return the cross-entropy
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static Loss crossEntropy(int classCount, double flipProbability) {
        return CrossEntropy.KIND.flipping(flipProbability, classCount);
    }

    /**
     * −log π_y(f) of K classes with flipped labels, of the graph of log π alone: any model of how likely each class is.
     * A flip moves the label to one of the other classes, each as likely; targets are one-hot rows. The rest follows:
     * l̄ is the divergence of π from the law of a noisy label, c where π is that law, and σ² = α = 1.
     *
     * <p>A loss of several outputs that is not of this form has in general no R: the noise covariance at its minimum is
     * no multiple of ∇²L.
     *
     * @param name a short word, for messages
     * @param classCount number of classes K, at least 2
     * @param flipProbability p in (0, ½)
     * @param logProbabilities takes f, B × K, to log π, B × K, row by row: of probabilities that sum to 1, and alike in
     *     all classes, so that one leads by the same at the same prediction
     * @return the loss
     * @throws IllegalArgumentException if an argument is out of range, the probabilities do not sum to 1, or they are
     *     those of a noisy label nowhere for one prediction of at most 1e6 beside zeros
     */
    public static Loss ofLikelihood(
            String name, int classCount, double flipProbability, UnaryOperator<Node> logProbabilities) {
        Checks.notNull("Losses.ofLikelihood", "name", name);
        Checks.notNull("Losses.ofLikelihood", "logProbabilities", logProbabilities);
        Checks.room("Losses.ofLikelihood", "classCount", classCount, 8.0 * classCount);
        return new Likelihood(name, classCount, flipProbability, logProbabilities);
    }
}
