package dev.lowland.core.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.kernel.Kernels;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Products against sums of twice the precision, and bit for bit against the sum in the order of {@link SumOrder}, entry
 * by entry.
 */
@Tag("slow")
final class MatrixKernelsTest {
    private static final int A_OFFSET = 3;
    private static final int B_OFFSET = 5;
    private static final int C_OFFSET = 7;
    private static final double UNIT = 0x1p-53;

    static Stream<KernelSet> twins() {
        return Twins.all();
    }

    @ParameterizedTest
    @MethodSource("twins")
    void smallShapesInEveryForm(KernelSet kernels) {
        for (int rows = 1; rows <= 19; rows += 2) {
            for (int columns = 1; columns <= 19; columns++) {
                for (int inner : new int[] {0, 1, 2, 5, 13}) {
                    checkForms(kernels, rows, columns, inner);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void squareShapes(KernelSet kernels) {
        for (int n = 1; n <= 67; n++) {
            checkForms(kernels, n, n, n);
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void shapesOnBothSidesOfEveryBlock(KernelSet kernels) {
        int[][] shapes = {
            {128, 128, 128},
            {1, 255, 255},
            {255, 1, 255},
            {255, 255, 1},
            {8, 16, 1024},
            {9, 17, 257},
            {168, 65, 256},
            {171, 49, 513},
            {340, 33, 7},
            {4, 1024, 4},
            {1024, 8, 4},
            {32, 128, 784},
            {5, 8, 52},
            {1, 75, 67},
            {2, 33, 40},
            {3, 100, 9},
            {3, 5, 100},
            {75, 1, 67},
            {33, 2, 40},
            {100, 3, 9},
            {64, 7, 50},
            {37, 127, 129},
            {8, 16, 192},
            {16, 16, 193},
            {256, 17, 5},
            {257, 16, 6},
            {265, 24, 130},
            {64, 64, 64},
            {65, 65, 64},
            {9, 32, 129},
            {86, 48, 48},
            {86, 49, 48},
            {15, 23, 200},
            {16, 24, 200},
            {17, 25, 320},
            {1, 31, 90},
            {3, 32, 33},
            {5, 300, 1},
            {300, 5, 1},
            {70, 80, 1},
            {1, 40, 31},
            {1, 40, 32},
            {3, 41, 39},
            {4, 41, 39},
            {40, 2, 321},
            {2, 70, 385},
            {70, 1, 386},
            {12, 17, 321}
        };
        for (int[] shape : shapes) {
            checkForms(kernels, shape[0], shape[1], shape[2]);
        }
    }

    /** Small whole numbers have exact products and sums, so that a wrong or missing term shows wherever it is. */
    @ParameterizedTest
    @MethodSource("twins")
    void wholeNumbersAreExact(KernelSet kernels) {
        for (int rows : new int[] {1, 2, 3, 4, 7, 8, 9, 15, 16, 21}) {
            for (int columns = 1; columns <= 50; columns++) {
                for (int inner : new int[] {1, 7, 8, 9, 15, 31, 33, 195}) {
                    for (MatrixForm form : MatrixForm.values()) {
                        checkExact(kernels, form, false, rows, columns, inner);
                        checkExact(kernels, form, true, rows, columns, inner);
                    }
                }
            }
        }
    }

    private static void checkExact(KernelSet kernels, MatrixForm form, boolean add, int rows, int columns, int inner) {
        double[] a = wholeNumbers(A_OFFSET + rows * inner, 17);
        double[] b = wholeNumbers(B_OFFSET + inner * columns, 23);
        double[] c = wholeNumbers(C_OFFSET + rows * columns + 9, 29);
        double[] expected = c.clone();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double sum = 0;
                for (int k = 0; k < inner; k++) {
                    sum += a[A_OFFSET + (form.leftTransposed() ? k * rows + i : i * inner + k)]
                            * b[B_OFFSET + (form.rightTransposed() ? j * inner + k : k * columns + j)];
                }
                int e = C_OFFSET + i * columns + j;
                expected[e] = add ? expected[e] + sum : sum;
            }
        }
        kernels.multiply(form, add, rows, columns, inner, a, A_OFFSET, b, B_OFFSET, c, C_OFFSET);
        assertArrayEquals(
                expected,
                c,
                () -> kernels.name() + " " + form + (add ? " add " : " set ") + rows + "×" + columns + "×" + inner);
    }

    private static double[] wholeNumbers(int n, int period) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = (i * 7 + i / period) % period - period / 2;
        }
        return x;
    }

    private static void checkForms(KernelSet kernels, int rows, int columns, int inner) {
        for (MatrixForm form : MatrixForm.values()) {
            check(kernels, form, false, rows, columns, inner);
            check(kernels, form, true, rows, columns, inner);
        }
    }

    /**
     * Both sides of an operand that is not a number, and of an infinite one, next to the last panel's common columns.
     */
    @ParameterizedTest
    @MethodSource("twins")
    void notANumberStaysInItsRowAndColumn(KernelSet kernels) {
        int inner = 40;
        for (int rows : new int[] {8, 9, 20}) {
            for (int columns : new int[] {8, 11, 16, 20, 27, 32}) {
                for (MatrixForm form : MatrixForm.values()) {
                    double[] a = Twins.gaussians(rows * inner, 7);
                    double[] b = Twins.gaussians(inner * columns, 8);
                    int row = rows - 2;
                    int column = columns - 3;
                    a[form.leftTransposed() ? 3 * rows + row : row * inner + 3] = Double.NaN;
                    b[form.rightTransposed() ? column * inner + 5 : 5 * columns + column] = Double.POSITIVE_INFINITY;
                    double[] c = new double[rows * columns];
                    kernels.multiply(form, false, rows, columns, inner, a, 0, b, 0, c, 0);
                    for (int i = 0; i < rows; i++) {
                        for (int j = 0; j < columns; j++) {
                            String what = kernels.name() + " " + form + " " + rows + "×" + columns;
                            double entry = c[i * columns + j];
                            assertEquals(i == row, Double.isNaN(entry), what);
                            assertEquals(i != row && j == column, Double.isInfinite(entry), what);
                        }
                    }
                }
            }
        }
    }

    private static void check(KernelSet kernels, MatrixForm form, boolean add, int rows, int columns, int inner) {
        double[] a = Twins.gaussians(A_OFFSET + rows * inner + 2, 1);
        double[] b = Twins.gaussians(B_OFFSET + inner * columns + 2, 2);
        double[] before = Twins.gaussians(C_OFFSET + rows * columns + 9, 3);
        double[] c = before.clone();
        kernels.multiply(form, add, rows, columns, inner, a, A_OFFSET, b, B_OFFSET, c, C_OFFSET);
        String what = kernels.name() + " " + form + (add ? " add " : " set ") + rows + "×" + columns + "×" + inner;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                int e = C_OFFSET + i * columns + j;
                double sum = add ? before[e] : 0;
                double lost = 0;
                double size = Math.abs(sum);
                double[] xs = new double[inner];
                double[] ys = new double[inner];
                for (int k = 0; k < inner; k++) {
                    double x = a[A_OFFSET + (form.leftTransposed() ? k * rows + i : i * inner + k)];
                    double y = b[B_OFFSET + (form.rightTransposed() ? j * inner + k : k * columns + j)];
                    xs[k] = x;
                    ys[k] = y;
                    double product = x * y;
                    double next = sum + product;
                    double part = next - sum;
                    lost += (sum - (next - part)) + (product - part) + Math.fma(x, y, -product);
                    sum = next;
                    size += Math.abs(product);
                }
                assertEquals(sum + lost, c[e], (inner + 2) * UNIT * size, () -> what + " at " + e);
                double ordered = OrderedSum.of(form, add, rows, columns, xs, ys, before[e]);
                assertEquals(ordered, c[e], () -> what + " in its order at " + e);
            }
        }
        for (int e = 0; e < c.length; e++) {
            if (e < C_OFFSET || e >= C_OFFSET + rows * columns) {
                assertEquals(before[e], c[e], what + " outside C");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void emptyProductIsPlusZero(KernelSet kernels) {
        double[] c = {-0.0, 5, Double.NaN, -1};
        kernels.multiply(MatrixForm.NN, false, 2, 2, 0, new double[0], 0, new double[0], 0, c, 0);
        for (double entry : c) {
            assertEquals(0L, Double.doubleToRawLongBits(entry));
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void sumsStartFromPlusZero(KernelSet kernels) {
        int n = 24;
        double[] a = new double[n * n];
        double[] b = new double[n * n];
        java.util.Arrays.fill(a, -0.0);
        java.util.Arrays.fill(b, 1.0);
        double[] c = new double[n * n];
        java.util.Arrays.fill(c, -0.0);
        kernels.multiply(MatrixForm.NN, false, n, n, n, a, 0, b, 0, c, 0);
        for (double entry : c) {
            assertEquals(0L, Double.doubleToRawLongBits(entry), kernels.name());
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void nothingHidesNotANumberOrInfinity(KernelSet kernels) {
        for (int n : new int[] {1, 3, 8, 21, 40}) {
            for (MatrixForm form : MatrixForm.values()) {
                double[] a = Twins.gaussians(n * n, 4);
                double[] b = new double[n * n];
                a[n * n - 1] = Double.NaN;
                double[] c = new double[n * n];
                kernels.multiply(form, false, n, n, n, a, 0, b, 0, c, 0);
                for (int j = 0; j < n; j++) {
                    assertTrue(Double.isNaN(c[(n - 1) * n + j]), kernels.name() + " NaN·0 in " + form);
                }
                a[n * n - 1] = Double.POSITIVE_INFINITY;
                java.util.Arrays.fill(b, 1);
                kernels.multiply(form, false, n, n, n, a, 0, b, 0, c, 0);
                assertEquals(Double.POSITIVE_INFINITY, c[n * n - 1], kernels.name() + " ∞ in " + form);
            }
        }
    }

    /** What is not finite, what is tiny, and zeros of either sign. */
    @ParameterizedTest
    @MethodSource("twins")
    void specialNumbersHaveTheBitsOfTheScalarTwin(KernelSet kernels) {
        int[][] shapes = {
            {1, 1, 1}, {5, 9, 1}, {40, 1, 1}, {3, 40, 2}, {9, 17, 3}, {1, 20, 40}, {33, 34, 5}, {8, 16, 194}
        };
        for (int[] shape : shapes) {
            for (MatrixForm form : MatrixForm.values()) {
                for (int add = 0; add < 2; add++) {
                    double[] a = Twins.withSpecials(shape[0] * shape[2], 4);
                    double[] b = Twins.withSpecials(shape[2] * shape[1], 5);
                    double[] c = Twins.withSpecials(shape[0] * shape[1], 6);
                    double[] expected = c.clone();
                    kernels.multiply(form, add == 1, shape[0], shape[1], shape[2], a, 0, b, 0, c, 0);
                    Kernels.scalar().multiply(form, add == 1, shape[0], shape[1], shape[2], a, 0, b, 0, expected, 0);
                    assertArrayEquals(expected, c, kernels.name() + " " + form + java.util.Arrays.toString(shape));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void repeatsItsBits(KernelSet kernels) {
        double[] a = Twins.gaussians(90 * 300, 5);
        double[] b = Twins.gaussians(300 * 70, 6);
        double[] first = new double[90 * 70];
        double[] second = new double[90 * 70];
        kernels.multiply(MatrixForm.NN, false, 90, 70, 300, a, 0, b, 0, first, 0);
        kernels.multiply(MatrixForm.TT, false, 70, 90, 300, b, 0, a, 0, new double[90 * 70], 0);
        kernels.multiply(MatrixForm.NN, false, 90, 70, 300, a, 0, b, 0, second, 0);
        for (int e = 0; e < first.length; e++) {
            assertEquals(first[e], second[e]);
        }
    }
}
