package dev.lowland.optim.objective;

import dev.lowland.autodiff.program.Program;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** A linear map applied to every unit vector, several in one run of its program. */
final class Directions {

    private final Call call;
    private final int size;
    private final int resultSize;
    private final int width;

    /** The program maps θ and {@code width} groups of size × 1 to as many groups of resultSize numbers. */
    Directions(Program program, int size, int resultSize, int width) {
        this.call = new Call(program, new int[] {size, width * size}, new int[] {width * resultSize});
        this.size = size;
        this.resultSize = resultSize;
        this.width = width;
    }

    /** How many directions of this many to carry in one run. */
    static int width(int count) {
        return Math.min(count, ObjectivePrograms.DIRECTIONS);
    }

    /** Column j of out (resultSize × size) becomes the map of unit vector j. */
    void columns(DMatrixRMaj theta, DMatrixRMaj out) {
        call.input(0, theta);
        double[] directions = call.ownInput(1);
        double[] results = call.ownOutput(0);
        for (int first = 0; first < size; first += width) {
            int count = Math.min(width, size - first);
            Arrays.fill(directions, 0);
            for (int j = 0; j < count; j++) {
                directions[j * size + first + j] = 1;
            }
            call.run();
            for (int j = 0; j < count; j++) {
                for (int i = 0; i < resultSize; i++) {
                    out.data[i * size + first + j] = results[j * resultSize + i];
                }
            }
        }
    }
}
