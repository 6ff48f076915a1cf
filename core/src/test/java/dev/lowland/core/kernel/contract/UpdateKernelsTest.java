package dev.lowland.core.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Updates bit for bit against their formulas with every operation rounded. */
final class UpdateKernelsTest {
    static Stream<KernelSet> twins() {
        return Twins.all();
    }

    @ParameterizedTest
    @MethodSource("twins")
    void axpy(KernelSet kernels) {
        for (int n : Twins.sizes()) {
            double[] x = Twins.gaussians(n + 4, 1);
            double[] y = Twins.gaussians(n + 9, 2);
            double[] expected = y.clone();
            for (int i = 0; i < n; i++) {
                double product = -0.37 * x[3 + i];
                expected[5 + i] = expected[5 + i] + product;
            }
            kernels.axpy(n, -0.37, x, 3, y, 5);
            assertArrayEquals(expected, y);
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void sgdStep(KernelSet kernels) {
        for (int n : Twins.sizes()) {
            double[] gradient = Twins.gaussians(n, 1);
            double[] parameters = Twins.gaussians(n + 3, 2);
            double[] expected = parameters.clone();
            for (int i = 0; i < n; i++) {
                double change = 0.1 * gradient[i];
                expected[i] = expected[i] - change;
            }
            kernels.sgdStep(n, 0.1, gradient, parameters);
            assertArrayEquals(expected, parameters);
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void heavyBallStep(KernelSet kernels) {
        for (int n : Twins.sizes()) {
            double[] gradient = Twins.gaussians(n, 1);
            double[] velocity = Twins.gaussians(n + 3, 2);
            double[] parameters = Twins.gaussians(n + 3, 3);
            double[] expectedVelocity = velocity.clone();
            double[] expected = parameters.clone();
            for (int i = 0; i < n; i++) {
                double kept = 0.9 * velocity[i];
                double change = 0.1 * gradient[i];
                expectedVelocity[i] = kept - change;
                expected[i] = expected[i] + expectedVelocity[i];
            }
            kernels.heavyBallStep(n, 0.1, 0.9, gradient, velocity, parameters);
            assertArrayEquals(expectedVelocity, velocity);
            assertArrayEquals(expected, parameters);
        }
    }
}
