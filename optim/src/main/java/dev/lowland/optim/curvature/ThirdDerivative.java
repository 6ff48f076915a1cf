package dev.lowland.optim.curvature;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.linalg.ColumnBlock;
import dev.lowland.core.linalg.QuadraticMap;
import dev.lowland.optim.parallel.Workers;
import java.util.Arrays;
import java.util.function.DoubleConsumer;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * ∇_θ Σ_j D²L(θ)[w_j, w_j] with the directions held constant, over all data: the third derivative of L applied to Σ_j
 * w_j w_jᵀ.
 *
 * <p>Cost: about 2 G a direction, G one loss with its gradient. Many directions go through in groups, and the groups to
 * threads; a single direction gives its chunks of data to them. Sums are made in one order, so that results do not
 * depend on the number of threads. For one caller at a time; with one thread nothing is allocated after the first call
 * of a kind. Where a product of two directions leaves the range of numbers but the result does not, it is finite all
 * the same.
 */
public final class ThirdDerivative {
    private static final String OPERATION = "third derivative";
    private static final int STRIPS = 8;

    private final CurvaturePrograms programs;
    private final int size;
    private final int threads;
    private final Advance advance;
    private final double scale;
    private final double[] theta;
    private final double[] value = new double[1];
    private final Strip[] strips = new Strip[STRIPS];
    private final Workers.Task task = (worker, index) -> strip(worker, index);
    private final QuadraticMap one = this::one;
    private final QuadraticMap several = this::several;
    private @Nullable ChunkedRun single;
    private Group[] groups = {};

    // the call under way
    private DMatrixRMaj columns = new DMatrixRMaj(0, 0);
    private int groupCount;
    private int stripCount;

    ThirdDerivative(CurvaturePrograms programs, int threads, @Nullable DoubleConsumer progress) {
        this.programs = programs;
        this.size = programs.objective().parameterCount();
        this.threads = threads;
        this.advance = new Advance(progress);
        this.scale = 1.0 / programs.objective().sampleCount();
        this.theta = new double[size];
    }

    /**
     * Moves to a point.
     *
     * @param point θ, P × 1, finite. Not modified.
     * @return this
     * @throws IllegalArgumentException if it is not finite or has another shape
     */
    public ThirdDerivative at(DMatrixRMaj point) {
        Checks.notNull(OPERATION, "point", point);
        Checks.shape(OPERATION, "theta", point, size, 1);
        Checks.finite(OPERATION, "theta", point);
        System.arraycopy(point.data, 0, theta, 0, size);
        if (single != null) {
            single.at(theta);
        }
        for (Group group : groups) {
            group.run.at(theta);
        }
        return this;
    }

    /**
     * For one direction.
     *
     * @param w P × 1. Not modified.
     * @param out ∇_θ D²L(θ)[w, w], P × 1. Modified.
     * @return D²L(θ)[w, w]
     * @throws IllegalArgumentException if an argument has another shape
     */
    public double along(DMatrixRMaj w, DMatrixRMaj out) {
        Checks.shape(OPERATION, "w", w, size, 1);
        Checks.shape(OPERATION, "out", out, size, 1);
        return one.applySafely(w, out);
    }

    private double one(DMatrixRMaj w, DMatrixRMaj out) {
        ChunkedRun run = single;
        if (run == null) {
            run = new ChunkedRun(programs.thirdDerivative(1), threads, size, 1);
            run.at(theta);
            single = run;
        }
        run.run(w.data, scale, out.data, value);
        return value[0];
    }

    /**
     * Summed over directions.
     *
     * @param w one direction a column, P × m, m ≥ 1. Not modified.
     * @param out ∇_θ Σ_j D²L(θ)[w_j, w_j], P × 1. Modified.
     * @return Σ_j D²L(θ)[w_j, w_j]
     * @throws IllegalArgumentException if an argument has another shape
     */
    public double sum(DMatrixRMaj w, DMatrixRMaj out) {
        Checks.rows(OPERATION, "w", w, size);
        Checks.atLeast(OPERATION, "columns of w", w.numCols, 1);
        Checks.shape(OPERATION, "out", out, size, 1);
        return several.applySafely(w, out);
    }

    private double several(DMatrixRMaj w, DMatrixRMaj out) {
        int width = programs.width(w.numCols);
        columns = w;
        groupCount = (w.numCols + width - 1) / width;
        stripCount = Math.min(STRIPS, groupCount);
        makeRoom(width);
        advance.start(groupCount);
        Workers.forEach(threads, stripCount, task);
        Arrays.fill(out.data, 0, size, 0);
        double sum = 0;
        for (int s = 0; s < stripCount; s++) {
            Kernels.active().axpy(size, 1, strips[s].gradient, 0, out.data, 0);
            sum += strips[s].value;
        }
        return sum;
    }

    private void makeRoom(int width) {
        int workers = Math.min(threads, stripCount);
        if (groups.length < workers || groups[0].run.width() != width) {
            groups = new Group[workers];
            for (int i = 0; i < workers; i++) {
                groups[i] = new Group(width);
                groups[i].run.at(theta);
            }
        }
        for (int s = 0; s < stripCount; s++) {
            if (strips[s] == null) {
                strips[s] = new Strip(size);
            }
        }
    }

    /** Groups stripCount parts of all groups, in order. */
    private void strip(int worker, int index) {
        Strip strip = strips[index];
        Arrays.fill(strip.gradient, 0);
        strip.value = 0;
        int from = groupCount * index / stripCount;
        int to = groupCount * (index + 1) / stripCount;
        Group group = groups[worker];
        for (int g = from; g < to; g++) {
            group.run(g);
            Kernels.active().axpy(size, 1, group.gradient, 0, strip.gradient, 0);
            strip.value += group.value[0];
            advance.step();
        }
    }

    /** What several groups add up to. */
    private static final class Strip {
        final double[] gradient;
        double value;

        Strip(int size) {
            gradient = new double[size];
        }
    }

    /** A run for one group of directions at a time, and its memory. */
    private final class Group {
        final ChunkedRun run;
        final ColumnBlock block = new ColumnBlock();
        final double[] gradient = new double[size];
        final double[] value = new double[1];

        Group(int width) {
            run = new ChunkedRun(programs.thirdDerivative(width), 1, size, 1);
        }

        /** Directions of zeros fill the last group up, and add nothing. */
        void run(int g) {
            int width = run.width();
            run.run(block.of(columns, g * width, width), scale, gradient, value);
        }
    }
}
