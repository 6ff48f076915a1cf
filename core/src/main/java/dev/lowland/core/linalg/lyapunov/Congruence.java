package dev.lowland.core.linalg.lyapunov;

import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.linalg.LongProduct;
import org.ejml.data.DMatrixRMaj;

/** Symmetric matrices seen in another basis. */
final class Congruence {
    private Congruence() {}

    /** VᵀQV, r × r, exactly symmetric, for V of shape P × r. */
    static DMatrixRMaj inside(DMatrixRMaj v, DMatrixRMaj q) {
        DMatrixRMaj qv = new DMatrixRMaj(v.numRows, v.numCols);
        DMatrixRMaj result = new DMatrixRMaj(v.numCols, v.numCols);
        LongProduct.multiply("covariance", MatrixForm.NN, q, v, qv);
        LongProduct.multiply("covariance", MatrixForm.TN, v, qv, result);
        symmetrise(result);
        return result;
    }

    /** VSVᵀ, P × P, exactly symmetric, for V of shape P × r. */
    static DMatrixRMaj outside(DMatrixRMaj v, DMatrixRMaj s) {
        DMatrixRMaj vs = new DMatrixRMaj(v.numRows, v.numCols);
        DMatrixRMaj result = new DMatrixRMaj(v.numRows, v.numRows);
        LongProduct.multiply("covariance", MatrixForm.NN, v, s, vs);
        LongProduct.multiply("covariance", MatrixForm.NT, vs, v, result);
        symmetrise(result);
        return result;
    }

    /** m = (m + mᵀ)/2. */
    static void symmetrise(DMatrixRMaj m) {
        int n = m.numRows;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double mean = 0.5 * (m.data[i * n + j] + m.data[j * n + i]);
                m.data[i * n + j] = mean;
                m.data[j * n + i] = mean;
            }
        }
    }
}
