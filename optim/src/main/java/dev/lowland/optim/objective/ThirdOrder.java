package dev.lowland.optim.objective;

import dev.lowland.autodiff.program.Program;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** ∇_θ Σ_j D²L[w_j, w_j] over any number of directions, several in one run of its program. */
final class ThirdOrder {

    private final Call call;
    private final int size;
    private final int width;

    ThirdOrder(Program program, int size, int width) {
        this.call = new Call(program, new int[] {size, width * size}, new int[] {size, 1});
        this.size = size;
        this.width = width;
    }

    int width() {
        return width;
    }

    /** Sums over the columns of directions (size × m); a direction of zeros fills the last run up and adds nothing. */
    double apply(DMatrixRMaj theta, DMatrixRMaj directions, DMatrixRMaj out) {
        int columns = directions.numCols;
        call.input(0, theta);
        double[] rows = call.ownInput(1);
        double[] gradient = call.ownOutput(0);
        double[] value = call.ownOutput(1);
        double sum = 0;
        for (int first = 0; first < columns; first += width) {
            int count = Math.min(width, columns - first);
            if (count < width) {
                Arrays.fill(rows, count * size, width * size, 0);
            }
            for (int j = 0; j < count; j++) {
                for (int i = 0; i < size; i++) {
                    rows[j * size + i] = directions.data[i * columns + first + j];
                }
            }
            call.run();
            sum += value[0];
            for (int i = 0; i < size; i++) {
                out.data[i] = first == 0 ? gradient[i] : out.data[i] + gradient[i];
            }
        }
        return sum;
    }
}
