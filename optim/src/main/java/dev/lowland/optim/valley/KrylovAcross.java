package dev.lowland.optim.valley;

import dev.lowland.core.linalg.krylov.LanczosFunction;
import dev.lowland.core.linalg.krylov.SpectralFunction;
import dev.lowland.optim.curvature.Curvature;
import dev.lowland.optim.curvature.CurvatureMatrix;
import dev.lowland.optim.curvature.CurvatureOperator;
import dev.lowland.optim.objective.Objective;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The directions across the valley by products with K alone, for any number of samples: K⁺g = f(K)g with f(h) = 1/h
 * above a threshold and 0 below, from one Lanczos run started at g. A gradient on the floor is nearly all in the null
 * space of K; there it is one Ritz value at 0, which f leaves out.
 *
 * <p>Memory: at most {@value #MAX_STEPS} vectors of P numbers, and a gigabyte, as far as a run goes, and one chunk of
 * samples. Cost: as many products, and 2m²P for orthogonality in a run of m steps. Conjugate gradients need a tenth of
 * the memory, but K is singular and its curvatures have no gap: where the normal part of g is small, what rounding
 * leaves in the null space makes them diverge.
 */
public final class KrylovAcross implements Across {

    private static final int MAX_STEPS = 400;
    private static final int FEWEST_STEPS = 40;
    /** The most numbers in the vectors of a run. */
    private static final int NUMBERS = 1 << 27;

    /** A product with K is some multiplications for each sample and parameter. */
    private static final double PRODUCT = 6;

    private static final double TOLERANCE = 1e-9;
    /** K may have a Ritz value as far below 0 as this by rounding, relative to the largest. */
    private static final double ROUNDING = 1e-8;

    /** Directions softer than this share of the largest curvature are rounding. */
    private static final double SOFTEST = 1e-12;

    private final Curvature curvature;
    private final int threads;
    private final double share;
    private final LanczosFunction lanczos;
    private final DMatrixRMaj image;
    private @Nullable CurvatureOperator k;

    /**
     * What finds them for an objective.
     *
     * @param objective gives K
     * @param share directions are across the valley if their curvature is above this share of the largest
     * @param threads at least 1; no result depends on it
     */
    public KrylovAcross(Objective objective, double share, int threads) {
        this.share = share;
        this.threads = threads;
        curvature = Curvature.of(objective)
                .withMatrix(CurvatureMatrix.GENERALISED_GAUSS_NEWTON)
                .withThreads(threads);
        int size = objective.parameterCount();
        lanczos = new LanczosFunction(size, Math.max(FEWEST_STEPS, Math.min(MAX_STEPS, NUMBERS / size)));
        image = new DMatrixRMaj(size, 1);
    }

    @Override
    public boolean compute(DMatrixRMaj theta) {
        if (!finite(theta)) {
            return false;
        }
        CurvatureOperator operator = k;
        if (operator == null) {
            operator = curvature.at(theta);
            k = operator;
        } else {
            operator.at(theta);
        }
        operator.apply(theta, image);
        return finite(image);
    }

    @Override
    public double work() {
        Objective objective = curvature.objective();
        double directions = Math.min(
                lanczos.process().maxSteps(),
                (double) objective.sampleCount() * objective.data().outputSize());
        double size = objective.parameterCount();
        return directions * size * (PRODUCT * objective.sampleCount() + 2 * directions);
    }

    @Override
    public double descend(DMatrixRMaj g, DMatrixRMaj step) {
        step.zero();
        if (!run(g)) {
            return Double.NaN;
        }
        if (lanczos.process().steps() == 0) {
            return 0;
        }
        lanczos.product(inverse(), step);
        for (int i = 0; i < step.numRows; i++) {
            step.data[i] = -step.data[i];
        }
        return lanczos.quadratic(inverse());
    }

    @Override
    public void removeNormal(DMatrixRMaj g) {
        if (run(g) && lanczos.process().steps() > 0) {
            double cut = cut();
            lanczos.product(h -> h > cut ? 1 : 0, image);
            for (int i = 0; i < g.numRows; i++) {
                g.data[i] -= image.data[i];
            }
        }
    }

    @Override
    public Optional<Across> softer(DMatrixRMaj g) {
        if (share <= SOFTEST || !run(g) || lanczos.process().steps() == 0) {
            return Optional.empty();
        }
        double cut = cut();
        double least = SOFTEST * lanczos.largestRitz();
        boolean leftOut = lanczos.quadratic(h -> h > least && h <= cut ? 1 : 0) > 0;
        return leftOut ? Optional.of(new KrylovAcross(curvature.objective(), SOFTEST, threads)) : Optional.empty();
    }

    /** Whether K is positive semidefinite, as far as a run from g tells. */
    private boolean run(DMatrixRMaj g) {
        CurvatureOperator operator = k;
        if (operator == null || !finite(g)) {
            return false;
        }
        lanczos.runUntil(operator, g, SpectralFunction.everywhere(h -> h), (run, f) -> {
            DoubleUnaryOperator inverse = inverse();
            return run.productError(inverse) <= TOLERANCE * run.productNorm(inverse);
        });
        return lanczos.process().steps() == 0 || lanczos.smallestRitz() >= -ROUNDING * lanczos.largestRitz();
    }

    private DoubleUnaryOperator inverse() {
        double cut = cut();
        return h -> h > cut ? 1 / h : 0;
    }

    private double cut() {
        return share * Math.max(0, lanczos.largestRitz());
    }

    private static boolean finite(DMatrixRMaj v) {
        for (int i = 0; i < v.numRows; i++) {
            if (!(Math.abs(v.data[i]) <= Double.MAX_VALUE)) {
                return false;
            }
        }
        return true;
    }
}
