package dev.lowland.optim.objective;

import dev.lowland.autodiff.function.ProgramCall;
import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.ColumnBlock;
import org.ejml.data.DMatrixRMaj;

/** ∇_θ Σ_j D²L[w_j, w_j] over any number of directions, several in one run of its program. */
final class ThirdOrder {

    private final ProgramCall call;
    private final int size;
    private final int width;
    private final ColumnBlock block = new ColumnBlock();
    private final double[] gradient;
    private final double[] value = new double[1];

    ThirdOrder(ProgramCall call, int size, int width) {
        this.size = size;
        this.width = width;
        this.gradient = new double[size];
        this.call = call.output(0, gradient).output(1, value);
    }

    int width() {
        return width;
    }

    /** Sums over the columns of directions (size × m); a direction of zeros fills the last run up and adds nothing. */
    double apply(DMatrixRMaj theta, DMatrixRMaj directions, DMatrixRMaj out) {
        int columns = directions.numCols;
        call.input(0, theta.data);
        double sum = 0;
        for (int first = 0; first < columns; first += width) {
            Checks.notInterrupted("objective");
            call.input(1, block.of(directions, first, width)).run();
            sum += value[0];
            for (int i = 0; i < size; i++) {
                out.data[i] = first == 0 ? gradient[i] : out.data[i] + gradient[i];
            }
        }
        return sum;
    }
}
