package dev.lowland.theory.claims.limit;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.linalg.Norms;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.theory.claim.Interruption;
import dev.lowland.theory.experiment.Setting;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * A sparse regression with fewer samples than coefficients, f = ⟨x, u∘u − v∘v⟩, started at u = v = 1, and the Lasso
 * that label noise solves.
 *
 * @param objective L
 * @param truth w°, with two coefficients that are not zero
 * @param lasso the solver, with the weights c_j
 * @param strength λ
 * @param solution the Lasso's solution at λ
 * @param learningRate η
 */
record LassoCase(
        Objective objective,
        double[] truth,
        LassoSolver lasso,
        double strength,
        LassoSolver.Solution solution,
        double learningRate) {

    static final int SAMPLES = 10;
    static final int COEFFICIENTS = 20;

    /** Largest |z_j| off the support: what decides how long the rare return of a coefficient takes to die out. */
    private static final double SLACK = 0.5;

    /** ηλmax at the start. */
    static final double SHARPNESS = 0.3;

    /** Seed of the problem; not the seed of a check. */
    private static final long PROBLEM_SEED = 2106_06530_16L;

    private static final int CANDIDATES = 100_000;
    private static final int DESCENT = 100_000;

    /**
     * The first draw whose Lasso, at this λ, has the support of the truth and a slack of at least one half off it.
     *
     * @param strength λ
     */
    static LassoCase of(double strength) {
        for (int candidate = 0; candidate < CANDIDATES; candidate++) {
            Interruption.check();
            DMatrixRMaj inputs = new DMatrixRMaj(SAMPLES, COEFFICIENTS);
            RandomStream.of(PROBLEM_SEED, candidate, Purpose.DATA)
                    .fillGaussian(0, SAMPLES * COEFFICIENTS, inputs.data, 0, 1);
            double[] truth = new double[COEFFICIENTS];
            truth[0] = 1;
            truth[1] = -1;
            DMatrixRMaj targets = CommonOps_DDRM.mult(inputs, new DMatrixRMaj(COEFFICIENTS, 1, true, truth), null);
            LassoSolver lasso = new LassoSolver(inputs, targets, LassoSolver.meanSquares(inputs));
            LassoSolver.Solution solution = lasso.solve(strength);
            if (recovers(truth, solution.coefficients()) && slack(lasso, solution, strength) < SLACK) {
                Objective objective =
                        Objective.of(Models.quadratic(COEFFICIENTS), Losses.square(), Data.of(inputs, targets));
                double top = new Setting("lasso", objective, start()).top();
                return new LassoCase(objective, truth, lasso, strength, solution, SHARPNESS / top);
            }
        }
        throw new IllegalStateException("no sparse regression meets the criterion");
    }

    /** The same regression at another λ. */
    LassoCase withStrength(double other) {
        return new LassoCase(objective, truth, lasso, other, lasso.solve(other), learningRate);
    }

    private static boolean recovers(double[] truth, double[] w) {
        return IntStream.range(0, w.length).allMatch(j -> (w[j] != 0) == (truth[j] != 0));
    }

    private static double slack(LassoSolver lasso, LassoSolver.Solution solution, double strength) {
        double[] z = lasso.slack(solution.coefficients(), strength);
        return IntStream.range(0, z.length)
                .filter(j -> solution.coefficients()[j] == 0)
                .mapToDouble(j -> Math.abs(z[j]))
                .max()
                .orElse(0);
    }

    /** u = v = 1: w = 0, every coefficient free to go either way. */
    static DMatrixRMaj start() {
        DMatrixRMaj theta = new DMatrixRMaj(2 * COEFFICIENTS, 1);
        theta.fill(1);
        return theta;
    }

    /** w_j = u_j² − v_j². */
    static double coefficient(DMatrixRMaj theta, int j) {
        double u = theta.data[j];
        double v = theta.data[COEFFICIENTS + j];
        return u * u - v * v;
    }

    /** w at a point. */
    static double[] coefficients(DMatrixRMaj theta) {
        double[] out = new double[COEFFICIENTS];
        for (int j = 0; j < out.length; j++) {
            out[j] = coefficient(theta, j);
        }
        return out;
    }

    /** Indices j with w°_j ≠ 0. */
    int[] support() {
        return IntStream.range(0, COEFFICIENTS).filter(j -> truth[j] != 0).toArray();
    }

    /** Σ |w_j| off the support of the truth. */
    double offSupport(double[] w) {
        return IntStream.range(0, COEFFICIENTS)
                .filter(j -> truth[j] == 0)
                .mapToDouble(j -> Math.abs(w[j]))
                .sum();
    }

    /** Full-batch label noise of strength λ. */
    LabelNoiseSgd sgd(long seed) {
        return LabelNoiseSgd.of(learningRate)
                .withFullBatch()
                .withLabelNoise(Math.sqrt(strength * SAMPLES / learningRate))
                .withSeed(seed);
    }

    /** Where gradient descent goes from the same start, at the same learning rate. */
    double[] gradientDescent() {
        LabelNoiseSgd clean = LabelNoiseSgd.of(learningRate).withNoiseLaw(NoiseLaw.NONE);
        DMatrixRMaj end = clean.run(objective, start(), DESCENT).parameters();
        return coefficients(end);
    }

    /**
     * A bound on Σ E|w_j| off the support after some steps, Σ_j exp(−ηλc_j(1 − |z_j|)²k/2).
     *
     * <p>There log u_j (or log v_j) takes steps of mean −m = −2ηλc_j(1 − |z_j|) and variance s = 4ηλc_j, so that u_j²
     * dies out along a typical run as exp(−2mk), while rare runs return: E u_j^q = exp(−mqk + sq²k/2) is least at q =
     * m/s, and bounds E u_j² as long as u_j ≤ 1.
     */
    double remainder(long steps) {
        double[] z = lasso.slack(solution.coefficients(), strength);
        double sum = 0;
        for (int j = 0; j < COEFFICIENTS; j++) {
            if (truth[j] == 0) {
                double gap = 1 - Math.abs(z[j]);
                sum += Math.exp(-0.5 * learningRate * strength * lasso.weights()[j] * gap * gap * steps);
            }
        }
        return sum;
    }

    /**
     * How far a stationary mean of w_j on the support may be from the Lasso at a finite η.
     *
     * <p>On the support E log(1 − 2ηg_j) = 0, g_j the slope of the noisy loss in w_j: E g_j = −ηE g_j² − (4/3)η²E g_j³
     * − 2η³E g_j⁴ − …. The noise alone, E g_j² = λc_j/η, gives the Lasso, −λc_j. The jitter of the residuals adds ηE
     * ĝ_j², ĝ = Kδw, K = X_SᵀX_S/n, δw = 2Uδu, Cov δu = λ(2 − ηH_S)⁻¹, H_S = 4UKU: counted twice, for terms of higher
     * order in λ. The higher powers are below 10ηλ²c_j². The mean of w is linear in that of g: K⁻¹.
     *
     * @return a bound for each coefficient; 0 off the support
     */
    double[] shift() {
        int[] support = support();
        int size = support.length;
        DMatrixRMaj columns = new DMatrixRMaj(SAMPLES, size);
        DMatrixRMaj roots = new DMatrixRMaj(size, size);
        for (int a = 0; a < size; a++) {
            for (int i = 0; i < SAMPLES; i++) {
                columns.set(i, a, lasso.inputs().get(i, support[a]));
            }
            roots.set(a, a, 2 * Math.sqrt(Math.abs(solution.coefficients()[support[a]])));
        }
        DMatrixRMaj gram = CommonOps_DDRM.multTransA(columns, columns, null);
        CommonOps_DDRM.scale(1.0 / SAMPLES, gram);
        DMatrixRMaj spread = CommonOps_DDRM.mult(gram, roots, null);
        DMatrixRMaj inner = CommonOps_DDRM.mult(roots, spread, null);
        CommonOps_DDRM.scale(-learningRate, inner);
        for (int a = 0; a < size; a++) {
            inner.add(a, a, 2);
        }
        CommonOps_DDRM.invert(inner);
        DMatrixRMaj squares = CommonOps_DDRM.multTransB(CommonOps_DDRM.mult(spread, inner, null), spread, null);
        CommonOps_DDRM.invert(gram);
        double[] out = new double[COEFFICIENTS];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                double weight = lasso.weights()[support[b]];
                double slope = 2 * learningRate * strength * squares.get(b, b)
                        + 10 * learningRate * strength * strength * weight * weight;
                out[support[a]] += Math.abs(gram.get(a, b)) * slope;
            }
        }
        return out;
    }

    /** ⟨a, b⟩. */
    static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(j -> a[j] * b[j]).sum();
    }

    /** (a − b)/‖a − b‖. */
    static double[] direction(double[] a, double[] b) {
        double[] out =
                IntStream.range(0, a.length).mapToDouble(j -> a[j] - b[j]).toArray();
        double norm = Norms.two(out);
        return Arrays.stream(out).map(v -> v / norm).toArray();
    }
}
