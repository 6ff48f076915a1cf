package dev.lowland.theory.experiment;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.Norms;
import dev.lowland.core.linalg.SymmetricEigen;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The few dense operations that claims need. Nothing is modified; every result is new. Shapes that do not fit are
 * refused. Stateless and thread-safe.
 */
public final class Dense {

    private Dense() {}

    /** ⟨a, b⟩ of two vectors. */
    public static double dot(DMatrixRMaj a, DMatrixRMaj b) {
        Checks.notNull("dot product", "a", a);
        Checks.shape("dot product", "a", a, a.numRows, 1);
        Checks.shape("dot product", "b", b, a.numRows, 1);
        return CommonOps_DDRM.dot(a, b);
    }

    /** √(Σ a_ij²): the length of a vector, the Frobenius norm of a matrix. NaN if an entry is. */
    public static double norm(DMatrixRMaj a) {
        Checks.notNull("two-norm", "a", a);
        return Norms.scaled(a);
    }

    /** a − b. */
    public static DMatrixRMaj minus(DMatrixRMaj a, DMatrixRMaj b) {
        Checks.notNull("difference of matrices", "a", a);
        Checks.shape("difference of matrices", "b", b, a.numRows, a.numCols);
        return CommonOps_DDRM.subtract(a, b, null);
    }

    /** factor · a. */
    public static DMatrixRMaj scaled(double factor, DMatrixRMaj a) {
        Checks.notNull("scale a matrix", "a", a);
        DMatrixRMaj out = a.copy();
        CommonOps_DDRM.scale(factor, out);
        return out;
    }

    /** a / ‖a‖. */
    public static DMatrixRMaj unit(DMatrixRMaj a) {
        double norm = norm(a);
        if (norm == 0) {
            throw Checks.error("unit vector", "the norm of a", "0", "above 0");
        }
        return scaled(1 / norm, a);
    }

    /** a b. */
    public static DMatrixRMaj times(DMatrixRMaj a, DMatrixRMaj b) {
        Checks.notNull("product of matrices", "a", a);
        Checks.rows("product of matrices", "b", b, a.numCols);
        return CommonOps_DDRM.mult(a, b, null);
    }

    /** Column j of a, from 0. */
    public static DMatrixRMaj column(DMatrixRMaj a, int j) {
        Checks.notNull("column of a matrix", "a", a);
        Checks.index("column of a matrix", "j", j, a.numCols);
        return CommonOps_DDRM.extractColumn(a, j, null);
    }

    /** vᵀ A v. */
    public static double form(DMatrixRMaj a, DMatrixRMaj v) {
        Checks.square("quadratic form", "a", a);
        Checks.shape("quadratic form", "v", v, a.numRows, 1);
        return dot(v, times(a, v));
    }

    /** tr a. */
    public static double trace(DMatrixRMaj a) {
        Checks.notNull("trace of a matrix", "a", a);
        return CommonOps_DDRM.trace(a);
    }

    /** V diag(values) Vᵀ with the eigenvectors of a decomposition. */
    public static DMatrixRMaj withSpectrum(SymmetricEigen eigen, double[] values) {
        Checks.notNull("matrix with a spectrum", "eigen", eigen);
        return CommonOps_DDRM.multTransB(columnsScaled(eigen.vectors(), values), eigen.vectors(), null);
    }

    /** The matrix whose column j is values[j] times column j of a. */
    public static DMatrixRMaj columnsScaled(DMatrixRMaj a, double[] values) {
        Checks.notNull("scale columns", "a", a);
        Checks.length("scale columns", "values", Checks.notNull("scale columns", "values", values).length, a.numCols);
        DMatrixRMaj out = a.copy();
        for (int i = 0; i < out.numRows; i++) {
            for (int j = 0; j < out.numCols; j++) {
                out.data[i * out.numCols + j] *= values[j];
            }
        }
        return out;
    }

    /** The entries as an array of exactly their number. */
    public static double[] array(DMatrixRMaj a) {
        Checks.notNull("numbers of a matrix", "a", a);
        double[] out = new double[a.getNumElements()];
        System.arraycopy(a.data, 0, out, 0, out.length);
        return out;
    }
}
