package dev.lowland.optim.flatness;

import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.linalg.trace.DirectionSink;
import dev.lowland.optim.curvature.ThirdDerivative;
import java.util.function.DoubleConsumer;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Adds up ½ ∇D²L[w, w]: the deflated part as it is, the probes with mean and scatter of each entry. For one thread. */
final class GradientSum implements DirectionSink {
    private final int size;
    private final ThirdDerivative derivative;
    private final DMatrixRMaj term;
    private final double[] exact;
    private final double[] mean;
    private final double[] squares;
    private final int expected;
    private final @Nullable DoubleConsumer progress;
    private int done;
    private int count;

    /** Tells of each direction, of an expected number; how many there will be is not known where there is a target. */
    GradientSum(int size, ThirdDerivative derivative, int expected, @Nullable DoubleConsumer progress) {
        this.size = size;
        this.derivative = derivative;
        this.expected = expected;
        this.progress = progress;
        this.term = new DMatrixRMaj(size, 1);
        this.exact = new double[size];
        this.mean = new double[size];
        this.squares = new double[size];
    }

    @Override
    public void deflated(int index, DMatrixRMaj w) {
        derivative.along(w, term);
        Kernels.active().axpy(size, 0.5, term.data, 0, exact, 0);
        tell();
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
        tell();
    }

    private void tell() {
        done++;
        if (progress != null) {
            progress.accept(Math.min(1, done / (double) expected));
        }
    }

    /** The sum, and the standard error of each entry. */
    void finish(DMatrixRMaj gradient, DMatrixRMaj error) {
        for (int i = 0; i < size; i++) {
            gradient.data[i] = exact[i] + mean[i];
            error.data[i] = Math.sqrt(squares[i] / ((double) count * (count - 1)));
        }
    }
}
