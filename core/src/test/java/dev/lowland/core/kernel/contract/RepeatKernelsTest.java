package dev.lowland.core.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Repeated and offset operands bit for bit against the definition, on both twins, around every width and block. */
final class RepeatKernelsTest {
    private static final int X_OFFSET = 2;
    private static final int R_OFFSET = 3;
    private static final int OUT_OFFSET = 5;

    /** One kernel. */
    private interface Kernel {
        void apply(
                int outer,
                int n,
                int inner,
                double[] x,
                int xOffset,
                double[] r,
                int rOffset,
                double[] out,
                int outOffset);
    }

    /** A kernel and what it does with one entry. */
    private record Case(String name, Kernel kernel, DoubleBinaryOperator definition) {}

    private static List<Case> cases(KernelSet k) {
        return List.of(
                new Case("add", k::addRepeated, (x, r) -> x + r),
                new Case("multiply", k::multiplyRepeated, (x, r) -> x * r),
                new Case("subtract", k::subtractRepeated, (x, r) -> x - r),
                new Case("subtract from", k::subtractFromRepeated, (x, r) -> r - x));
    }

    static Stream<KernelSet> twins() {
        return Twins.all();
    }

    @ParameterizedTest
    @MethodSource("twins")
    void everyShape(KernelSet kernels) {
        for (Case one : cases(kernels)) {
            for (int outer : new int[] {0, 1, 3}) {
                for (int n : new int[] {0, 1, 2, 5}) {
                    for (int inner : Twins.sizes()) {
                        double[] x = Twins.withSpecials(X_OFFSET + outer * n * inner, 1);
                        double[] r = Twins.withSpecials(R_OFFSET + outer * inner, 2);
                        double[] before = Twins.gaussians(OUT_OFFSET + outer * n * inner + 9, 3);
                        double[] expected = before.clone();
                        for (int e = 0; e < outer * n * inner; e++) {
                            double repeated = r[R_OFFSET + e / (n * inner) * inner + e % inner];
                            expected[OUT_OFFSET + e] = one.definition.applyAsDouble(x[X_OFFSET + e], repeated);
                        }
                        double[] found = before.clone();
                        one.kernel.apply(outer, n, inner, x, X_OFFSET, r, R_OFFSET, found, OUT_OFFSET);
                        String label = kernels.name() + " " + one.name + " " + outer + "×" + n + "×" + inner;
                        assertSameBits(expected, found, label);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void overwriteEitherOperand(KernelSet kernels) {
        int inner = 83;
        for (Case one : cases(kernels)) {
            double[] x = Twins.gaussians(3 * inner, 1);
            double[] r = Twins.gaussians(3 * inner, 2);
            double[] expected = new double[3 * inner];
            one.kernel.apply(1, 3, inner, x, 0, r, 0, expected, 0);
            double[] overX = x.clone();
            one.kernel.apply(1, 3, inner, overX, 0, r, 0, overX, 0);
            assertSameBits(expected, overX, kernels.name() + " " + one.name + " over x");
            one.kernel.apply(1, 1, 3 * inner, x, 0, r, 0, expected, 0);
            double[] overR = r.clone();
            one.kernel.apply(1, 1, 3 * inner, x, 0, overR, 0, overR, 0);
            assertSameBits(expected, overR, kernels.name() + " " + one.name + " over r");
        }
    }

    private static void assertSameBits(double[] expected, double[] found, String label) {
        for (int e = 0; e < expected.length; e++) {
            assertEquals(Double.doubleToLongBits(expected[e]), Double.doubleToLongBits(found[e]), label + " at " + e);
        }
    }
}
