package dev.lowland.examples;

import dev.lowland.autodiff.function.ScalarFunction;
import org.ddogleg.optimization.functions.FunctionNtoN;
import org.ddogleg.optimization.functions.FunctionNtoS;
import org.ejml.data.DMatrixRMaj;

/** A function and its gradient as DDogleg wants them: of arrays, which are the entries of the matrix row by row. */
final class DDogleg {
    private DDogleg() {}

    static FunctionNtoS value(ScalarFunction f) {
        return new FunctionNtoS() {
            @Override
            public int getNumOfInputsN() {
                return f.size();
            }

            @Override
            public double process(double[] x) {
                return f.value(matrix(f, x));
            }
        };
    }

    static FunctionNtoN gradient(ScalarFunction f) {
        return new FunctionNtoN() {
            @Override
            public int getN() {
                return f.size();
            }

            @Override
            public void process(double[] x, double[] out) {
                f.gradient(matrix(f, x), matrix(f, out));
            }
        };
    }

    /** The array itself, looked at as x. */
    static DMatrixRMaj matrix(ScalarFunction f, double[] entries) {
        return DMatrixRMaj.wrap(f.rows(), f.columns(), entries);
    }
}
