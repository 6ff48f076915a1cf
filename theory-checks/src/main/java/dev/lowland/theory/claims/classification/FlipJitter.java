package dev.lowland.theory.claims.classification;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Loss;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.Estimate;
import dev.lowland.theory.claim.Expectation;
import dev.lowland.theory.claim.Expectation.Alternative;
import dev.lowland.theory.claims.trial.Flips;
import dev.lowland.theory.experiment.Runs;
import dev.lowland.theory.experiment.Setting;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/**
 * The jitter of one margin under the exponential loss, where S = (λ/α)Π(2 − ηH)⁻¹ stops being the whole truth.
 *
 * <p>With f = θ, M copies of one sample and u = s − c, a step is u ← u − (a/α)(l̄′(u) + noise), a = ηλmax, l̄′ = α sinh
 * u. A flip exchanges e⁻ˢ and eˢ, so the noise of one label has variance (1 − p)p(2 cosh s)², averaged over c ± u to
 * second order: 1 + (2 − 4p(1−p))u² + O(u) with a coefficient of u that meets E u = O(u⁴). Its first part is the random
 * curvature of the drawn loss, (1 − 2p)²u²; its second the correlation of noise and third derivative, u². With E u⁴ =
 * 3(E u²)²,
 *
 * <p>E u² (2a − a²) = v(1 + (2 − 4p(1−p)) E u²) − a(1−a)(E u²)², v = a²/(α²M),
 *
 * <p>so E u² = s + s²[2 − 4p(1−p) − (1−a)/(2−a)] + O(s³), s = (λ/α)h/((2 − a)α) the paper's. Of the losses here only
 * the exponential has noise that depends on the margin: l′(s) + l′(−s) is −1 for the logistic and −2 for the square
 * loss at every s.
 *
 * @param sharpness a = ηλmax
 * @param copies M
 */
record FlipJitter(double sharpness, int copies) {

    private static final double FLIP = 0.2;

    /** Allowance for what is left, in units of s²: the coefficients above are at most 2 in size, their squares 4. */
    private static final double REMAINDER = 4;

    /** What a run may still remember of its start when its variance is taken. */
    private static final double LIMIT = 1e-8;

    private static Loss loss() {
        return Losses.exponential(FLIP);
    }

    String name() {
        return String.format(
                Locale.ROOT, "linear exponential, ηλmax = %.1f, %d copies, variance of the margin", sharpness, copies);
    }

    /** The paper's variance. */
    double paper() {
        double alpha = loss().curvature();
        return sharpness / ((2 - sharpness) * alpha * alpha * copies);
    }

    /** The variance to second order in the paper's. */
    double corrected() {
        double s = paper();
        double factor = 2 - 4 * FLIP * (1 - FLIP) - (1 - sharpness) / (2 - sharpness);
        return s + factor * s * s;
    }

    double bias() {
        return REMAINDER * Math.pow(paper(), 3);
    }

    Expectation expectation(double lambdaFactor) {
        double predicted = lambdaFactor * corrected();
        return new Expectation(
                name(),
                predicted,
                bias(),
                predicted,
                List.of(
                        Alternative.mustReject(Classification.CONSTANT, paper()),
                        Alternative.mustReject(Classification.NO_COMPLEMENT, corrected() / (1 - FLIP))));
    }

    Estimate measure(ClaimContext context, int replicas, long seed) {
        DMatrixRMaj one = new DMatrixRMaj(new double[][] {{1}});
        Objective objective = Objective.of(Models.linear(1), loss(), Data.of(one, one));
        DMatrixRMaj theta = new DMatrixRMaj(new double[][] {{loss().minimiser()}});
        Setting setting = new Setting("linear", Flips.copies(objective, copies), theta);
        LabelNoiseSgd sgd =
                LabelNoiseSgd.of(sharpness / loss().curvature()).withFullBatch().withSeed(seed);
        double kept = Math.max(0.1, Math.abs(1 - sharpness));
        long steps = (long) Math.ceil(0.5 * Math.log(LIMIT) / Math.log(kept));
        return Runs.states(setting, sgd, replicas, context.threads(), steps).varianceAlong(0, one);
    }
}
