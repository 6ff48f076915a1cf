package dev.lowland.optim.curvature;

import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.ParameterBlock;
import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.ColumnBlock;
import dev.lowland.core.linalg.QuadraticMap;
import dev.lowland.core.linalg.krylov.Eigenpairs;
import dev.lowland.core.linalg.krylov.SpectrumEnd;
import dev.lowland.core.linalg.krylov.TopEigenpairs;
import dev.lowland.core.linalg.trace.HutchPlusPlus;
import dev.lowland.core.linalg.trace.ProbeLaw;
import dev.lowland.core.linalg.trace.SpectralDensity;
import dev.lowland.core.linalg.trace.TraceEstimate;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.objective.Objective;
import java.util.function.DoubleConsumer;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * What the second derivatives of an objective are like at a point, without forming them: for models and data of any
 * size.
 *
 * <p>Of the Hessian unless {@link #withMatrix} says otherwise, and of all parameters unless {@link #withBlock} does.
 * Random numbers depend on the {@link #withSeed seed} alone, results on no number of threads. Immutable, safe to share
 * between threads; every call takes its own memory.
 */
public final class Curvature {
    private static final String OPERATION = "curvature";

    /** The most by which a number changes when it is rounded, relative to itself. */
    private static final double HALF_UNIT = 0x1p-53;

    private final CurvaturePrograms programs;
    private final CurvatureMatrix matrix;
    private final ParameterBlock block;
    private final int threads;
    private final long seed;
    private final double tolerance;
    private final @Nullable DoubleConsumer progress;

    private Curvature(
            CurvaturePrograms programs,
            CurvatureMatrix matrix,
            ParameterBlock block,
            int threads,
            long seed,
            double tolerance,
            @Nullable DoubleConsumer progress) {
        this.programs = programs;
        this.matrix = matrix;
        this.block = block;
        this.threads = threads;
        this.seed = seed;
        this.tolerance = tolerance;
        this.progress = progress;
    }

    /**
     * The curvature of an objective: its Hessian in all parameters, one thread, seed 1.
     *
     * @param objective gives L
     * @return the curvature; programs are compiled once for it and what is derived from it, when first needed
     */
    public static Curvature of(Objective objective) {
        Checks.notNull("curvature", "objective", objective);
        return new Curvature(
                new CurvaturePrograms(objective, null),
                CurvatureMatrix.HESSIAN,
                ParameterBlock.all(objective.model()),
                1,
                1,
                1e-6,
                null);
    }

    /**
     * The same with another size of chunks in place of the automatic one. The order of summation changes with it.
     *
     * @param samples of a chunk, at least 1
     * @return a new curvature
     */
    public Curvature withChunks(int samples) {
        Checks.atLeast(OPERATION, "samples of a chunk", samples, 1);
        return new Curvature(
                new CurvaturePrograms(programs.objective(), samples),
                matrix,
                block,
                threads,
                seed,
                tolerance,
                progress);
    }

    /**
     * The same of another matrix.
     *
     * @param other which matrix
     * @return a new curvature
     */
    public Curvature withMatrix(CurvatureMatrix other) {
        Checks.notNull("curvature", "other", other);
        return new Curvature(programs, other, block, threads, seed, tolerance, progress);
    }

    /**
     * The same restricted to a block of parameters: the square part of the matrix that belongs to them.
     * {@link Model#blocks()} has those of a model's layers.
     *
     * @param other the block
     * @return a new curvature, whose vectors are as long as the block
     * @throws IllegalArgumentException if the block is not within θ
     */
    public Curvature withBlock(ParameterBlock other) {
        Checks.notNull(OPERATION, "other", other);
        Checks.atMost(
                OPERATION,
                "end of block " + other.name(),
                (long) other.start() + other.length(),
                programs.objective().parameterCount());
        return new Curvature(programs, matrix, other, threads, seed, tolerance, progress);
    }

    /**
     * The same with several threads.
     *
     * @param count at least 1
     * @return a new curvature
     */
    public Curvature withThreads(int count) {
        Checks.atLeast(OPERATION, "threads", count, 1);
        return new Curvature(programs, matrix, block, count, seed, tolerance, progress);
    }

    /**
     * The same with other random numbers.
     *
     * @param other any number
     * @return a new curvature
     */
    public Curvature withSeed(long other) {
        return new Curvature(programs, matrix, block, threads, other, tolerance, progress);
    }

    /**
     * The same with another tolerance of eigenpairs: the largest residual relative to the largest ‖A·v‖; 10⁻⁶ by
     * default.
     *
     * @param relative positive
     * @return a new curvature
     */
    public Curvature withTolerance(double relative) {
        Checks.positive(OPERATION, "tolerance", relative);
        return new Curvature(programs, matrix, block, threads, seed, relative, progress);
    }

    /**
     * The same with somebody who is told how far long work has come: what {@link #dense} fills, and sums over many
     * directions of {@link #thirdDerivative}.
     *
     * @param listener gets the share that is done, in (0, 1], from whichever thread does it, one at a time
     * @return a new curvature
     */
    public Curvature withProgress(DoubleConsumer listener) {
        Checks.notNull(OPERATION, "listener", listener);
        return new Curvature(programs, matrix, block, threads, seed, tolerance, listener);
    }

    /**
     * The objective.
     *
     * @return what the curvature is of
     */
    public Objective objective() {
        return programs.objective();
    }

    /**
     * Products with the matrix.
     *
     * @param theta P × 1, finite. Not modified.
     * @return a new operator at θ, which can be moved to other points
     * @throws IllegalArgumentException if theta is not finite or has another shape
     */
    public CurvatureOperator at(DMatrixRMaj theta) {
        return new CurvatureOperator(programs, matrix, block, threads).at(theta);
    }

    /**
     * The third derivative of L, in all parameters.
     *
     * @param theta P × 1, finite. Not modified.
     * @return a new third derivative at θ, which can be moved to other points
     * @throws IllegalArgumentException if theta is not finite or has another shape
     */
    public ThirdDerivative thirdDerivative(DMatrixRMaj theta) {
        return new ThirdDerivative(programs, threads, progress).at(theta);
    }

    /**
     * The matrix as numbers, in all parameters. For a few thousand parameters at most.
     *
     * @return what computes it at a θ
     */
    public DenseCurvature dense() {
        return new DenseCurvature(programs, matrix, threads, progress);
    }

    /**
     * The trace, by Hutch++.
     *
     * @param theta P × 1, finite. Not modified.
     * @param products how many products may be spent, at least 6
     * @return the estimate, with its standard error
     * @throws IllegalArgumentException if an argument is out of range or a product is not finite
     */
    public TraceEstimate trace(DMatrixRMaj theta, int products) {
        return HutchPlusPlus.estimate(at(theta), products, ProbeLaw.RADEMACHER, stream());
    }

    /**
     * The q largest eigenvalues with their eigenvectors.
     *
     * @param theta P × 1, finite. Not modified.
     * @param count q ≥ 1
     * @return the pairs, largest first, with their residuals
     * @throws IllegalArgumentException if an argument is out of range or a product is not finite
     */
    public Eigenpairs top(DMatrixRMaj theta, int count) {
        return end(at(theta), count, SpectrumEnd.LARGEST);
    }

    /**
     * The largest and the smallest eigenvalue.
     *
     * @param theta P × 1, finite. Not modified.
     * @return both, with their errors
     * @throws IllegalArgumentException if theta is not finite or has another shape, or a product is not finite
     */
    public ExtremeEigenvalues extremes(DMatrixRMaj theta) {
        CurvatureOperator operator = at(theta);
        Eigenpairs largest = end(operator, 1, SpectrumEnd.LARGEST);
        Eigenpairs smallest = end(operator, 1, SpectrumEnd.SMALLEST);
        return new ExtremeEigenvalues(
                smallest.values()[0],
                smallest.residuals()[0],
                largest.values()[0],
                largest.residuals()[0],
                largest.converged() && smallest.converged(),
                largest.products() + smallest.products());
    }

    /**
     * By how much Σ_j w_jᵀ∇²L w_j may be off because predictions are numbers of finitely many digits. A prediction that
     * is off by δ_i changes ∇²L by (1/n) Σ_i ℓ″_i δ_i ∇²f_i to first order; with |δ_i| ≤ 2⁻⁵³|f_i|, half a unit in the
     * last place, the sum changes by at most (2⁻⁵³/n) Σ_i |ℓ″_i f_i Σ_j w_jᵀ∇²f_i w_j|, all outputs of a sample being
     * off by the same share. That is next to nothing, unless f − y is nearly all rounding where f is strongly bent.
     * More than a block of directions is added up block by block, which makes it larger, not smaller.
     *
     * <p>Of ∇²L in all parameters, whatever the matrix and the block. Cost: a gradient and less than a product a
     * direction.
     *
     * @param theta P × 1, finite. Not modified.
     * @param w one direction a column, P × m, m ≥ 1. Not modified.
     * @return the bound, ≥ 0; infinite if it is beyond the range of numbers
     * @throws IllegalArgumentException if theta is not finite or an argument has another shape
     */
    public double predictionRounding(DMatrixRMaj theta, DMatrixRMaj w) {
        int size = objective().parameterCount();
        Checks.shape("prediction rounding", "theta", theta, size, 1);
        Checks.finite("prediction rounding", "theta", theta);
        Checks.rows("prediction rounding", "w", w, size);
        Checks.atLeast("prediction rounding", "columns of w", w.numCols, 1);
        int width = programs.width(w.numCols);
        ChunkedRun run = new ChunkedRun(programs.predictionRounding(width), threads, 1);
        run.at(theta.data);
        ColumnBlock block = new ColumnBlock();
        double[] one = new double[1];
        QuadraticMap map = (directions, unused) -> {
            double sum = 0;
            for (int first = 0; first < directions.numCols; first += width) {
                run.run(
                        block.of(directions, first, width),
                        HALF_UNIT / objective().sampleCount(),
                        one);
                sum += one[0];
            }
            return sum;
        };
        double bound = map.applySafely(w, new DMatrixRMaj(0, 0));
        return bound <= Double.MAX_VALUE ? bound : Double.POSITIVE_INFINITY;
    }

    private Eigenpairs end(CurvatureOperator operator, int count, SpectrumEnd end) {
        return TopEigenpairs.of(operator.size(), count, stream())
                .end(end)
                .tolerance(tolerance)
                .build()
                .find(operator);
    }

    /**
     * How the eigenvalues are spread, by stochastic Lanczos quadrature.
     *
     * @param theta P × 1, finite. Not modified.
     * @param probes how many, at least 2
     * @param steps Lanczos steps a probe, at least 1
     * @return the estimate; what is asked of it comes with a standard error
     * @throws IllegalArgumentException if an argument is out of range or a product is not finite
     */
    public SpectralDensity density(DMatrixRMaj theta, int probes, int steps) {
        return SpectralDensity.estimate(at(theta), probes, steps, ProbeLaw.RADEMACHER, stream());
    }

    private RandomStream stream() {
        return RandomStream.of(seed, 0, Purpose.PROBE);
    }
}
