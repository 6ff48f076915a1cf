package dev.lowland.optim.flatness;

import dev.lowland.autodiff.nn.ParameterBlock;
import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.linalg.Norms;
import dev.lowland.core.linalg.Subspace;
import dev.lowland.core.linalg.krylov.Eigenpairs;
import dev.lowland.core.linalg.krylov.SpectralFunction;
import dev.lowland.core.linalg.krylov.TopEigenpairs;
import dev.lowland.core.linalg.trace.DirectionSink;
import dev.lowland.core.linalg.trace.LanczosQuadrature;
import dev.lowland.core.linalg.trace.ProbeLaw;
import dev.lowland.core.linalg.trace.QuadratureEstimate;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.curvature.Curvature;
import dev.lowland.optim.curvature.CurvatureOperator;
import dev.lowland.optim.curvature.ThirdDerivative;
import java.util.Arrays;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * R and ∇R by stochastic Lanczos quadrature. With f(h) = −log1p(−eh/2)/(2eα), g(h) = (α(2 − eh))^{−1/2} and U the top
 * eigenvectors,
 *
 * <pre>
 *   R  = Σ_i u_iᵀf(H)u_i + E zᵀ(I − UUᵀ)f(H)(I − UUᵀ)z
 *   ∇R = ½ Σ_i ∇D²L[g(H)u_i, g(H)u_i] + ½ E ∇D²L[g(H)(I − UUᵀ)z, g(H)(I − UUᵀ)z]
 * </pre>
 *
 * <p>One Lanczos run gives both f and g. The estimate is unbiased for any orthonormal U, which is independent of the
 * probes; so U may be rough, and may come from the point before (warm start). Probes are the same at every point:
 * differences between near points scatter less than values.
 *
 * <p>Memory: about (2·maxSteps + 6q + 40)P numbers at most at a time, taken anew for each call.
 */
final class StochasticRegularizer implements PotentialEvaluator {

    /**
     * Residual of the deflated vectors, relative to the largest ‖Hv‖. They need not be better: the estimate is
     * unbiased.
     */
    private static final double DEFLATION_TOLERANCE = 1e-3;

    static final int MOST_SEARCH_PRODUCTS = 400;

    private final String name;
    private final RegularizerSettings settings;
    private final double rate;
    private final double curvature;
    private final double limit;
    private final int size;
    private final Curvature derivatives;
    private final @Nullable DoubleConsumer progress;
    private final boolean inside;
    private @Nullable CurvatureOperator hessian;
    private @Nullable ThirdDerivative third;
    private @Nullable DMatrixRMaj warm;

    StochasticRegularizer(Regularizer regularizer, Curvature derivatives) {
        this(
                regularizer,
                derivatives,
                ParameterBlock.all(derivatives.objective().model()),
                false);
    }

    /**
     * Of the part of ∇²L that belongs to a block; it has a value, and no gradient. Whether it is defined is not asked
     * where it is known to be, and there are deflated vectors, which tell of the top of the spectrum.
     */
    StochasticRegularizer(Regularizer regularizer, Curvature derivatives, ParameterBlock block, boolean defined) {
        this.inside = defined && regularizer.settings().deflated() > 0;
        this.name = regularizer.name();
        this.settings = regularizer.settings();
        this.rate = regularizer.effectiveRate();
        this.derivatives = derivatives.withBlock(block);
        this.progress = regularizer.progress();
        this.curvature = derivatives.objective().loss().curvature();
        this.limit = rate == 0 ? Double.POSITIVE_INFINITY : 2 / rate;
        this.size = block.length();
    }

    @Override
    public PotentialValue at(DMatrixRMaj theta) {
        return estimate(theta, null);
    }

    /** The deflated vectors of the last point are where the search for those of the next begins. */
    @Override
    public boolean remembers() {
        return true;
    }

    @Override
    public PotentialStatus gradient(DMatrixRMaj theta, DMatrixRMaj out) {
        return evaluate(theta, out, new DMatrixRMaj(size, 1)).status();
    }

    @Override
    public PotentialValue evaluate(DMatrixRMaj theta, DMatrixRMaj gradient, DMatrixRMaj error) {
        Checks.shape("gradient of a potential", "out", gradient, size, 1);
        Checks.shape("error of a gradient", "error", error, size, 1);
        GradientSum sum = new GradientSum(thirdAt(theta));
        PotentialValue value = estimate(theta, sum);
        if (value.status() == PotentialStatus.UNDEFINED) {
            Arrays.fill(gradient.data, 0, size, 0);
            Arrays.fill(error.data, 0, size, 0);
        } else {
            sum.finish(gradient, error);
            if (!Norms.isFinite(gradient) || !Norms.isFinite(error)) {
                Arrays.fill(gradient.data, 0, size, 0);
                Arrays.fill(error.data, 0, size, 0);
                return overflowed();
            }
        }
        return value;
    }

    private CurvatureOperator hessianAt(DMatrixRMaj theta) {
        if (hessian == null) {
            hessian = derivatives.at(theta);
        } else {
            hessian.at(theta);
        }
        return hessian;
    }

    private ThirdDerivative thirdAt(DMatrixRMaj theta) {
        if (third == null) {
            third = derivatives.thirdDerivative(theta);
        } else {
            third.at(theta);
        }
        return third;
    }

    /** Whether R is defined; then the top eigenvectors; then the quadrature without them. */
    private PotentialValue estimate(DMatrixRMaj theta, @Nullable GradientSum sum) {
        CurvatureOperator h = hessianAt(theta);
        DomainCheck check = inside ? DomainCheck.passed() : DomainCheck.of(h, limit, settings.maxSteps(), stream(2));
        if (check.status() == PotentialStatus.UNDEFINED) {
            DMatrixRMaj proof = check.certificate();
            return proof == null ? overflowed() : undefined(h, proof, check.products());
        }
        Top top = top(h, check);
        if (!top.isInside()) {
            return undefined(h, top.first(), top.products());
        }
        LanczosQuadrature quadrature = quadrature(top.deflated());
        QuadratureEstimate estimate =
                sum == null ? quadrature.estimate(h, value()) : quadrature.estimate(h, value(), root(), sum);
        int products = top.products() + estimate.products();
        if (estimate.certificate().isPresent()) {
            return undefined(h, estimate.certificate().get(), products);
        }
        top.raise(estimate.largestRitz());
        return defined(check.status(), top, estimate, products);
    }

    /** The largest eigenvalues, ascending, and the vectors of which the part is computed instead of estimated. */
    private Top top(CurvatureOperator h, DomainCheck check) {
        if (settings.deflated() == 0) {
            double[] one = {check.largest()};
            return new Top(Subspace.empty(size), one, true, check.residual(), check.products());
        }
        Eigenpairs pairs = search(h, settings.deflated());
        double[] values = ascending(pairs.values());
        boolean beyond = check.largest() > values[values.length - 1];
        Top top = new Top(
                pairs.subspace(),
                values,
                pairs.values()[0] < limit,
                beyond ? check.residual() : pairs.residuals()[0],
                check.products() + pairs.products());
        top.raise(check.largest());
        return top;
    }

    /**
     * The top of the spectrum.
     *
     * @param deflated orthonormal, may be empty
     * @param eigenvalues ascending, at least one; the last may be raised
     * @param isInside whether they are below the limit
     * @param residual of the largest
     * @param products spent so far
     */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    private record Top(Subspace deflated, double[] eigenvalues, boolean isInside, double residual, int products) {
        double largest() {
            return eigenvalues[eigenvalues.length - 1];
        }

        void raise(double ritz) {
            if (ritz > largest()) {
                eigenvalues[eigenvalues.length - 1] = ritz;
            }
        }

        DMatrixRMaj first() {
            DMatrixRMaj first = new DMatrixRMaj(deflated.size(), 1);
            deflated.copy(0, first);
            return first;
        }
    }

    private PotentialValue defined(PotentialStatus status, Top top, QuadratureEstimate estimate, int products) {
        return new PotentialValue(
                name,
                status,
                estimate.value(),
                2 - rate * top.largest(),
                estimate.trace().value(),
                top.eigenvalues(),
                new Uncertainty(
                        estimate.standardError(),
                        estimate.lanczosError(),
                        estimate.trace().standardError(),
                        top.residual(),
                        estimate.probes(),
                        products,
                        precision(estimate),
                        null));
    }

    private LanczosQuadrature quadrature(Subspace deflated) {
        LanczosQuadrature.Builder builder = LanczosQuadrature.of(size, stream(0))
                .probes(settings.probes())
                .maxSteps(settings.maxSteps())
                .tolerance(settings.tolerance())
                .law(ProbeLaw.RADEMACHER)
                .deflate(deflated);
        return (settings.target() > 0 ? builder.until(settings.target(), settings.maxProbes()) : builder).build();
    }

    private PrecisionStatus precision(QuadratureEstimate estimate) {
        if (settings.target() == 0) {
            return PrecisionStatus.NOT_ASKED;
        }
        return estimate.standardError() <= settings.target() * Math.abs(estimate.value())
                ? PrecisionStatus.REACHED
                : PrecisionStatus.NOT_REACHED;
    }

    /** Of what has no value. */
    private PrecisionStatus noPrecision() {
        return settings.target() == 0 ? PrecisionStatus.NOT_ASKED : PrecisionStatus.NOT_REACHED;
    }

    /** The top eigenvectors, from those of the point before if there are any. */
    private Eigenpairs search(CurvatureOperator h, int count) {
        TopEigenpairs search = TopEigenpairs.of(size, count, stream(1))
                .tolerance(DEFLATION_TOLERANCE)
                .maxProducts(MOST_SEARCH_PRODUCTS + 4 * count)
                .verification(0)
                .build();
        Eigenpairs pairs = warm == null ? search.find(h) : search.find(h, warm);
        warm = pairs.vectors();
        return pairs;
    }

    /** f, the term of R that belongs to an eigenvalue. */
    private SpectralFunction value() {
        if (rate == 0) {
            return SpectralFunction.everywhere(h -> h / (4 * curvature));
        }
        return SpectralFunction.below(limit, h -> Regularizer.term(rate, h) / curvature);
    }

    /** g, the root of what ∇³L is applied to. */
    private DoubleUnaryOperator root() {
        return h -> 1 / Math.sqrt(curvature * (2 - rate * h));
    }

    /** Trace and largest eigenvalue exist all the same. */
    private PotentialValue undefined(CurvatureOperator h, DMatrixRMaj certificate, int productsBefore) {
        Eigenpairs pairs = search(h, Math.max(1, settings.deflated()));
        QuadratureEstimate trace = LanczosQuadrature.of(size, stream(0))
                .probes(settings.probes())
                .maxSteps(3)
                .deflate(pairs.subspace())
                .build()
                .estimate(h, SpectralFunction.everywhere(x -> x));
        double[] top = ascending(pairs.values());
        return new PotentialValue(
                name,
                PotentialStatus.UNDEFINED,
                0,
                2 - rate * top[top.length - 1],
                trace.value(),
                top,
                new Uncertainty(
                        0,
                        0,
                        trace.standardError(),
                        pairs.residuals()[0],
                        settings.probes(),
                        productsBefore + pairs.products() + trace.products(),
                        noPrecision(),
                        certificate));
    }

    /** ∇²L or ∇R is beyond the range of numbers. */
    private PotentialValue overflowed() {
        return new PotentialValue(
                name,
                PotentialStatus.UNDEFINED,
                0,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                new double[] {Double.POSITIVE_INFINITY},
                new Uncertainty(0, 0, 0, 0, settings.probes(), 1, noPrecision(), null));
    }

    /** Independent numbers for each part: what U is made of must not be what the probes are. */
    private RandomStream stream(int part) {
        return RandomStream.of(settings.seed(), part, Purpose.PROBE);
    }

    private static double[] ascending(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /** Adds up ½ ∇D²L[w, w]: the deflated part as it is, the probes with mean and scatter of each entry. */
    private final class GradientSum implements DirectionSink {
        private final ThirdDerivative derivative;
        private final DMatrixRMaj term = new DMatrixRMaj(size, 1);
        private final double[] exact = new double[size];
        private final double[] mean = new double[size];
        private final double[] squares = new double[size];
        private int count;

        GradientSum(ThirdDerivative derivative) {
            this.derivative = derivative;
        }

        @Override
        public void deflated(int index, DMatrixRMaj w) {
            derivative.along(w, term);
            Kernels.active().axpy(size, 0.5, term.data, 0, exact, 0);
            tell(index + 1);
        }

        @Override
        public void probe(int index, DMatrixRMaj w) {
            derivative.along(w, term);
            count++;
            for (int i = 0; i < size; i++) {
                double x = 0.5 * term.data[i];
                double off = x - mean[i];
                mean[i] += off / count;
                squares[i] += off * (x - mean[i]);
            }
            tell(settings.deflated() + count);
        }

        /** So many directions are done; how many there will be is not known where there is a target. */
        private void tell(int done) {
            if (progress != null) {
                progress.accept(Math.min(1, done / (double) (settings.deflated() + settings.probes())));
            }
        }

        void finish(DMatrixRMaj gradient, DMatrixRMaj error) {
            for (int i = 0; i < size; i++) {
                gradient.data[i] = exact[i] + mean[i];
                error.data[i] = Math.sqrt(squares[i] / ((double) count * (count - 1)));
            }
        }
    }
}
