package dev.lowland.core.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Laned products bit for bit against the sum in the order of {@link SumOrder}, which every lane of both twins follows.
 */
final class LaneKernelsTest {
    private static final int A_OFFSET = 2;
    private static final int B_OFFSET = 3;
    private static final int C_OFFSET = 5;

    static Stream<KernelSet> twins() {
        return Twins.all();
    }

    @ParameterizedTest
    @MethodSource("twins")
    void everySharingFormAndShape(KernelSet kernels) {
        int[][] shapes = {
            {1, 1, 1}, {1, 1, 20}, {1, 20, 10}, {20, 1, 3}, {3, 5, 0}, {4, 4, 4}, {7, 6, 2}, {5, 9, 1}, {11, 9, 3}
        };
        everyKind(kernels, shapes, 1, 2, 3, 4, 7, 8, 9, 16, 31, 64, 67);
    }

    @ParameterizedTest
    @MethodSource("twins")
    void longSums(KernelSet kernels) {
        int[][] shapes = {
            {1, 5, 31},
            {1, 5, 32},
            {2, 5, 39},
            {4, 4, 40},
            {5, 3, 41},
            {3, 2, 193},
            {6, 5, 193},
            {5, 6, 257},
            {1, 4, 321}
        };
        everyKind(kernels, shapes, 1, 3, 8, 19, 32);
    }

    private static void everyKind(KernelSet kernels, int[][] shapes, int... counts) {
        for (int[] shape : shapes) {
            for (int lanes : counts) {
                for (MatrixForm form : MatrixForm.values()) {
                    for (int kind = 0; kind < 8; kind++) {
                        check(kernels, form, (kind & 1) != 0, shape, lanes, (kind & 2) != 0, (kind & 4) != 0);
                    }
                }
            }
        }
    }

    private static void check(
            KernelSet kernels, MatrixForm form, boolean add, int[] shape, int lanes, boolean aShared, boolean bShared) {
        int rows = shape[0];
        int columns = shape[1];
        int inner = shape[2];
        int aEntry = aShared ? 1 : lanes;
        int bEntry = bShared ? 1 : lanes;
        double[] a = Twins.gaussians(A_OFFSET + rows * inner * aEntry, 1);
        double[] b = Twins.gaussians(B_OFFSET + inner * columns * bEntry, 2);
        double[] before = Twins.gaussians(C_OFFSET + rows * columns * lanes + 9, 3);
        double[] expected = before.clone();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                for (int l = 0; l < lanes; l++) {
                    double[] xs = new double[inner];
                    double[] ys = new double[inner];
                    for (int k = 0; k < inner; k++) {
                        int x = form.leftTransposed() ? k * rows + i : i * inner + k;
                        int y = form.rightTransposed() ? j * inner + k : k * columns + j;
                        xs[k] = a[A_OFFSET + x * aEntry + (aShared ? 0 : l)];
                        ys[k] = b[B_OFFSET + y * bEntry + (bShared ? 0 : l)];
                    }
                    int e = C_OFFSET + (i * columns + j) * lanes + l;
                    expected[e] = OrderedSum.of(form, add, rows, columns, xs, ys, before[e]);
                }
            }
        }
        double[] found = before.clone();
        kernels.multiplyLanes(
                form, add, rows, columns, inner, lanes, a, A_OFFSET, aShared, b, B_OFFSET, bShared, found, C_OFFSET);
        for (int e = 0; e < found.length; e++) {
            int at = e;
            assertEquals(
                    expected[e],
                    found[e],
                    () -> kernels.name() + " " + form + " " + rows + "×" + columns + "×" + inner + " lanes " + lanes
                            + (add ? " add" : " set") + (aShared ? " a shared" : "") + (bShared ? " b shared" : "")
                            + " at " + at);
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void sumsStartFromPlusZero(KernelSet kernels) {
        int lanes = 27;
        for (int inner : new int[] {1, 3}) {
            for (boolean shared : new boolean[] {false, true}) {
                double[] a = new double[5 * inner * lanes];
                java.util.Arrays.fill(a, -0.0);
                double[] b = new double[inner * 6 * (shared ? 1 : lanes)];
                java.util.Arrays.fill(b, 1);
                double[] c = new double[5 * 6 * lanes];
                java.util.Arrays.fill(c, -1);
                kernels.multiplyLanes(MatrixForm.NN, false, 5, 6, inner, lanes, a, 0, false, b, 0, shared, c, 0);
                for (double entry : c) {
                    assertEquals(0L, Double.doubleToRawLongBits(entry), kernels.name());
                }
            }
        }
    }

    /** With one lane this is the product of a single run. */
    @ParameterizedTest
    @MethodSource("twins")
    void oneLaneHasTheBitsOfTheSingleProduct(KernelSet kernels) {
        for (MatrixForm form : MatrixForm.values()) {
            double[] a = Twins.gaussians(9 * 30, 1);
            double[] b = Twins.gaussians(30 * 13, 2);
            double[] single = new double[9 * 13];
            double[] laned = new double[9 * 13];
            kernels.multiply(form, false, 9, 13, 30, a, 0, b, 0, single, 0);
            kernels.multiplyLanes(form, false, 9, 13, 30, 1, a, 0, false, b, 0, false, laned, 0);
            for (int e = 0; e < single.length; e++) {
                assertEquals(single[e], laned[e]);
            }
        }
    }
}
