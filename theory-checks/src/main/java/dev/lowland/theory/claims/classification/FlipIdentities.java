package dev.lowland.theory.claims.classification;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.linalg.Norms;
import dev.lowland.optim.objective.Loss;
import dev.lowland.optim.objective.Losses;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Expectation.Alternative;
import dev.lowland.theory.claim.Theory;
import dev.lowland.theory.claim.ToleranceRule;
import dev.lowland.theory.claims.trial.Flips;
import dev.lowland.theory.experiment.CentralDifferences;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;

/**
 * What a loss makes of flipped labels: c, σ² and α against the definition, and the noise of a whole gradient.
 * Stateless.
 */
final class FlipIdentities {

    private static final double[] FLIPS = {0.1, 0.4};
    private static final int CLASSES = 4;
    private static final double STEP = 0.1;

    /** c is looked for between −BRACKET and this. */
    private static final double BRACKET = 10;

    private FlipIdentities() {}

    static List<CaseResult> check(Theory theory) {
        List<CaseResult> cases = new ArrayList<>();
        for (double flip : FLIPS) {
            cases.addAll(numbers(Losses.logistic(flip), s -> Math.log1p(Math.exp(-s)), theory));
            cases.addAll(numbers(Losses.exponential(flip), s -> Math.exp(-s), theory));
            cases.addAll(numbers(Losses.squareMargin(flip), s -> 0.5 * (1 - s) * (1 - s), theory));
            cases.addAll(logits(flip, theory));
            cases.add(gradient(Flips.minimum(Families.MATRIX_SENSING, Losses.logistic(flip), 3), theory));
            cases.add(gradient(Flips.minimum(Families.MLP_TANH, Losses.exponential(flip), 3), theory));
            cases.add(gradient(Flips.minimum(Families.QUADRATIC, Losses.squareMargin(flip), 3), theory));
            cases.add(gradient(Flips.classes("deep-linear", Models.deepLinear(3, 3, 3), 3, flip, 3), theory));
        }
        return cases;
    }

    /** c, α and σ² of a loss on margins from its definition. */
    private static List<CaseResult> numbers(Loss loss, DoubleUnaryOperator raw, Theory theory) {
        double p = loss.flipProbability();
        DoubleUnaryOperator smoothed = s -> (1 - p) * raw.applyAsDouble(s) + p * raw.applyAsDouble(-s);
        double c = root(s -> slope(smoothed, s));
        double alpha = slope(s -> slope(smoothed, s), c);
        double kept = slope(raw, c);
        double flipped = -slope(raw, -c);
        double mean = (1 - p) * kept + p * flipped;
        double variance = (1 - p) * kept * kept + p * flipped * flipped - mean * mean;
        double sigma2 = theory.lambdaFactor() * loss.noiseVariance(0);
        return List.of(
                ToleranceRule.judge(loss + ", c", loss.minimiser(), c, ToleranceRule.IDENTITY, List.of()),
                ToleranceRule.judge(loss + ", α", loss.curvature(), alpha, ToleranceRule.IDENTITY, List.of()),
                ToleranceRule.judge(
                        loss + ", σ²",
                        sigma2,
                        variance,
                        ToleranceRule.IDENTITY,
                        List.of(Alternative.mustReject(NO_COMPLEMENT, sigma2 / (1 - p)))));
    }

    private static final String NO_COMPLEMENT = Classification.NO_COMPLEMENT;

    /** c of the cross-entropy, and its noise covariance against its Hessian, both in the logits. */
    private static List<CaseResult> logits(double flip, Theory theory) {
        Loss loss = Losses.crossEntropy(CLASSES, flip);
        double c = root(s -> slope(t -> Math.log(Math.exp(t) + CLASSES - 1) - (1 - flip) * t, s));
        double[] softmax = new double[CLASSES];
        double total = Math.exp(c) + CLASSES - 1;
        for (int k = 0; k < CLASSES; k++) {
            softmax[k] = (k == 0 ? Math.exp(c) : 1) / total;
        }
        double[] covariance = new double[CLASSES * CLASSES];
        for (int drawn = 0; drawn < CLASSES; drawn++) {
            double probability = drawn == 0 ? 1 - flip : flip / (CLASSES - 1);
            for (int e = 0; e < covariance.length; e++) {
                int row = e / CLASSES;
                int column = e % CLASSES;
                covariance[e] += probability
                        * (softmax[row] - (drawn == row ? 1 : 0))
                        * (softmax[column] - (drawn == column ? 1 : 0));
            }
        }
        double ratio = theory.lambdaFactor() * loss.noiseVariance(0) / loss.curvature();
        double[] hessian = scaled(ratio, hessian(flip, c));
        return List.of(
                ToleranceRule.judge(loss + ", c", loss.minimiser(), c, ToleranceRule.IDENTITY, List.of()),
                ToleranceRule.judge(
                        loss + ", noise covariance and Hessian in the logits",
                        hessian,
                        covariance,
                        Norms.scaled(hessian),
                        ToleranceRule.IDENTITY,
                        List.of(ToleranceRule.Wrong.mustReject(NO_COMPLEMENT, scaled(1 / (1 - flip), hessian)))));
    }

    /** ∇² of the smoothed cross-entropy at the logits (c, 0, …, 0), by differences. */
    private static double[] hessian(double flip, double c) {
        double[] out = new double[CLASSES * CLASSES];
        DMatrixRMaj centre = new DMatrixRMaj(CLASSES, 1);
        centre.data[0] = c;
        for (int row = 0; row < CLASSES; row++) {
            DMatrixRMaj first = axis(row);
            for (int column = 0; column < CLASSES; column++) {
                DMatrixRMaj second = axis(column);
                out[row * CLASSES + column] = CentralDifferences.along(
                        at -> CentralDifferences.along(
                                inner -> new double[] {smoothedCrossEntropy(flip, inner)}, at, second, STEP),
                        centre,
                        first,
                        STEP)[0];
            }
        }
        return out;
    }

    private static double smoothedCrossEntropy(double flip, DMatrixRMaj logits) {
        double sum = 0;
        double expected = 0;
        for (int k = 0; k < CLASSES; k++) {
            sum += Math.exp(logits.data[k]);
            expected += (k == 0 ? 1 - flip : flip / (CLASSES - 1)) * logits.data[k];
        }
        return Math.log(sum) - expected;
    }

    private static DMatrixRMaj axis(int k) {
        DMatrixRMaj out = new DMatrixRMaj(CLASSES, 1);
        out.data[k] = 1;
        return out;
    }

    /** The covariance of a full-batch gradient over every pattern of flips, with its mean appended. */
    private static CaseResult gradient(Setting setting, Theory theory) {
        Loss loss = setting.objective().loss();
        int count = setting.parameters();
        DMatrixRMaj hessian = new DMatrixRMaj(count, count);
        setting.objective().hessian(setting.theta(), hessian);
        double variance = theory.lambdaFactor()
                * loss.noiseVariance(0)
                / (loss.curvature() * setting.objective().sampleCount());
        Flips.StepNoise noise = Flips.enumerate(setting);
        double[] predicted = padded(scaled(variance, Dense.array(hessian)), count);
        double[] measured = padded(Dense.array(noise.covariance()), count);
        System.arraycopy(noise.mean().data, 0, measured, count * count, count);
        List<ToleranceRule.Wrong> wrong = new ArrayList<>();
        wrong.add(ToleranceRule.Wrong.mustReject(NO_COMPLEMENT, scaled(1 / (1 - loss.flipProbability()), predicted)));
        if (loss.curvature() != 1) {
            wrong.add(ToleranceRule.Wrong.mustReject(Classification.NO_CURVATURE, scaled(loss.curvature(), predicted)));
        }
        return ToleranceRule.judge(
                setting.family() + ", p = " + loss.flipProbability() + ", mean and covariance of the gradient",
                predicted,
                measured,
                Norms.scaled(predicted),
                ToleranceRule.IDENTITY,
                wrong);
    }

    private static double[] padded(double[] values, int more) {
        return java.util.Arrays.copyOf(values, values.length + more);
    }

    private static double[] scaled(double factor, double[] values) {
        double[] out = values.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] *= factor;
        }
        return out;
    }

    private static double slope(DoubleUnaryOperator function, double at) {
        DMatrixRMaj point = new DMatrixRMaj(new double[][] {{at}});
        DMatrixRMaj one = new DMatrixRMaj(new double[][] {{1}});
        return CentralDifferences.along(x -> new double[] {function.applyAsDouble(x.data[0])}, point, one, STEP)[0];
    }

    /** Where a growing function is zero, by bisection to the last bit. */
    private static double root(DoubleUnaryOperator growing) {
        double low = -BRACKET;
        double high = BRACKET;
        for (int i = 0; i < 80; i++) {
            double middle = 0.5 * (low + high);
            if (growing.applyAsDouble(middle) > 0) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return 0.5 * (low + high);
    }
}
