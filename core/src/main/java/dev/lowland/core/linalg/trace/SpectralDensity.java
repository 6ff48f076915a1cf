package dev.lowland.core.linalg.trace;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.LinearOperator;
import dev.lowland.core.linalg.krylov.Lanczos;
import dev.lowland.core.linalg.krylov.RitzPairs;
import dev.lowland.core.random.RandomStream;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;

/**
 * An estimate of how the eigenvalues h_1..h_P of a symmetric matrix are spread, (1/P) Σ_i δ(x − h_i), from Lanczos runs
 * on probes: the mean over probes of Σ_k w_k δ(x − θ_k), with θ_k the Ritz values and w_k = ‖z‖²(s_{1,k})²/P.
 *
 * <p>The first 2m − 1 moments of each run are those of the spectral measure of its probe, so that moments, and smooth
 * averages, are unbiased. What is finer than the distance of Ritz values is blurred; isolated eigenvalues at the ends
 * come out sharp.
 *
 * <p>Cost: m products a probe, and the orthogonality of {@link Lanczos}. Immutable, safe to share between threads.
 *
 * <p>Reference: Lin, Saad, Yang, <i>Approximating spectral densities of large matrices</i>, SIAM Review 58 (2016).
 */
public final class SpectralDensity {
    private static final String OPERATION = "spectral density";

    /** A row a probe. */
    private final double[][] nodes;

    private final double[][] weights;
    private final int products;

    private SpectralDensity(double[][] nodes, double[][] weights, int products) {
        this.nodes = nodes;
        this.weights = weights;
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
        RitzPairs ritz = new RitzPairs(lanczos);
        DMatrixRMaj z = new DMatrixRMaj(size, 1);
        double[][] nodes = new double[probes][];
        double[][] weights = new double[probes][];
        int products = 0;
        for (int j = 0; j < probes; j++) {
            law.fill(stream, j, z);
            lanczos.start(z);
            lanczos.advance(a, steps);
            ritz.solve();
            products += lanczos.steps();
            nodes[j] = new double[ritz.count()];
            weights[j] = new double[ritz.count()];
            double mass = lanczos.startNorm() * lanczos.startNorm() / size;
            for (int k = 0; k < ritz.count(); k++) {
                nodes[j][k] = ritz.value(k);
                weights[j][k] = mass * ritz.weight(k);
            }
        }
        return new SpectralDensity(nodes, weights, products);
    }

    /**
     * The mean of a function over the eigenvalues, (1/P) Σ_i f(h_i).
     *
     * @param f function of an eigenvalue
     * @return the estimate, with its standard error
     */
    public TraceEstimate mean(DoubleUnaryOperator f) {
        Checks.notNull("mean", "f", f);
        RunningMean mean = new RunningMean();
        for (int j = 0; j < nodes.length; j++) {
            double sum = 0;
            for (int k = 0; k < nodes[j].length; k++) {
                sum += weights[j][k] * f.applyAsDouble(nodes[j][k]);
            }
            mean.add(sum);
        }
        return new TraceEstimate(mean.mean(), mean.standardError(), nodes.length, products);
    }

    /**
     * The part of the eigenvalues that are at most x.
     *
     * @param x a number
     * @return the estimate, with its standard error; the blur of the nodes is not in it
     */
    public TraceEstimate cumulative(double x) {
        return mean(h -> h <= x ? 1 : 0);
    }

    /**
     * The density at x, smoothed with a normal law.
     *
     * @param x a number
     * @param width standard deviation of the normal law, positive
     * @return the estimate of (1/P) Σ_i φ((x − h_i)/width)/width, with its standard error
     */
    public TraceEstimate density(double x, double width) {
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
        for (double[] row : nodes) {
            least = Math.min(least, row[0]);
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
        for (double[] row : nodes) {
            most = Math.max(most, row[row.length - 1]);
        }
        return most;
    }
}
