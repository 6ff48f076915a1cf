package dev.lowland.optim.objective;

import dev.lowland.autodiff.function.ProgramCall;
import dev.lowland.core.check.Checks;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** A linear map applied to every unit vector, several in one run of its program. */
final class Directions {

    private final ProgramCall call;
    private final int size;
    private final int resultSize;
    private final int width;
    private final double[] directions;
    private final double[] results;

    /**
     * The call is of a program that maps θ and {@code width} groups of size × 1 to as many groups of resultSize
     * numbers.
     */
    Directions(ProgramCall call, int size, int resultSize, int width) {
        this.size = size;
        this.resultSize = resultSize;
        this.width = width;
        this.directions = new double[width * size];
        this.results = new double[width * resultSize];
        this.call = call.input(1, directions).output(0, results);
    }

    /** How many directions of this many to carry in one run. */
    static int width(int count) {
        return Math.min(count, ObjectivePrograms.DIRECTIONS);
    }

    /** Column j of out (resultSize × size) becomes the map of unit vector j. */
    void columns(DMatrixRMaj theta, DMatrixRMaj out) {
        images(theta, out, 1, size);
    }

    /** Row j of out (size × resultSize) becomes the map of unit vector j. */
    void rows(DMatrixRMaj theta, DMatrixRMaj out) {
        images(theta, out, resultSize, 1);
    }

    /** Entry i of the map of unit vector j goes to j·imageStride + i·entryStride. */
    private void images(DMatrixRMaj theta, DMatrixRMaj out, int imageStride, int entryStride) {
        call.input(0, theta.data);
        for (int first = 0; first < size; first += width) {
            Checks.notInterrupted("objective");
            int count = Math.min(width, size - first);
            Arrays.fill(directions, 0);
            for (int j = 0; j < count; j++) {
                directions[j * size + first + j] = 1;
            }
            call.run();
            for (int j = 0; j < count; j++) {
                for (int i = 0; i < resultSize; i++) {
                    out.data[(first + j) * imageStride + i * entryStride] = results[j * resultSize + i];
                }
            }
        }
    }
}
