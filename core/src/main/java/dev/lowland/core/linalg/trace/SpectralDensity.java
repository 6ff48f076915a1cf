package dev.lowland.core.linalg.trace;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.LinearOperator;
import dev.lowland.core.linalg.krylov.Lanczos;
import dev.lowland.core.random.RandomStream;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;

/**
 * An estimate of how the eigenvalues h_1..h_P of a symmetric matrix are spread, (1/P) Σ_i δ(x − h_i), from Lanczos runs
 * on probes: the mean over probes of Σ_k w_k δ(x − θ_k), with θ_k the Ritz values and w_k = ‖z‖²(s_{1,k})²/P.
 *
 * <p>The first 2m − 1 moments of each run are those of the spectral measure of its probe, so that moments, and smooth
 * averages, are unbiased. What is finer than the distance of Ritz values is blurred; isolated eigenvalues at the ends
 * come out sharp. That blur is told apart from the scatter of the probes: {@link DensityEstimate#quadratureError}.
 *
 * <p>Cost: m products a probe, and the orthogonality of {@link Lanczos}. Immutable, safe to share between threads.
 *
 * <p>References: Lin, Saad, Yang, <i>Approximating spectral densities of large matrices</i>, SIAM Review 58 (2016); G.
 * Szegő, <i>Orthogonal polynomials</i>, section 3.41, for the bounds.
 */
public final class SpectralDensity {
    private static final String OPERATION = "spectral density";

    private final ProbeQuadrature[] probes;
    private final int products;

    private SpectralDensity(ProbeQuadrature[] probes, int products) {
        this.probes = probes;
        this.products = products;
    }

    /**
     * Estimates the density.
     *
     * @param a symmetric operator, P × P
     * @param probes how many, at least 2
     * @param steps m, the Lanczos steps of a run, at least 1
     * @param law of the probes
     * @param stream where the probes come from
     * @return the estimate
     * @throws IllegalArgumentException if a number is too small, a product is not finite, or A is seen not to be
     *     symmetric
     */
    public static SpectralDensity estimate(LinearOperator a, int probes, int steps, ProbeLaw law, RandomStream stream) {
        Checks.notNull(OPERATION, "a", a);
        Checks.notNull(OPERATION, "law", law);
        Checks.notNull(OPERATION, "stream", stream);
        Checks.atLeast(OPERATION, "probes", probes, 2);
        Checks.room(OPERATION, "probes", probes, 2.0 * probes * steps);
        int size = a.size();
        Lanczos lanczos = new Lanczos(size, steps);
        DMatrixRMaj z = new DMatrixRMaj(size, 1);
        ProbeQuadrature[] quadratures = new ProbeQuadrature[probes];
        int products = 0;
        for (int j = 0; j < probes; j++) {
            Checks.notInterrupted(OPERATION);
            law.fill(stream, j, z);
            lanczos.start(z);
            lanczos.advance(a, steps);
            products += lanczos.steps();
            quadratures[j] = new ProbeQuadrature(lanczos);
        }
        return new SpectralDensity(quadratures, products);
    }

    /**
     * The mean of a function over the eigenvalues, (1/P) Σ_i f(h_i).
     *
     * @param f function of an eigenvalue
     * @return the estimate; its quadrature error is one too: the distance from the mean with a quarter fewer steps,
     *     which says something for smooth functions
     */
    public DensityEstimate mean(DoubleUnaryOperator f) {
        Checks.notNull("mean of a spectrum", "f", f);
        RunningMean mean = new RunningMean();
        RunningMean fewer = new RunningMean();
        for (ProbeQuadrature probe : probes) {
            mean.add(probe.mean(f));
            fewer.add(probe.meanOfFewer(f));
        }
        return new DensityEstimate(
                mean.mean(), mean.standardError(), Math.abs(mean.mean() - fewer.mean()), probes.length, products);
    }

    /**
     * The part of the eigenvalues that are at most x. Of what a probe's m steps know, which are 2m + 1 moments, the
     * part can be anything between two bounds that differ by the weight of a quadrature's node at x, those of
     * Chebyshev, Markov and Stieltjes; the value is the middle between their means.
     *
     * @param x a number
     * @return the estimate; its quadrature error is half the distance of the bounds and is a bound, up to the scatter
     *     of the probes
     */
    public DensityEstimate cumulative(double x) {
        Checks.finite(OPERATION, "x", x);
        RunningMean middle = new RunningMean();
        RunningMean half = new RunningMean();
        for (ProbeQuadrature probe : probes) {
            double[] bounds = probe.partUpTo(x);
            middle.add(0.5 * (bounds[0] + bounds[1]));
            half.add(0.5 * (bounds[1] - bounds[0]));
        }
        return new DensityEstimate(
                middle.mean(), middle.standardError() + half.standardError(), half.mean(), probes.length, products);
    }

    /**
     * The density at x, smoothed with a normal law.
     *
     * @param x a number
     * @param width standard deviation of the normal law, positive
     * @return the estimate of (1/P) Σ_i φ((x − h_i)/width)/width, with its errors as of {@link #mean}
     */
    public DensityEstimate density(double x, double width) {
        Checks.positive(OPERATION, "width", width);
        double height = 1 / (width * Math.sqrt(2 * Math.PI));
        return mean(h -> {
            double u = (x - h) / width;
            return height * Math.exp(-0.5 * u * u);
        });
    }

    /**
     * The smallest node, an upper bound on the smallest eigenvalue.
     *
     * @return a Ritz value
     */
    public double smallest() {
        double least = Double.POSITIVE_INFINITY;
        for (ProbeQuadrature probe : probes) {
            least = Math.min(least, probe.smallest());
        }
        return least;
    }

    /**
     * The largest node, a lower bound on the largest eigenvalue.
     *
     * @return a Ritz value
     */
    public double largest() {
        double most = Double.NEGATIVE_INFINITY;
        for (ProbeQuadrature probe : probes) {
            most = Math.max(most, probe.largest());
        }
        return most;
    }
}
