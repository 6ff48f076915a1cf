package dev.lowland.optim.curvature;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.Symmetry;
import dev.lowland.optim.parallel.Workers;
import java.util.Arrays;
import java.util.function.DoubleConsumer;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A {@link CurvatureMatrix} of an objective as numbers: its products with all unit vectors, in groups that go to
 * threads; the two triangles are averaged, so that it is exactly symmetric.
 *
 * <p>Cost: P products. For one caller at a time; with one thread nothing is allocated after the first call. Results do
 * not depend on the number of threads.
 */
public final class DenseCurvature {
    private static final String OPERATION = "dense curvature";

    private final int size;
    private final int width;
    private final int threads;
    private final double scale;
    private final ChunkedProgram program;
    private final Advance advance;
    private final Columns[] workers;
    private final Workers.Task task = (worker, index) -> group(worker, index);

    private DMatrixRMaj result = new DMatrixRMaj(0, 0);
    private DMatrixRMaj point = new DMatrixRMaj(0, 0);

    DenseCurvature(CurvaturePrograms programs, CurvatureMatrix matrix, int threads, @Nullable DoubleConsumer progress) {
        this.size = programs.objective().parameterCount();
        this.width = programs.width(size);
        this.program = programs.products(matrix, width);
        this.threads = threads;
        this.advance = new Advance(progress);
        this.scale = 1.0 / programs.objective().sampleCount();
        this.workers = new Columns[Math.min(threads, groups())];
    }

    private int groups() {
        return (size + width - 1) / width;
    }

    /**
     * out = A(θ).
     *
     * @param theta P × 1, finite. Not modified.
     * @param out P × P. Modified.
     * @throws IllegalArgumentException if theta is not finite or an argument has another shape
     */
    public void at(DMatrixRMaj theta, DMatrixRMaj out) {
        Checks.shape(OPERATION, "theta", theta, size, 1);
        Checks.finite(OPERATION, "theta", theta);
        Checks.shape(OPERATION, "out", out, size, size);
        result = out;
        point = theta;
        for (int w = 0; w < workers.length; w++) {
            if (workers[w] == null) {
                workers[w] = new Columns();
            }
            workers[w].run.at(point.data);
        }
        advance.start(groups());
        Workers.forEach(threads, groups(), task);
        Symmetry.average(out);
    }

    /** Row j of the result is image j: the matrix is symmetric, and its triangles are averaged afterwards. */
    private void group(int worker, int index) {
        Columns columns = workers[worker];
        int first = index * width;
        int count = Math.min(width, size - first);
        Arrays.fill(columns.directions, 0);
        for (int j = 0; j < count; j++) {
            columns.directions[j * size + first + j] = 1;
        }
        columns.run.run(columns.directions, scale, columns.images);
        System.arraycopy(columns.images, 0, result.data, first * size, count * size);
        advance.step();
    }

    /** The memory of one worker. */
    private final class Columns {
        final ChunkedRun run = new ChunkedRun(program, 1, width * size);
        final double[] directions = new double[width * size];
        final double[] images = new double[width * size];
    }
}
