package dev.lowland.core.linalg.lyapunov;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.Norms;
import dev.lowland.core.linalg.RangeDecomposition;
import org.ejml.data.DMatrixRMaj;

/**
 * The stationary covariance of SGD at a point of zero loss, with the noise of drawing mini-batches: on the range of G,
 *
 * <p>S = (I − ηG)S(I − ηG) + Q + η²·[ s·(1/n)Σ_i g_i g_iᵀ S g_i g_iᵀ − m·G S G ].
 *
 * <p>For B samples drawn with replacement s = m = 1/B. For full batches both are 0, and {@link ModalCovariance} has the
 * same answer. Weight decay γ puts G + γI in place of G in the first term, and nowhere else. With momentum the first
 * term is replaced by the {@link Recursion} of heavy ball; the noise of drawing depends on the present x alone.
 *
 * <h2>Method</h2>
 *
 * <p>In the eigenvectors of G all but the sum over samples is diagonal: S = K∘(Q + (η²s/n) Σ_i y_i g_i g_iᵀ) with y_i =
 * g_iᵀSg_i and 1/K_ab = resistance_ab + η²m·d_a d_b. So y solves the symmetric n × n system (I − N)y = b with b_i =
 * g_iᵀ(K∘Q)g_i and
 *
 * <p>N·y = (η²s/n)·diag(J(K∘(Jᵀdiag(y)J))Jᵀ), J the n × r matrix of gradients,
 *
 * <p>which {@link SampledSystem} solves without forming N, and which tells whether there is a stationary covariance.
 *
 * <h2>Rank and scales</h2>
 *
 * <p>The range of G is that of the gradients: directions whose singular value in the matrix of gradients is above a
 * threshold times the largest ({@link dev.lowland.core.linalg.RangeDecomposition}). {@link #cut} says what was below.
 * Gradients are measured in a power of two near the largest, {@link #unit}, and the equation is divided by η·unit², so
 * that no η and no size of the gradients makes a number leave its range on the way.
 *
 * <p>Memory: 2nr + 3r² + 3Pr. Cost: an eigen decomposition of min(n, P)³, 4nr² an iteration, and few iterations unless
 * the limit is near; an interrupt ends it. One thread at a time.
 */
public final class SampledCovariance {
    /** The threshold if none is given. */
    public static final double DEFAULT_THRESHOLD = RangeDecomposition.ROUNDING;

    private static final String OPERATION = "sampled covariance";
    private static final double OUTSIDE = 1e-8;

    private final GradientModes modes;
    /** As the caller gave it, for gradients as they are. */
    private final Recursion given;
    /** For gradients over the unit. */
    private final Recursion recursion;

    private final SampleResponse response;
    private final boolean drawsSamples;
    private final SampledSystem system;

    private SampledCovariance(GradientModes modes, Recursion given, double spread, double mean) {
        this.modes = modes;
        this.given = given;
        double rate = given.learningRate() * modes.unit() * modes.unit();
        this.recursion = new Recursion(
                Math.max(Double.MIN_VALUE, Math.min(rate, Double.MAX_VALUE)),
                given.momentum(),
                Math.min(given.weightDecay() / modes.unit() / modes.unit(), Double.MAX_VALUE));
        this.response = new SampleResponse(modes, recursion, spread, mean);
        this.drawsSamples = spread > 0;
        this.system = new SampledSystem(modes, given, recursion, response);
    }

    /**
     * The covariances of plain SGD with batches drawn with replacement.
     *
     * @param gradients row i is g_i, n × P, finite. Not modified.
     * @param learningRate η, positive
     * @param batchSize B ≥ 1
     * @return the covariances, with their status
     * @throws IllegalArgumentException if an argument breaks these rules
     */
    public static SampledCovariance of(DMatrixRMaj gradients, double learningRate, int batchSize) {
        Checks.notNull(OPERATION, "gradients", gradients);
        Checks.atLeast(OPERATION, "batchSize", batchSize, 1);
        return of(gradients, Recursion.plain(learningRate), 1.0 / batchSize, 1.0 / batchSize, DEFAULT_THRESHOLD);
    }

    /**
     * The covariances of a recursion with a law of sampling.
     *
     * @param gradients row i is g_i, n × P, finite. Not modified.
     * @param recursion η and β
     * @param spread s, finite, at least m
     * @param mean m, at least 0
     * @param threshold relative to the largest singular value of the gradients; those up to it count as 0. In [0, 1)
     * @return the covariances, with their status
     * @throws IllegalArgumentException if an argument breaks these rules
     */
    public static SampledCovariance of(
            DMatrixRMaj gradients, Recursion recursion, double spread, double mean, double threshold) {
        Checks.notNull("sampled covariance", "gradients", gradients);
        Checks.notNull("sampled covariance", "recursion", recursion);
        return of(gradients, 1, recursion, spread, mean, threshold);
    }

    /**
     * The covariances where a sample has several gradients, one an output: A_i, the sum of g gᵀ over those of sample i,
     * takes the place of g_i g_iᵀ, and the system has c² unknowns a sample, the moments g_ikᵀSg_il.
     *
     * @param gradients the c rows of each sample one after another, n·c × P, finite. Not modified.
     * @param group c ≥ 1, which divides the number of rows
     * @param recursion η and β
     * @param spread s, finite, at least m
     * @param mean m, at least 0
     * @param threshold relative to the largest singular value of the gradients; those up to it count as 0. In [0, 1)
     * @return the covariances, with their status
     * @throws IllegalArgumentException if an argument breaks these rules
     */
    public static SampledCovariance of(
            DMatrixRMaj gradients, int group, Recursion recursion, double spread, double mean, double threshold) {
        Checks.notNull(OPERATION, "gradients", gradients);
        Checks.notNull(OPERATION, "recursion", recursion);
        Checks.atLeast(OPERATION, "group", group, 1);
        if (gradients.numRows % group != 0) {
            throw Checks.error(OPERATION, "rows of gradients", gradients.numRows + "", "a multiple of " + group);
        }
        Checks.atLeast(OPERATION, "rows of gradients", gradients.numRows, 1);
        Checks.atLeast(OPERATION, "columns of gradients", gradients.numCols, 1);
        Checks.finite(OPERATION, "gradients", gradients);
        Checks.notNegative(OPERATION, "mean", mean);
        Checks.inRange(OPERATION, "spread", spread, mean, Double.MAX_VALUE);
        Checks.inHalfOpenRange(OPERATION, "threshold", threshold, 0, 1);
        return new SampledCovariance(GradientModes.of(gradients, group, threshold), recursion, spread, mean);
    }

    /**
     * Whether there is a stationary covariance.
     *
     * @return STABLE and UNSTABLE are proved, up to rounding
     */
    public LyapunovStatus status() {
        return system.status();
    }

    /**
     * Why the status is not STABLE.
     *
     * @return one line, empty if it is STABLE
     */
    public String reason() {
        return system.reason();
    }

    /**
     * The rank of G.
     *
     * @return r
     */
    public int rank() {
        return modes.rank();
    }

    /**
     * The eigenvalues of G above the threshold.
     *
     * @return r numbers, descending; a copy
     */
    public double[] curvatures() {
        double[] d = modes.curvatures().clone();
        for (int a = 0; a < d.length; a++) {
            d[a] = modes.curvature(d[a]);
        }
        return d;
    }

    /**
     * What gradients are measured in.
     *
     * @return a power of two, at most the largest entry of a gradient
     */
    public double unit() {
        return modes.unit();
    }

    /**
     * The eigenvalues of G over unit², which stay within the range of numbers.
     *
     * @return r numbers, descending; a copy
     */
    public double[] relativeCurvatures() {
        return modes.curvatures().clone();
    }

    /**
     * How much of a step the largest curvature takes: η times the largest eigenvalue of G + γI.
     *
     * @return 0 if G is 0; the recursion alone is stable below 2(1 + β)
     */
    public double largestStep() {
        return modes.rank() == 0 ? 0 : recursion.learningRate() * recursion.pull(modes.curvatures()[0]);
    }

    /**
     * What the threshold cut: of about 10⁻¹⁵ where G has no full rank, more where a direction was given up.
     *
     * @return the largest singular value of the gradients that counts as 0, over the largest of all
     */
    public double cut() {
        return modes.cut();
    }

    /**
     * The solution for Q = strength·G. For label noise of variance σ² and batches of B, strength = η²σ²/B, which is ηλ
     * without momentum.
     *
     * @param strength at least 0
     * @return the solution
     * @throws IllegalStateException if the status is not STABLE
     */
    public StationarySolution solve(double strength) {
        Checks.notNegative(OPERATION, "strength", strength);
        DMatrixRMaj noise = response.ofModes();
        for (int e = 0; e < noise.getNumElements(); e++) {
            noise.data[e] *= strength / given.learningRate();
        }
        return system.solve(noise);
    }

    /**
     * The solution for any noise on the range of G.
     *
     * @param q covariance of a step's noise beside that of drawing, P × P, symmetric positive semidefinite. Not
     *     modified.
     * @return the solution
     * @throws IllegalStateException if the status is not STABLE
     * @throws IllegalArgumentException if q has a wrong shape, is no covariance, or has a part of more than
     *     {@value #OUTSIDE} outside the range of G
     */
    public StationarySolution solve(DMatrixRMaj q) {
        int size = modes.basis().numRows;
        Checks.shape(OPERATION, "q", q, size, size);
        Semidefinite.require(OPERATION, "q", q);
        DMatrixRMaj inside = Congruence.inside(modes.basis(), q);
        DMatrixRMaj rest = Congruence.outside(modes.basis(), inside);
        for (int e = 0; e < size * size; e++) {
            rest.data[e] -= q.data[e];
        }
        double outside = Norms.two(rest);
        if (outside > OUTSIDE * Norms.two(q)) {
            throw Checks.error(
                    OPERATION,
                    "q",
                    "a matrix with a part of norm " + outside + " outside the range of G",
                    "on that range");
        }
        for (int e = 0; e < inside.getNumElements(); e++) {
            inside.data[e] = inside.data[e] / modes.unit() / modes.unit() / given.learningRate();
        }
        return system.solve(inside);
    }

    /**
     * The eigenvectors of G, which are the coordinates of its range.
     *
     * @return W, P × r, orthonormal; not a copy
     */
    public DMatrixRMaj basis() {
        return modes.basis();
    }

    /**
     * The solution for noise given in the coordinates of the range of G, and in their units.
     *
     * @param q WᵀQW/(η·unit²), r × r, symmetric positive semidefinite. Not modified.
     * @return the solution
     * @throws IllegalStateException if the status is not STABLE
     * @throws IllegalArgumentException if q has a wrong shape or is no covariance
     */
    public StationarySolution solveCoordinates(DMatrixRMaj q) {
        Checks.shape(OPERATION, "q", q, modes.rank(), modes.rank());
        Semidefinite.require(OPERATION, "q", q);
        return system.solve(q);
    }

    /**
     * The covariance after some steps from rest, in the coordinates of the range of G. Defined whatever the status.
     * Without sampling it comes from {@link Recursion#gainAfter}, with sampling it is carried step by step, until it no
     * longer changes.
     *
     * @param q WᵀQW/(η·unit²), r × r, symmetric positive semidefinite. Not modified.
     * @param steps k ≥ 0
     * @return r × r, exactly symmetric
     * @throws IllegalArgumentException if q has a wrong shape or is no covariance, k is negative, or an entry leaves
     *     the range of numbers within k steps, as it does in an unstable recursion
     */
    public DMatrixRMaj afterSteps(DMatrixRMaj q, long steps) {
        int r = modes.rank();
        Checks.shape(OPERATION, "q", q, r, r);
        Checks.atLeast(OPERATION, "steps", steps, 0);
        Semidefinite.require(OPERATION, "q", q);
        DMatrixRMaj covariance =
                drawsSamples ? new SampledSteps(modes, recursion).after(response, q, steps) : afterPlainSteps(q, steps);
        for (int e = 0; e < r * r; e++) {
            double entry = covariance.data[e] * modes.unit() * modes.unit() * given.learningRate();
            if (!(Math.abs(entry) <= Double.MAX_VALUE)) {
                throw tooManySteps(steps);
            }
            covariance.data[e] = entry;
        }
        return covariance;
    }

    private DMatrixRMaj afterPlainSteps(DMatrixRMaj q, long steps) {
        int r = modes.rank();
        DMatrixRMaj covariance = new DMatrixRMaj(r, r);
        for (int a = 0; a < r; a++) {
            for (int b = 0; b <= a; b++) {
                double noise = 0.5 * (q.data[a * r + b] + q.data[b * r + a]);
                if (noise != 0) {
                    noise *= recursion.gainAfter(modes.curvatures()[a], modes.curvatures()[b], steps);
                }
                covariance.data[a * r + b] = noise;
                covariance.data[b * r + a] = noise;
            }
        }
        return covariance;
    }

    static IllegalArgumentException tooManySteps(long steps) {
        String rule = "so few that the covariance of the unstable recursion is finite";
        return Checks.error(OPERATION, "number of steps", Long.toString(steps), rule);
    }
}
