package dev.lowland.optim.curvature;

import dev.lowland.autodiff.nn.ParameterBlock;
import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.LinearOperator;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Products with a {@link CurvatureMatrix} of an objective at a point, or with the part of it that belongs to some of
 * the parameters, over all data.
 *
 * <p>Cost of a product in units of G, one loss with its gradient: about 2 G, of which what depends on θ alone is paid
 * once for all products at one θ where there is memory to keep it. For one caller at a time, who may give it several
 * threads; with one thread nothing is allocated after the first product. Results do not depend on the number of
 * threads.
 */
public final class CurvatureOperator implements LinearOperator {
    private static final String OPERATION = "curvature operator";

    private final CurvaturePrograms programs;
    private final CurvatureMatrix matrix;
    private final int parameters;
    private final int start;
    private final int size;
    private final int threads;
    private final double scale;
    private final ChunkedRun single;
    private final double[] padded;
    private final double[] image;
    private @Nullable ChunkedRun wide;
    private double[] directions = {};
    private double[] images = {};

    CurvatureOperator(CurvaturePrograms programs, CurvatureMatrix matrix, ParameterBlock block, int threads) {
        this.programs = programs;
        this.matrix = matrix;
        this.parameters = programs.objective().parameterCount();
        this.start = block.start();
        this.size = block.length();
        this.threads = threads;
        this.scale = 1.0 / programs.objective().sampleCount();
        this.single = new ChunkedRun(programs.products(matrix, 1), threads, parameters);
        boolean whole = size == parameters;
        this.padded = new double[whole ? 0 : parameters];
        this.image = new double[whole ? 0 : parameters];
    }

    /**
     * Moves to a point.
     *
     * @param theta P × 1, finite. Not modified.
     * @return this
     * @throws IllegalArgumentException if theta is not finite or has another shape
     */
    public CurvatureOperator at(DMatrixRMaj theta) {
        Checks.shape(OPERATION, "theta", theta, parameters, 1);
        Checks.finite(OPERATION, "theta", theta);
        single.at(theta.data);
        if (wide != null) {
            wide.at(theta.data);
        }
        return this;
    }

    @Override
    public int size() {
        return size;
    }

    /**
     * out = A·v.
     *
     * @param v vector, as long as the block. Not modified.
     * @param out result, as long as the block. Modified.
     * @throws IllegalArgumentException if an argument has another shape
     */
    @Override
    public void apply(DMatrixRMaj v, DMatrixRMaj out) {
        Checks.shape(OPERATION, "v", v, size, 1);
        Checks.shape(OPERATION, "out", out, size, 1);
        if (size == parameters) {
            single.run(v.data, scale, out.data);
            return;
        }
        System.arraycopy(v.data, 0, padded, start, size);
        single.run(padded, scale, image);
        System.arraycopy(image, start, out.data, 0, size);
    }

    /**
     * out = A·V, several columns in one run of the program.
     *
     * @param v one vector a column, at least one. Not modified.
     * @param out as many columns. Modified.
     * @throws IllegalArgumentException if an argument has another shape
     */
    public void applyAll(DMatrixRMaj v, DMatrixRMaj out) {
        Checks.rows(OPERATION, "v", v, size);
        Checks.atLeast(OPERATION, "columns of v", v.numCols, 1);
        Checks.shape(OPERATION, "out", out, size, v.numCols);
        int columns = v.numCols;
        applyColumns(columns, (j, i) -> v.data[i * columns + j], (j, i, value) -> out.data[i * columns + j] = value);
    }

    /** Gives entry i of vector j. */
    interface Source {
        double get(int j, int i);
    }

    /** Takes entry i of image j. */
    interface Target {
        void set(int j, int i, double value);
    }

    /** The images of so many vectors. */
    void applyColumns(int count, Source source, Target target) {
        ChunkedRun run = wide(count);
        int width = run.width();
        for (int first = 0; first < count; first += width) {
            int here = Math.min(width, count - first);
            Arrays.fill(directions, 0);
            for (int j = 0; j < here; j++) {
                for (int i = 0; i < size; i++) {
                    directions[j * parameters + start + i] = source.get(first + j, i);
                }
            }
            run.run(directions, scale, images);
            for (int j = 0; j < here; j++) {
                for (int i = 0; i < size; i++) {
                    target.set(first + j, i, images[j * parameters + start + i]);
                }
            }
        }
    }

    private ChunkedRun wide(int count) {
        int width = programs.width(count);
        if (wide == null || wide.width() < width) {
            wide = new ChunkedRun(programs.products(matrix, width), threads, width * parameters);
            wide.at(single.theta());
            directions = new double[width * parameters];
            images = new double[width * parameters];
        }
        return wide;
    }
}
