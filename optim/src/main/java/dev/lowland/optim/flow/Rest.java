package dev.lowland.optim.flow;

import dev.lowland.core.linalg.Norms;
import dev.lowland.core.linalg.SymmetricEigen;
import org.ejml.data.DMatrixRMaj;

/**
 * How far a flow along the valley has still to go where it comes to rest. With A = f′ along the valley and μ the
 * largest eigenvalue of ½(A + Aᵀ), nearby states part at most like e^{μk} in k steps, and so do a state and where it is
 * a step later: what is left of the way is at most ‖f‖(e^{μk} − 1)/μ, which for μ &lt; 0 has a limit. For one thread.
 */
final class Rest {

    /** A costs a velocity a parameter, and O(P³). */
    private static final int MOST_PARAMETERS = 128;

    private final ValleyField field;
    private final int size;
    private final DMatrixRMaj here;
    private final DMatrixRMaj there;
    private final DMatrixRMaj velocity;
    private final DMatrixRMaj velocityThere;
    private final DMatrixRMaj direction;
    private double growth;

    Rest(ValleyField field, int size) {
        this.field = field;
        this.size = size;
        this.here = new DMatrixRMaj(size, 1);
        this.there = new DMatrixRMaj(size, 1);
        this.velocity = new DMatrixRMaj(size, 1);
        this.velocityThere = new DMatrixRMaj(size, 1);
        this.direction = new DMatrixRMaj(size, 1);
    }

    /** A bound on the way of so many steps from a point on the floor; NaN or infinite if none is known. */
    double way(DMatrixRMaj position, double speed, double steps) {
        growth = growth(position);
        return speed * factor(steps);
    }

    /** What an error of 1 made in each of so many steps amounts to, by the growth found last. */
    double factor(double steps) {
        return growth == 0 ? steps : Math.expm1(growth * steps) / growth;
    }

    private double growth(DMatrixRMaj position) {
        double length = ValleyField.DIFFERENCE * Norms.two(position);
        if (size > MOST_PARAMETERS || !(length > 0)) {
            return Double.NaN;
        }
        System.arraycopy(position.data, 0, here.data, 0, size);
        if (!field.inTime(here, velocity)) {
            return Double.NaN;
        }
        // Π, as the columns of what it leaves of unit vectors; across the valley the sum below is far below 0
        DMatrixRMaj along = new DMatrixRMaj(size, size);
        for (int j = 0; j < size; j++) {
            direction.zero();
            direction.data[j] = 1;
            field.removeNormal(direction);
            for (int i = 0; i < size; i++) {
                along.data[i * size + j] = direction.data[i];
            }
        }
        DMatrixRMaj slope = new DMatrixRMaj(size, size);
        double largest = 0;
        for (int j = 0; j < size; j++) {
            for (int i = 0; i < size; i++) {
                there.data[i] = here.data[i] + length * along.data[i * size + j];
            }
            if (!field.inTime(there, velocityThere)) {
                return Double.NaN;
            }
            for (int i = 0; i < size; i++) {
                double entry = (velocityThere.data[i] - velocity.data[i]) / length;
                slope.data[i * size + j] = entry;
                largest = Math.max(largest, Math.abs(entry));
            }
        }
        return top(along, slope, largest * size);
    }

    /** The largest eigenvalue of the symmetric part of Π slope, less shift(I − Π). */
    private double top(DMatrixRMaj along, DMatrixRMaj slope, double shift) {
        DMatrixRMaj inside = new DMatrixRMaj(size, size);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double sum = 0;
                for (int k = 0; k < size; k++) {
                    sum += along.data[i * size + k] * slope.data[k * size + j];
                }
                inside.data[i * size + j] = sum + shift * along.data[i * size + j];
            }
        }
        DMatrixRMaj symmetric = new DMatrixRMaj(size, size);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double mean = 0.5 * (inside.data[i * size + j] + inside.data[j * size + i]);
                symmetric.data[i * size + j] = mean - (i == j ? shift : 0);
                if (!(Math.abs(mean) <= Double.MAX_VALUE)) {
                    return Double.NaN;
                }
            }
        }
        return SymmetricEigen.of(symmetric).values()[size - 1];
    }
}
