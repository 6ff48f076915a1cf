package dev.lowland.optim.support;

import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;

/** Central differences of fourth order. */
public final class Differences {

    private static final double STEP = 1e-3;

    private Differences() {}

    /** The gradient of a function of θ, P × 1. */
    public static DMatrixRMaj gradient(ToDoubleFunction<DMatrixRMaj> function, DMatrixRMaj theta) {
        DMatrixRMaj jacobian = jacobian(
                point -> {
                    DMatrixRMaj value = new DMatrixRMaj(1, 1);
                    value.data[0] = function.applyAsDouble(point);
                    return value;
                },
                theta);
        return DMatrixRMaj.wrap(theta.numRows, 1, jacobian.data);
    }

    /** The Jacobian of a function of θ: row per value, column per parameter. */
    public static DMatrixRMaj jacobian(Function<DMatrixRMaj, DMatrixRMaj> function, DMatrixRMaj theta) {
        int rows = function.apply(theta).getNumElements();
        DMatrixRMaj jacobian = new DMatrixRMaj(rows, theta.numRows);
        for (int k = 0; k < theta.numRows; k++) {
            for (int side : new int[] {-2, -1, 1, 2}) {
                DMatrixRMaj moved = theta.copy();
                moved.data[k] += side * STEP;
                DMatrixRMaj value = function.apply(moved);
                double weight = Math.abs(side) == 1 ? 8.0 : -1.0;
                for (int i = 0; i < rows; i++) {
                    jacobian.data[i * theta.numRows + k] += Math.signum(side) * weight * value.data[i] / (12 * STEP);
                }
            }
        }
        return jacobian;
    }
}
