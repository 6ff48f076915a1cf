package dev.lowland.optim.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.linalg.Norms;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Comparisons relative to the size of what is expected, by norm for matrices. */
public final class Close {

    private Close() {}

    /** |actual − expected| ≤ tolerance·|expected|. */
    public static void check(String what, double expected, double actual, double tolerance) {
        assertTrue(
                Math.abs(actual - expected) <= tolerance * Math.abs(expected),
                () -> what + ": expected " + expected + ", was " + actual);
    }

    /** ‖actual − expected‖ ≤ tolerance·‖expected‖. */
    public static void check(String what, DMatrixRMaj expected, DMatrixRMaj actual, double tolerance) {
        assertEquals(expected.numRows, actual.numRows, what);
        assertEquals(expected.numCols, actual.numCols, what);
        double error = distance(expected, actual);
        double size = Norms.two(expected);
        assertTrue(
                error <= tolerance * size,
                () -> what + ": off by " + error / size + " of its norm\nexpected " + expected + "\nwas " + actual);
    }

    /** ‖a − b‖ in the Frobenius norm. */
    public static double distance(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj difference = new DMatrixRMaj(a.numRows, a.numCols);
        CommonOps_DDRM.subtract(a, b, difference);
        return Norms.two(difference);
    }
}
