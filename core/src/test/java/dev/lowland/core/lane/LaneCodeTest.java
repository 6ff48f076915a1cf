package dev.lowland.core.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both notations against Java's own arithmetic, bit for bit. */
class LaneCodeTest {

    private static Stream<KernelSet> twins() {
        return Stream.concat(Stream.of(Kernels.scalar()), Kernels.vector().stream());
    }

    @ParameterizedTest
    @MethodSource("twins")
    void everyOperationHasItsBits(KernelSet kernels) {
        double[] numbers = {0.0, -0.0, 1.5, -2.75, 1e-320, -1e300, Double.NaN, Double.POSITIVE_INFINITY, 3, 0x1p-1074};
        int lanes = numbers.length * numbers.length;
        LaneCode code = LaneCode.of(lanes, 2);
        int x = code.load(0, 0);
        int y = code.load(0, 1);
        int[] values = {
            code.add(x, y),
            code.subtract(x, y),
            code.multiply(x, y),
            code.divide(x, y),
            code.sqrt(x),
            code.abs(x),
            code.add(x, code.constant(-0.0)),
            code.subtract(code.constant(1), x),
            code.fma(x, y, code.constant(-1e-320)),
            code.fma(y, code.constant(3), x),
            code.fma(code.constant(0x1p-1074), code.constant(0.3), code.constant(-0.0))
        };
        for (int e = 0; e < values.length; e++) {
            code.store(1, e, values[e]);
        }
        double[] in = new double[2 * lanes];
        for (int l = 0; l < lanes; l++) {
            in[l] = numbers[l / numbers.length];
            in[lanes + l] = numbers[l % numbers.length];
        }
        double[] out = new double[values.length * lanes];
        kernels.compile(code).run(new double[][] {in, out}, new int[2]);
        for (int l = 0; l < lanes; l++) {
            double a = in[l];
            double b = in[lanes + l];
            double[] expected = {
                a + b,
                a - b,
                a * b,
                a / b,
                Math.sqrt(a),
                Math.abs(a),
                a + -0.0,
                1 - a,
                Math.fma(a, b, -1e-320),
                Math.fma(b, 3, a),
                0.0
            };
            for (int e = 0; e < expected.length; e++) {
                assertSame(expected[e], out[e * lanes + l], "value " + e + " of " + a + ", " + b);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 16, 19, 64})
    void randomCodeOnAnyNumberOfLanes(int lanes) {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            LaneCode code = LaneCode.of(lanes, 3);
            List<Integer> values = new ArrayList<>();
            for (int e = 0; e < 5; e++) {
                values.add(code.load(e % 2, e));
            }
            values.add(code.constant(random.nextGaussian()));
            for (int i = 0; i < 60; i++) {
                int x = values.get(random.nextInt(values.size()));
                int y = values.get(random.nextInt(values.size()));
                int z = values.get(random.nextInt(values.size()));
                values.add(
                        switch (random.nextInt(3)) {
                            case 0 -> code.multiply(x, y);
                            case 1 -> code.subtract(x, y);
                            default -> code.fma(x, y, z);
                        });
            }
            for (int e = 0; e < 5; e++) {
                code.store(e % 2 == 0 ? 0 : 2, e, values.get(values.size() - 1 - e));
            }
            double[][] arrays = new double[3][];
            Arrays.setAll(arrays, i -> random.doubles(5L * lanes + 11).toArray());
            int[] offsets = {3, 11, 0};
            double[][] expected = run(code, 1, arrays, offsets);
            for (KernelSet kernels : (Iterable<KernelSet>) twins()::iterator) {
                double[][] actual = copy(arrays);
                kernels.compile(code).run(actual, offsets);
                for (int i = 0; i < 3; i++) {
                    for (int e = 0; e < actual[i].length; e++) {
                        assertSame(expected[i][e], actual[i][e], kernels.name() + " seed " + seed + " array " + i);
                    }
                }
            }
        }
    }

    @Test
    void readsBeforeItWrites() {
        LaneCode code = LaneCode.of(4, 1);
        int x = code.load(0, 0);
        int y = code.load(0, 1);
        code.store(0, 0, y);
        code.store(0, 1, x);
        double[] array = {1, 2, 3, 4, 5, 6, 7, 8};
        code.compile(1).run(new double[][] {array}, new int[1]);
        assertEquals("[5.0, 6.0, 7.0, 8.0, 1.0, 2.0, 3.0, 4.0]", Arrays.toString(array));
    }

    @Test
    void aConstantCanBeStored() {
        LaneCode code = LaneCode.of(11, 1);
        code.store(0, 0, code.constant(-0.0));
        code.store(0, 2, code.multiply(code.constant(2), code.constant(1.5)));
        for (KernelSet kernels : (Iterable<KernelSet>) twins()::iterator) {
            double[] array = new double[33];
            Arrays.fill(array, 7);
            kernels.compile(code).run(new double[][] {array}, new int[1]);
            for (int l = 0; l < 11; l++) {
                assertSame(-0.0, array[l], kernels.name());
                assertSame(7, array[11 + l], kernels.name());
                assertSame(3, array[22 + l], kernels.name());
            }
        }
    }

    @Test
    void equalValuesAreOneAndWhatNobodyNeedsIsLeftOut() {
        LaneCode code = LaneCode.of(8, 2);
        int x = code.load(0, 0);
        int square = code.multiply(x, x);
        assertEquals(square, code.multiply(code.load(0, 0), x));
        assertEquals(code.constant(6), code.multiply(code.constant(2), code.constant(3)));
        assertTrue(code.isConstant(code.sqrt(code.constant(2))));
        code.divide(x, square);
        assertEquals(0, code.size());
        code.store(1, 0, square);
        assertEquals(3, code.size());
    }

    @Test
    void refusesWhatItCannotDo() {
        assertRefused("LaneCode.of: lanes is 0, must be at least 1", () -> LaneCode.of(0, 1));
        LaneCode code = LaneCode.of(8, 1);
        assertRefused("LaneCode.load: array is 1, must be in [0, 1)", () -> code.load(1, 0));
        assertRefused("LaneCode.load: entry is -1, must be at least 0", () -> code.load(0, -1));
        assertRefused("LaneCode.ADD: value is 7, must be in [0, 0)", () -> code.add(7, 0));
        assertRefused("LaneCode.compile: width is 3, must be 1, 2, 4 or 8", () -> code.compile(3));
        int sum = code.load(0, 0);
        for (int i = 0; i < LaneCode.LARGEST; i++) {
            sum = code.add(sum, sum);
        }
        code.store(0, 0, sum);
        assertRefused(
                "LaneCode.compile: size is " + (LaneCode.LARGEST + 2) + ", must be at most " + LaneCode.LARGEST,
                () -> code.compile(1));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void theLargestCodeRunsAndAShortArrayIsFound(KernelSet kernels) {
        LaneCode code = LaneCode.of(8, 1);
        int sum = code.load(0, 0);
        for (int i = 0; i < LaneCode.LARGEST - 2; i++) {
            sum = code.add(sum, code.constant(1 + i));
        }
        code.store(0, 0, sum);
        LaneLoop kernel = kernels.compile(code);
        double[] array = new double[8];
        kernel.run(new double[][] {array}, new int[1]);
        int count = LaneCode.LARGEST - 2;
        assertEquals(count * (count + 1) / 2.0, array[7]);
        assertThrows(IndexOutOfBoundsException.class, () -> kernel.run(new double[][] {new double[7]}, new int[1]));
    }

    private static double[][] run(LaneCode code, int width, double[][] arrays, int[] offsets) {
        double[][] own = copy(arrays);
        code.compile(width).run(own, offsets);
        return own;
    }

    private static double[][] copy(double[][] arrays) {
        return Arrays.stream(arrays).map(double[]::clone).toArray(double[][]::new);
    }

    private static void assertRefused(String message, org.junit.jupiter.api.function.Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    private static void assertSame(double expected, double actual, String what) {
        assertEquals(Double.doubleToLongBits(expected), Double.doubleToLongBits(actual), what);
    }
}
