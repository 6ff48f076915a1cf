package dev.lowland.core.fixed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.kernel.contract.SumOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Loops of fixed sizes against the kernels that compute the same, bit for bit, at offsets and in place. */
class FixedCodeTest {

    private static final int MARGIN = 3;
    private static final BufferLoop NOTHING = buffers -> {};

    private static Stream<KernelSet> twins() {
        return Stream.concat(Stream.of(Kernels.scalar()), Kernels.vector().stream());
    }

    private static double[] numbers(Random random, int count) {
        double[] special = {0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, 1e-320, -1e300};
        double[] numbers = new double[count];
        Arrays.setAll(
                numbers,
                i -> random.nextInt(40) == 0 ? special[random.nextInt(special.length)] : random.nextGaussian());
        return numbers;
    }

    private static void assertSameBits(double[] expected, double[] actual, String what) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(
                    Double.doubleToLongBits(expected[i]), Double.doubleToLongBits(actual[i]), what + ", entry " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void productsHaveTheBitsOfTheKernel(KernelSet kernels) {
        Random random = new Random(1);
        int[] sizes = {1, 2, 3, 4, 5, 7, 8, 9, 12, 16, 17, 20, 31, 33, 40};
        int written = 0;
        for (int trial = 0; trial < 700; trial++) {
            MatrixForm form = MatrixForm.values()[random.nextInt(MatrixForm.values().length)];
            boolean add = random.nextBoolean();
            int rows = sizes[random.nextInt(sizes.length)];
            int columns = sizes[random.nextInt(sizes.length)];
            int inner = sizes[random.nextInt(sizes.length)];
            if (SumOrder.isPartial(form, rows, columns, inner)) {
                continue;
            }
            int a = random.nextInt(MARGIN);
            int b = random.nextInt(MARGIN);
            int c = random.nextInt(MARGIN);
            FixedProduct product =
                    new FixedProduct(form.leftTransposed(), form.rightTransposed(), add, rows, columns, inner, a, b, c);
            double[] left = numbers(random, rows * inner + MARGIN);
            double[] right = numbers(random, inner * columns + MARGIN);
            double[] given = numbers(random, rows * columns + MARGIN);
            double[] expected = given.clone();
            Kernels.scalar().multiply(form, add, rows, columns, inner, left, a, right, b, expected, c);
            boolean[] called = new boolean[1];
            FixedCode code = FixedCode.empty();
            code.add(product, buffers -> called[0] = true, 0, 1, 2);
            kernels.compile(code).run(new double[][] {left, right, given});
            if (called[0]) {
                continue;
            }
            written++;
            String what = form + (add ? " added, " : ", ") + rows + "×" + columns + " over " + inner;
            assertSameBits(expected, given, what);
        }
        assertTrue(written > 150, "only " + written + " of 700 were written down");
    }

    @ParameterizedTest
    @MethodSource("twins")
    void pairsHaveTheBitsOfTheirOperations(KernelSet kernels) {
        Random random = new Random(2);
        for (FixedPair.Kind kind : FixedPair.Kind.values()) {
            for (int[] shape : new int[][] {
                {1, 1, 1}, {1, 1, 20}, {5, 1, 7}, {1, 8, 20}, {1, 8, 1}, {1, 13, 1}, {1, 3, 5}, {1, 64, 1}, {1, 50, 40}
            }) {
                for (boolean inPlace : new boolean[] {false, true}) {
                    check(kernels, random, kind, shape[0], shape[1], shape[2], inPlace);
                }
            }
        }
    }

    private static void check(
            KernelSet kernels, Random random, FixedPair.Kind kind, int outer, int n, int inner, boolean inPlace) {
        boolean xFirst = random.nextBoolean();
        int xAt = random.nextInt(MARGIN);
        int rAt = random.nextInt(MARGIN);
        int to = inPlace ? xAt : random.nextInt(MARGIN);
        double[] x = numbers(random, outer * n * inner + MARGIN);
        double[] r = numbers(random, outer * inner + MARGIN);
        double[] out = inPlace ? x : numbers(random, x.length);
        double[] expected = out.clone();
        for (int o = 0; o < outer; o++) {
            for (int k = 0; k < n; k++) {
                for (int i = 0; i < inner; i++) {
                    int e = (o * n + k) * inner + i;
                    double left = x[xAt + e];
                    double right = r[rAt + o * inner + i];
                    expected[to + e] = switch (kind) {
                        case ADD -> left + right;
                        case SUBTRACT -> left - right;
                        case SUBTRACT_FROM -> right - left;
                        case MULTIPLY -> left * right;
                    };
                }
            }
        }
        FixedCode code = FixedCode.empty();
        boolean[] called = new boolean[1];
        FixedPair pair = new FixedPair(kind, xFirst, outer, n, inner, xAt, rAt, to);
        code.add(pair, buffers -> called[0] = true, xFirst ? 0 : 1, xFirst ? 1 : 0, 2);
        kernels.compile(code).run(new double[][] {x, r, out});
        if (called[0]) {
            assertTrue((n == 1 || inner == 1 ? outer * n * inner : inner) > 16, "a row of " + inner);
            return;
        }
        assertSameBits(expected, out, kind + " of " + outer + ", " + n + ", " + inner + (inPlace ? " in place" : ""));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void multiplesAndSumsHaveTheBitsOfTheKernels(KernelSet kernels) {
        Random random = new Random(3);
        for (int n : new int[] {1, 2, 7, 8, 9, 20, 33, 100}) {
            for (boolean add : new boolean[] {false, true}) {
                double[] x = numbers(random, n + MARGIN);
                double[] out = numbers(random, n + MARGIN);
                double[] expected = out.clone();
                for (int i = 0; i < n; i++) {
                    double term = -0.3 * x[1 + i];
                    expected[2 + i] = add ? expected[2 + i] + term : term;
                }
                FixedCode code = FixedCode.empty();
                boolean[] called = new boolean[1];
                code.add(new FixedScale(add, n, -0.3, 1, 2), buffers -> called[0] = true, 0, 1);
                kernels.compile(code).run(new double[][] {x, out});
                if (called[0]) {
                    assertTrue(n > 16, n + " numbers");
                    continue;
                }
                assertSameBits(expected, out, n + " multiples" + (add ? " added" : ""));
            }
        }
        for (int[] shape :
                new int[][] {{1, 1}, {5, 1}, {8, 1}, {19, 1}, {32, 1}, {1, 20}, {8, 20}, {3, 5}, {300, 33}}) {
            double[] x = numbers(random, shape[0] * shape[1]);
            double[] expected = new double[shape[1]];
            Kernels.scalar().sumMiddle(1, shape[0], shape[1], x, expected);
            double[] out = new double[shape[1]];
            FixedCode code = FixedCode.empty();
            boolean[] called = new boolean[1];
            code.add(new FixedSum(shape[0], shape[1]), buffers -> called[0] = true, 0, 1);
            kernels.compile(code).run(new double[][] {x, out});
            if (called[0]) {
                assertTrue(shape[1] > 8, shape[1] + " numbers in a row");
                continue;
            }
            assertSameBits(expected, out, "sum of " + shape[0] + "×" + shape[1]);
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void piecesRunInTheirOrder(KernelSet kernels) {
        FixedCode code = FixedCode.empty();
        code.add(buffers -> buffers[0][0] = 3);
        code.add(new FixedScale(false, 1, 2, 0, 0), buffers -> buffers[1][0] += 1, NOTHING, 0, 1);
        code.add(new FixedScale(false, 1_000_000, 2, 0, 0), NOTHING, buffers -> buffers[1][0] *= 10, 0, 1);
        double[][] buffers = {new double[1], new double[1]};
        kernels.compile(code).run(buffers);
        assertEquals(70, buffers[1][0]);
    }

    @Test
    void refusesWhatDoesNotFit() {
        FixedCode code = FixedCode.empty();
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> code.add(new FixedSum(2, 2), NOTHING, 0, 1, 2));
        assertEquals("fixed code: the number of buffers is 3, must be 2", e.getMessage());
        Exception width = assertThrows(IllegalArgumentException.class, () -> code.compile(3));
        assertEquals("fixed code: width is 3, must be 1, 2, 4 or 8", width.getMessage());
    }
}
