package dev.lowland.core.linalg.trace;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.LinearOperator;
import dev.lowland.core.linalg.Norms;
import dev.lowland.core.linalg.Subspace;
import dev.lowland.core.linalg.krylov.LanczosFunction;
import dev.lowland.core.linalg.krylov.RitzPairs;
import dev.lowland.core.linalg.krylov.SpectralFunction;
import dev.lowland.core.random.RandomStream;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Stochastic Lanczos quadrature: tr f(A) from one Lanczos run a probe, each of which also gives the direction g(A)z.
 *
 * <p>For any orthonormal U of q vectors
 *
 * <p>tr f(A) = Σ_i u_iᵀf(A)u_i + E zᵀ(I − UUᵀ)f(A)(I − UUᵀ)z.
 *
 * <p>The first part is computed, one run a vector, which takes few steps if u_i is nearly an eigenvector; the second is
 * estimated. U is there to remove the eigenvectors of which f is large: the scatter falls, and the estimate stays
 * unbiased however rough U is.
 *
 * <p>The directions w satisfy E(Σ_deflated wwᵀ + mean_probes wwᵀ) = g(A)². With g(h) = (2 − ηh)^{−1/2} that is (2I −
 * ηA)⁻¹, the matrix in the gradient of the regularizer.
 *
 * <p>The number of probes is given, or grows until the standard error is a given share of the value: after the first
 * probes it is foreseen from their scatter how many are needed, with a tenth more, and so again where these do not do.
 * So there are few looks at the error, which would favour a small one.
 *
 * <p>A Ritz value outside the domain of f ends the estimate with a certificate. Results depend on A, the settings and
 * the stream alone.
 *
 * <p>Cost: the products, and 4m²P a run of m steps for orthogonality; (m + 3)P numbers of memory. One thread at a time;
 * repeated estimates allocate nothing that grows with P.
 */
public final class LanczosQuadrature {
    private static final String OPERATION = "stochastic Lanczos quadrature";
    /** Probes run for those foreseen. */
    private static final double MORE = 1.1;

    private final int size;
    private final RandomStream stream;
    private final int probes;
    private final int maxProbes;
    private final double target;
    private final ProbeLaw law;
    private final double tolerance;
    private final Subspace deflated;
    private final LanczosFunction lanczos;
    private final DMatrixRMaj start;
    private final DMatrixRMaj direction;

    private LanczosQuadrature(Builder builder) {
        this.size = builder.size;
        this.stream = builder.stream;
        this.probes = builder.probes;
        this.maxProbes = Math.max(builder.probes, builder.maxProbes);
        this.target = builder.target;
        this.law = builder.law;
        this.tolerance = builder.tolerance;
        this.deflated = builder.deflated;
        this.lanczos = new LanczosFunction(size, builder.maxSteps);
        this.start = new DMatrixRMaj(size, 1);
        this.direction = new DMatrixRMaj(size, 1);
    }

    /**
     * Starts the description of an estimator.
     *
     * @param size P ≥ 1
     * @param stream where the probes come from
     * @return what is to be described further
     */
    public static Builder of(int size, RandomStream stream) {
        Checks.notNull("lanczos quadrature", "stream", stream);
        return new Builder(size, stream);
    }

    /**
     * Estimates tr f(A).
     *
     * @param a symmetric operator, P × P
     * @param f function of the eigenvalues
     * @return the estimate
     * @throws IllegalArgumentException if A has another size, a product is not finite, or A is seen not to be symmetric
     */
    public QuadratureEstimate estimate(LinearOperator a, SpectralFunction f) {
        return run(a, f, null, null);
    }

    /**
     * Estimates tr f(A), and hands out the directions g(A)z of the same runs.
     *
     * @param a symmetric operator, P × P
     * @param f function of the eigenvalues
     * @param g function of the eigenvalues, defined where f is
     * @param sink takes the directions, deflated ones first, each as soon as it is there
     * @return the estimate
     * @throws IllegalArgumentException as for {@link #estimate(LinearOperator, SpectralFunction)}
     */
    public QuadratureEstimate estimate(
            LinearOperator a, SpectralFunction f, DoubleUnaryOperator g, DirectionSink sink) {
        return run(a, f, g, sink);
    }

    private QuadratureEstimate run(
            LinearOperator a, SpectralFunction f, @Nullable DoubleUnaryOperator g, @Nullable DirectionSink sink) {
        if (a.size() != size) {
            throw Checks.error(OPERATION, "a", "of size " + a.size(), "of size " + size);
        }
        return new Run(a, f, g, sink).estimate();
    }

    /** How many probes are wanted in all, now that so many have run. */
    private int wanted(int run, double error, double value) {
        double goal = target * Math.abs(value);
        if (target == 0 || error <= goal || run >= maxProbes) {
            return run;
        }
        double needed = Math.ceil(MORE * run * (error / goal) * (error / goal));
        return needed < maxProbes ? Math.max(run + 1, (int) needed) : maxProbes;
    }

    /** One estimate: the deflated vectors one by one, then the probes, while more are wanted. */
    private final class Run {
        private final LinearOperator a;
        private final SpectralFunction f;
        private final @Nullable DoubleUnaryOperator g;
        private final @Nullable DirectionSink sink;

        private final QuadratureSums sums = new QuadratureSums();

        Run(LinearOperator a, SpectralFunction f, @Nullable DoubleUnaryOperator g, @Nullable DirectionSink sink) {
            this.a = a;
            this.f = f;
            this.g = g;
            this.sink = sink;
        }

        QuadratureEstimate estimate() {
            for (int i = 0; i < deflated.dimension(); i++) {
                if (!addDeflated(i)) {
                    return undefined(0);
                }
            }
            int wanted = probes;
            for (int j = 0; j < wanted; j++) {
                if (!addProbe(j)) {
                    return undefined(j + 1);
                }
                if (j + 1 == wanted) {
                    wanted = wanted(wanted, sums.standardError(), sums.value());
                }
            }
            return sums.estimate(wanted);
        }

        /** False if f is not defined at a Ritz value. */
        private boolean addDeflated(int i) {
            deflated.copy(i, start);
            if (!lanczosRun()) {
                return false;
            }
            sums.addDeflated(lanczos, f);
            if (g != null && sink != null) {
                makeDirection(g);
                sink.deflated(i, direction);
            }
            return true;
        }

        /** False if f is not defined at a Ritz value. */
        private boolean addProbe(int j) {
            law.fill(stream, j, start);
            deflated.projectAway(start);
            if (!lanczosRun()) {
                return false;
            }
            sums.addProbe(lanczos, f);
            if (g != null && sink != null) {
                makeDirection(g);
                sink.probe(j, direction);
            }
            return true;
        }

        /** One run from {@code start}. Errors that are small beside the sum so far are small enough, too. */
        private boolean lanczosRun() {
            double total = sums.value();
            boolean inside = lanczos.runUntil(a, start, f, (run, function) -> {
                double goal = tolerance * Math.max(Math.abs(run.quadratic(function)), Math.abs(total));
                return run.quadraticError(function) <= goal
                        && (g == null || run.productError(g) <= tolerance * run.productNorm(g));
            });
            sums.addRun(lanczos);
            return inside;
        }

        private void makeDirection(DoubleUnaryOperator function) {
            lanczos.product(function, direction);
            sums.addDirection(lanczos.productError(function), Norms.two(direction));
        }

        private QuadratureEstimate undefined(int probesRun) {
            RitzPairs ritz = lanczos.ritz();
            int worst = f.contains(ritz.value(ritz.count() - 1)) ? 0 : ritz.count() - 1;
            DMatrixRMaj certificate = new DMatrixRMaj(size, 1);
            ritz.vector(worst, certificate);
            return sums.undefined(probesRun, certificate);
        }
    }

    /** Describes an estimator. */
    public static final class Builder {
        private final int size;
        private final RandomStream stream;
        private int probes = 16;
        private int maxProbes;
        private double target;
        private int maxSteps = 100;
        private ProbeLaw law = ProbeLaw.RADEMACHER;
        private double tolerance = 1e-8;
        private Subspace deflated;

        private Builder(int size, RandomStream stream) {
            Checks.atLeast(OPERATION, "size", size, 1);
            this.size = size;
            this.stream = stream;
            this.deflated = Subspace.empty(size);
        }

        /**
         * The number of probes; 16 by default.
         *
         * @param count at least 2
         * @return this
         */
        public Builder probes(int count) {
            Checks.atLeast(OPERATION, "probes", count, 2);
            this.probes = count;
            return this;
        }

        /**
         * Goes on with probes until the standard error is at most a share of the value, or so many have run; by default
         * it does not.
         *
         * @param relative share of |tr f(A)|, positive
         * @param most probes in all, at least 2
         * @return this
         */
        public Builder until(double relative, int most) {
            Checks.positive(OPERATION, "relative standard error", relative);
            Checks.atLeast(OPERATION, "most probes", most, 2);
            this.target = relative;
            this.maxProbes = most;
            return this;
        }

        /**
         * The largest number of Lanczos steps in a run; 100 by default.
         *
         * @param steps at least 1
         * @return this
         */
        public Builder maxSteps(int steps) {
            Checks.atLeast(OPERATION, "maxSteps", steps, 1);
            this.maxSteps = steps;
            return this;
        }

        /**
         * A run ends when its estimated errors, relative to its value and to its direction, are below this; 10⁻⁸ by
         * default.
         *
         * @param relative at least 0
         * @return this
         */
        public Builder tolerance(double relative) {
            Checks.notNegative(OPERATION, "tolerance", relative);
            this.tolerance = relative;
            return this;
        }

        /**
         * The law of the probes; ±1 by default.
         *
         * @param probeLaw the law
         * @return this
         */
        public Builder law(ProbeLaw probeLaw) {
            Checks.notNull(OPERATION, "probeLaw", probeLaw);
            this.law = probeLaw;
            return this;
        }

        /**
         * The vectors whose part of the trace is computed instead of estimated; none by default.
         *
         * @param subspace q orthonormal vectors in P dimensions, such as the top eigenvectors
         * @return this
         */
        public Builder deflate(Subspace subspace) {
            Checks.notNull(OPERATION, "subspace", subspace);
            if (subspace.size() != size) {
                throw Checks.error(
                        OPERATION, "subspace", "in " + subspace.size() + " dimensions", "in " + size + " dimensions");
            }
            this.deflated = subspace;
            return this;
        }

        /**
         * The estimator as described.
         *
         * @return an estimator, with memory that grows to its longest run when it is used
         */
        public LanczosQuadrature build() {
            return new LanczosQuadrature(this);
        }
    }
}
