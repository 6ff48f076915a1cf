package dev.lowland.theory.arbitrary;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.fluctuation.StationaryCovariance;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Loss;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.objective.ObjectiveEvaluator;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.theory.experiment.CentralDifferences;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Setting;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The identities of the theory, each as a relative error that must be rounding and no more. {@code factor} multiplies
 * what the theory says: 1 is the theory, and with any other number an identity must break.
 */
final class Identities {

    private Identities() {}

    /** Claim 1: from a zero-loss point the first step is (η/B) Σ_b ε_b g_{i_b}, whatever the law, the batch and β. */
    static double noiseOfAStep(Trial trial, double factor) {
        Setting setting = trial.setting();
        LabelNoiseSgd sgd = trial.sgd(setting);
        Objective objective = setting.objective();
        DMatrixRMaj step = Dense.minus(sgd.run(objective, setting.theta(), 1).parameters(), setting.theta());
        DMatrixRMaj jacobian = jacobian(setting);
        int batch = sgd.batchSize(objective);
        RandomStream noise = RandomStream.of(trial.seed(), 0, Purpose.LABEL_NOISE);
        RandomStream indices = RandomStream.of(trial.seed(), 0, Purpose.SAMPLE_INDEX);
        DMatrixRMaj expected = new DMatrixRMaj(setting.parameters(), 1);
        for (int b = 0; b < batch; b++) {
            int sample = sgd.isFullBatch() ? b : indices.index(b, objective.sampleCount());
            double z = trial.noise().law() == NoiseLaw.RADEMACHER ? noise.sign(b) : noise.gaussian(b);
            double weight = factor * sgd.learningRate() / batch * sgd.labelNoise() * z;
            for (int j = 0; j < expected.numRows; j++) {
                expected.data[j] += weight * jacobian.get(sample, j);
            }
        }
        double size = sgd.learningRate() * sgd.labelNoise() * Dense.norm(jacobian) / batch;
        double rounding = 1e-15 * (1 + Dense.norm(setting.theta()));
        return Math.max(0, Dense.norm(Dense.minus(step, expected)) - rounding) / size;
    }

    /** Claim 1: the covariance of such a step, E over indices and noise, is η(1−β)λG. */
    static double noiseCovariance(Trial trial, double factor) {
        Setting setting = trial.setting();
        LabelNoiseSgd sgd = trial.sgd(setting);
        double strength = factor * sgd.regularizationStrength(setting.objective());
        DMatrixRMaj theory = Dense.scaled(sgd.learningRate() * (1 - sgd.momentum()) * strength, gaussNewton(setting));
        DMatrixRMaj jacobian = jacobian(setting);
        int count = setting.parameters();
        int samples = setting.objective().sampleCount();
        int batch = sgd.batchSize(setting.objective());
        double kick = sgd.learningRate() * sgd.labelNoise() / batch;
        DMatrixRMaj covariance = new DMatrixRMaj(count, count);
        for (int b = 0; b < batch; b++) {
            for (int i = 0; i < samples; i++) {
                for (int j = 0; j < count; j++) {
                    for (int k = 0; k < count; k++) {
                        double product = jacobian.get(i, j) * jacobian.get(i, k);
                        covariance.add(j, k, kick * kick / samples * product);
                    }
                }
            }
        }
        return Dense.norm(Dense.minus(theory, covariance)) / Dense.norm(covariance);
    }

    /**
     * Claims 2, 10 and 11: S is what the recursion ξ' = Aξ − βξ₋ + ε, A = (1+β)I − ηH, Cov ε = η(1−β)λG, leaves as it
     * is, and has no part in the null space of H.
     */
    static double stationaryCovariance(Setting setting, LabelNoiseSgd sgd, double factor) {
        int count = setting.parameters();
        double momentum = sgd.momentum();
        DMatrixRMaj s = new DMatrixRMaj(count, count);
        StationaryCovariance.of(setting.objective(), sgd).limit(setting.theta(), s);
        CommonOps_DDRM.scale(factor, s);
        DMatrixRMaj a = recursion(setting, sgd);
        DMatrixRMaj as = Dense.times(a, s);
        DMatrixRMaj next = Dense.times(as, a);
        double mixed = -2 * momentum / (1 + momentum);
        CommonOps_DDRM.addEquals(next, mixed, next.copy());
        CommonOps_DDRM.addEquals(next, momentum * momentum, s);
        CommonOps_DDRM.addEquals(next, noise(setting, sgd), gaussNewton(setting));
        double moved = Dense.norm(Dense.minus(next, s));
        double outside = Dense.norm(Dense.times(setting.nullProjector(), s));
        return Math.max(moved, outside) / Dense.norm(s);
    }

    /** Claims 2 and 10: the covariance after k steps is the recursion's, step by step. */
    static double covarianceAfter(Trial trial, int steps, double factor) {
        Setting setting = trial.setting();
        LabelNoiseSgd sgd = trial.sgd(setting);
        int count = setting.parameters();
        double momentum = sgd.momentum();
        DMatrixRMaj a = recursion(setting, sgd);
        DMatrixRMaj gaussNewton = gaussNewton(setting);
        DMatrixRMaj now = new DMatrixRMaj(count, count);
        DMatrixRMaj lagged = new DMatrixRMaj(count, count);
        DMatrixRMaj before = new DMatrixRMaj(count, count);
        for (int k = 0; k < steps; k++) {
            DMatrixRMaj next = Dense.times(Dense.times(a, now), a);
            CommonOps_DDRM.addEquals(next, -2 * momentum, Dense.times(a, lagged));
            CommonOps_DDRM.addEquals(next, momentum * momentum, before);
            CommonOps_DDRM.addEquals(next, noise(setting, sgd), gaussNewton);
            DMatrixRMaj nextLagged = Dense.times(a, now);
            CommonOps_DDRM.addEquals(nextLagged, -momentum, lagged);
            before = now;
            now = next;
            lagged = nextLagged;
        }
        DMatrixRMaj theory = new DMatrixRMaj(count, count);
        StationaryCovariance.of(setting.objective(), sgd).afterSteps(setting.theta(), steps, theory);
        CommonOps_DDRM.scale(factor, theory);
        return Dense.norm(Dense.minus(theory, now)) / Dense.norm(now);
    }

    /** Claims 3 and 11: ⟨∇R, v⟩ = ½ tr[(2I − eH)⁻¹ ∂_v H]/α along a random direction, ∂_v H by differences. */
    static double regularizerGradient(Setting setting, StepSize step, long seed, double factor) {
        Objective objective = setting.objective();
        int count = setting.parameters();
        double rate = step.learningRate(setting) / (1 + step.momentum());
        DMatrixRMaj direction = new DMatrixRMaj(count, 1);
        RandomStream.of(seed, 0, Purpose.PROBE).fillGaussian(0, count, direction.data, 0, 1);
        direction = Dense.unit(direction);
        DMatrixRMaj gradient = new DMatrixRMaj(count, 1);
        Regularizer.of(objective, step.learningRate(setting), step.momentum()).gradient(setting.theta(), gradient);
        DMatrixRMaj hessian = new DMatrixRMaj(count, count);
        objective.hessian(setting.theta(), hessian);
        DMatrixRMaj weight = Dense.scaled(-rate, hessian);
        for (int i = 0; i < count; i++) {
            weight.add(i, i, 2);
        }
        CommonOps_DDRM.invert(weight);
        var evaluator = objective.evaluator();
        double reach = 0.02 / (1 + Dense.norm(jacobian(setting)));
        DMatrixRMaj there = new DMatrixRMaj(count, count);
        double[] slope = CentralDifferences.along(
                at -> {
                    evaluator.hessian(at, there);
                    return there.data;
                },
                setting.theta(),
                direction,
                reach);
        double sum = 0;
        for (int e = 0; e < slope.length; e++) {
            sum += weight.data[e] * slope[e];
        }
        double alpha = objective.loss().curvature();
        double size = 0.5
                / alpha
                * Dense.norm(weight)
                * (Dense.norm(new DMatrixRMaj(count, count, true, slope)) + Dense.norm(hessian));
        return Math.abs(factor * Dense.dot(gradient, direction) - 0.5 / alpha * sum) / size;
    }

    /** Claims 4, 10 and 11: R = −log det(I − (e/2)H)/(2eα), e = η/(1+β), by a determinant without eigenvalues. */
    static double regularizerValue(Setting setting, StepSize step, double factor) {
        Objective objective = setting.objective();
        double rate = step.learningRate(setting) / (1 + step.momentum());
        DMatrixRMaj inside = new DMatrixRMaj(setting.parameters(), setting.parameters());
        objective.hessian(setting.theta(), inside);
        CommonOps_DDRM.scale(-rate / 2, inside);
        for (int i = 0; i < setting.parameters(); i++) {
            inside.add(i, i, 1);
        }
        double expected = -Math.log(CommonOps_DDRM.det(inside))
                / (2 * rate * objective.loss().curvature());
        double value = factor
                * Regularizer.of(objective, step.learningRate(setting), step.momentum())
                        .at(setting.theta())
                        .value();
        return Math.abs(value - expected) / expected;
    }

    /**
     * Claim 4: where H ⪰ 0, R lies between its series' first terms and these plus a geometric bound on the rest; with
     * one term, R ≥ ¼ tr H.
     *
     * @return by how much R leaves the interval, relative to R; 0 inside
     */
    static double regularizerSeries(Setting setting, double sharpness, int terms, double factor) {
        double rate = setting.learningRate(sharpness);
        double[] values = setting.spectrum().values();
        double low = 0;
        double rest = 0;
        for (double h : values) {
            double term = Math.max(0, h) / 4;
            double x = rate * Math.max(0, h) / 2;
            for (int k = 1; k <= terms; k++) {
                low += term / k;
                term *= x;
            }
            rest += term / (terms + 1) / (1 - x);
        }
        double value = factor
                * Regularizer.of(setting.objective(), rate, 0)
                        .at(setting.theta())
                        .value();
        return Math.max(0, Math.max(low - value, value - low - rest)) / value;
    }

    /** Claim 10: λ = ησ²/(B(1−β)), and R at (η, β) is R at (η/(1+β), 0). */
    static double momentum(Trial trial, double factor) {
        Setting setting = trial.setting();
        LabelNoiseSgd sgd = trial.sgd(setting);
        double strength = factor * sgd.regularizationStrength(setting.objective());
        double expected = sgd.learningRate()
                * sgd.labelNoise()
                * sgd.labelNoise()
                / sgd.batchSize(setting.objective())
                / (1 - sgd.momentum());
        double value =
                Regularizer.of(setting.objective(), sgd).at(setting.theta()).value();
        double plain = Regularizer.of(setting.objective(), sgd.learningRate() / (1 + sgd.momentum()), 0)
                .at(setting.theta())
                .value();
        return Math.max(Math.abs(strength - expected) / expected, Math.abs(factor * value - plain) / plain);
    }

    /**
     * Claim 11: c, α and σ² from their definitions: l̄'(c) = 0, α = l̄''(c), σ² = p(1−p)(l'(c) + l'(−c))²; and l̄
     * itself at c + away.
     */
    static double flipConstants(FlipLoss flip, double away, double factor) {
        Loss loss = flip.loss();
        double p = flip.probability();
        double c = factor * loss.minimiser();
        double balance = (1 - p) * slope(flip, c) - p * slope(flip, -c);
        double size = (1 - p) * Math.abs(slope(flip, c)) + p * Math.abs(slope(flip, -c));
        double curvature = (1 - p) * bend(flip, c) + p * bend(flip, -c);
        double sum = slope(flip, c) + slope(flip, -c);
        double variance = p * (1 - p) * sum * sum;
        DMatrixRMaj one = new DMatrixRMaj(new double[][] {{1}});
        Objective objective = Objective.of(Models.linear(1), loss, Data.of(one, one));
        double there = (1 - p) * raw(flip, c + away) + p * raw(flip, -c - away);
        double least = (1 - p) * raw(flip, c) + p * raw(flip, -c);
        double value = objective.loss(new DMatrixRMaj(new double[][] {{c + away}}));
        double worst = Math.abs(balance) / size;
        worst = Math.max(worst, Math.abs(factor * loss.curvature() - curvature) / curvature);
        worst = Math.max(worst, Math.abs(factor * loss.noiseVariance(0) - variance) / variance);
        return Math.max(worst, Math.abs(value - (there - least)) / (there + least));
    }

    private static double raw(FlipLoss flip, double s) {
        return switch (flip.kind()) {
            case SQUARE_MARGIN -> 0.5 * (1 - s) * (1 - s);
            case LOGISTIC -> Math.max(-s, 0) + Math.log1p(Math.exp(-Math.abs(s)));
            case EXPONENTIAL -> Math.exp(-s);
        };
    }

    private static double slope(FlipLoss flip, double s) {
        return switch (flip.kind()) {
            case SQUARE_MARGIN -> s - 1;
            case LOGISTIC -> -1 / (1 + Math.exp(s));
            case EXPONENTIAL -> -Math.exp(-s);
        };
    }

    private static double bend(FlipLoss flip, double s) {
        return switch (flip.kind()) {
            case SQUARE_MARGIN -> 1;
            case LOGISTIC -> 1 / (2 + Math.exp(s) + Math.exp(-s));
            case EXPONENTIAL -> Math.exp(-s);
        };
    }

    /** Claim 11: at a minimum of a loss that flips labels ∇L = 0 and H = αG. */
    static double flipMinimum(Setting setting, double factor) {
        int count = setting.parameters();
        Objective objective = setting.objective();
        DMatrixRMaj gaussNewton = gaussNewton(setting);
        DMatrixRMaj hessian = new DMatrixRMaj(count, count);
        objective.hessian(setting.theta(), hessian);
        DMatrixRMaj gradient = new DMatrixRMaj(count, 1);
        objective.gradient(setting.theta(), gradient);
        double alpha = factor * objective.loss().curvature();
        double steep = Math.sqrt(objective.loss().noiseVariance(0)) * Dense.norm(jacobian(setting));
        double bent = Dense.norm(Dense.minus(hessian, Dense.scaled(alpha, gaussNewton))) / Dense.norm(hessian);
        return Math.max(bent, Dense.norm(gradient) / steep);
    }

    /**
     * Claim 11, more classes: at the minimum for one sample the covariance of the gradient over flips is ∇²L, so σ²/α =
     * 1.
     */
    static double crossEntropy(int classes, double probability, double factor) {
        DMatrixRMaj target = new DMatrixRMaj(1, classes);
        target.data[0] = 1;
        Loss loss = Losses.crossEntropy(classes, probability);
        Objective objective = Objective.of(
                Models.deepLinear(1, classes), loss, Data.of(new DMatrixRMaj(new double[][] {{1}}), target));
        DMatrixRMaj logits = new DMatrixRMaj(classes, 1);
        logits.data[0] = factor * loss.minimiser();
        double other = probability / (classes - 1);
        DMatrixRMaj hessian = new DMatrixRMaj(classes, classes);
        objective.hessian(logits, hessian);
        DMatrixRMaj gradient = new DMatrixRMaj(classes, 1);
        objective.gradient(logits, gradient);
        DMatrixRMaj covariance = new DMatrixRMaj(classes, classes);
        for (int label = 0; label < classes; label++) {
            double weight = label == 0 ? 1 - probability : other;
            for (int i = 0; i < classes; i++) {
                for (int j = 0; j < classes; j++) {
                    double gi = (i == 0 ? 1 - probability : other) - (i == label ? 1 : 0);
                    double gj = (j == 0 ? 1 - probability : other) - (j == label ? 1 : 0);
                    covariance.add(i, j, weight * gi * gj);
                }
            }
        }
        CommonOps_DDRM.scale(loss.curvature() / loss.noiseVariance(0), covariance);
        double bent = Dense.norm(Dense.minus(hessian, covariance)) / Dense.norm(covariance);
        return Math.max(bent, Dense.norm(gradient));
    }

    /**
     * Claim 20: ‖∇L‖ ≤ ℓ_f√(2L), ‖H − G‖ ≤ ρ_f√(2L), |D³L[v,v,v]| ≤ 3ℓ_fρ_f + κ_f√(2L), with the constants that the
     * samples have at the point, by differences of their gradients.
     *
     * @return the largest ratio of a left side to {@code factor} times the right side: at most 1
     */
    static double smoothness(InterpolatingProblem problem, long seed, double factor) {
        Setting exact = problem.setting();
        int samples = problem.samples();
        int count = exact.parameters();
        DMatrixRMaj theta = exact.theta();
        DMatrixRMaj targets = exact.objective().data().targets().copy();
        RandomStream stream = RandomStream.of(seed, 0, Purpose.TEST);
        for (int i = 0; i < samples; i++) {
            targets.data[i] += stream.gaussian(i);
        }
        Objective objective = Objective.of(
                exact.objective().model(),
                Losses.square(),
                Data.of(exact.objective().data().inputs(), targets));
        DMatrixRMaj v = new DMatrixRMaj(count, 1);
        RandomStream.of(seed, 0, Purpose.PROBE).fillGaussian(0, count, v.data, 0, 1);
        v = Dense.unit(v);
        double root = Math.sqrt(2 * objective.loss(theta));
        DMatrixRMaj jacobian = new DMatrixRMaj(samples, count);
        var evaluator = objective.evaluator();
        evaluator.jacobian(theta, jacobian);
        double[][] bends = new double[count][];
        for (int k = 0; k < count; k++) {
            DMatrixRMaj unit = new DMatrixRMaj(count, 1);
            unit.data[k] = 1;
            bends[k] = CentralDifferences.along(at -> rows(evaluator, at, samples), theta, unit, 0.02);
        }
        DMatrixRMaj along = v;
        double[] third = CentralDifferences.along(
                at -> CentralDifferences.along(inner -> rows(evaluator, inner, samples), at, along, 0.02),
                theta,
                v,
                0.02);
        double lipschitz = 0;
        double bend = 0;
        double twist = 0;
        for (int i = 0; i < samples; i++) {
            DMatrixRMaj hessian = new DMatrixRMaj(count, count);
            double squares = 0;
            double cube = 0;
            for (int j = 0; j < count; j++) {
                squares += jacobian.get(i, j) * jacobian.get(i, j);
                cube += third[i * count + j] * v.data[j];
                for (int k = 0; k < count; k++) {
                    hessian.set(j, k, 0.5 * (bends[k][i * count + j] + bends[j][i * count + k]));
                }
            }
            lipschitz = Math.max(lipschitz, Math.sqrt(squares));
            bend = Math.max(bend, spectralNorm(hessian));
            twist = Math.max(twist, Math.abs(cube));
        }
        DMatrixRMaj gradient = new DMatrixRMaj(count, 1);
        objective.gradient(theta, gradient);
        DMatrixRMaj difference = new DMatrixRMaj(count, count);
        objective.hessian(theta, difference);
        DMatrixRMaj gaussNewton = new DMatrixRMaj(count, count);
        objective.gaussNewton(theta, gaussNewton);
        CommonOps_DDRM.subtractEquals(difference, gaussNewton);
        DMatrixRMaj thirdOrder = new DMatrixRMaj(count, 1);
        objective.thirdOrder(theta, v, thirdOrder);
        double rounding = 1e-9 * (1 + lipschitz * lipschitz + bend);
        double worst = Dense.norm(gradient) / (factor * lipschitz * root);
        worst = Math.max(worst, spectralNorm(difference) / (factor * bend * root + rounding));
        return Math.max(
                worst,
                Math.abs(Dense.dot(thirdOrder, v)) / (factor * (3 * lipschitz * bend + twist * root) + rounding));
    }

    private static double[] rows(ObjectiveEvaluator evaluator, DMatrixRMaj at, int samples) {
        DMatrixRMaj jacobian = new DMatrixRMaj(samples, at.numRows);
        evaluator.jacobian(at, jacobian);
        return jacobian.data;
    }

    private static double spectralNorm(DMatrixRMaj symmetric) {
        double[] values = SymmetricEigen.of(symmetric).values();
        return Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
    }

    /** (1+β)I − ηH. */
    private static DMatrixRMaj recursion(Setting setting, LabelNoiseSgd sgd) {
        int count = setting.parameters();
        DMatrixRMaj a = new DMatrixRMaj(count, count);
        setting.objective().hessian(setting.theta(), a);
        CommonOps_DDRM.scale(-sgd.learningRate(), a);
        for (int i = 0; i < count; i++) {
            a.add(i, i, 1 + sgd.momentum());
        }
        return a;
    }

    /** η(1−β)λ. */
    private static double noise(Setting setting, LabelNoiseSgd sgd) {
        return sgd.learningRate() * (1 - sgd.momentum()) * sgd.regularizationStrength(setting.objective());
    }

    private static DMatrixRMaj gaussNewton(Setting setting) {
        DMatrixRMaj out = new DMatrixRMaj(setting.parameters(), setting.parameters());
        setting.objective().gaussNewton(setting.theta(), out);
        return out;
    }

    private static DMatrixRMaj jacobian(Setting setting) {
        DMatrixRMaj out = new DMatrixRMaj(setting.objective().sampleCount(), setting.parameters());
        setting.objective().jacobian(setting.theta(), out);
        return out;
    }
}
