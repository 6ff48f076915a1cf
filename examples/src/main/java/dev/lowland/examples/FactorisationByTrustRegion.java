package dev.lowland.examples;

import dev.lowland.autodiff.function.ScalarFunction;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import org.ejml.data.DMatrixRMaj;

/**
 * The best approximation of a matrix by one of lower rank, as a product UVᵀ, by DDogleg's trust region with products
 * with the Hessian from here. The minimum is half the sum of the squares of the singular values that are left out (C.
 * Eckart, G. Young, 1936).
 */
public final class FactorisationByTrustRegion {

    static final int RANK = 2;

    private FactorisationByTrustRegion() {}

    /** A matrix of random numbers, 7 × 5. */
    static DMatrixRMaj matrix() {
        DMatrixRMaj a = new DMatrixRMaj(7, 5);
        RandomStream.of(1, 0, Purpose.DATA).fillGaussian(0, a.data.length, a.data, 0, 1);
        return a;
    }

    /** ½‖A − UVᵀ‖² at the U and V that were found. */
    static double smallestValue() {
        DMatrixRMaj a = matrix();
        ScalarFunction f = Functions.factorisation(a, RANK);
        return f.value(new ProductTrustRegion(f, 1e-9).minimise(start(f), 200));
    }

    /** Random U above random V. */
    static DMatrixRMaj start(ScalarFunction f) {
        DMatrixRMaj start = new DMatrixRMaj(f.rows(), f.columns());
        RandomStream.of(2, 0, Purpose.DATA).fillGaussian(0, start.data.length, start.data, 0, 1);
        return start;
    }

    /**
     * Prints the value.
     *
     * @param arguments not looked at
     */
    public static void main(String[] arguments) {
        System.out.println("half the squared distance: " + smallestValue());
    }
}
