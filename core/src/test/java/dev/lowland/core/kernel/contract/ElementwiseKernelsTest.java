package dev.lowland.core.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lowland.core.function.ErrorFunction;
import dev.lowland.core.function.Exponentials;
import dev.lowland.core.function.GaussianFunctions;
import dev.lowland.core.function.Logarithms;
import dev.lowland.core.function.Trigonometry;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel of both twins bit for bit against the function of one number that it applies. */
final class ElementwiseKernelsTest {
    private static final double GUARD = 12345.678;

    @FunctionalInterface
    interface Unary {
        void apply(int n, double[] x, double[] out);
    }

    @FunctionalInterface
    interface Binary {
        void apply(int n, double[] x, double[] y, double[] out);
    }

    static Stream<Arguments> unary() {
        return Twins.all()
                .flatMap(k -> List.of(
                        unary(k, "scale by −1.7", (n, x, out) -> k.scale(n, -1.7, x, out), x -> -1.7 * x),
                        unary(k, "square", k::square, x -> x * x),
                        unary(k, "reciprocal", k::reciprocal, x -> 1 / x),
                        unary(k, "sqrt", k::sqrt, StrictMath::sqrt),
                        unary(k, "exp", k::exp, Exponentials::exp),
                        unary(k, "log", k::log, Logarithms::log),
                        unary(k, "log1p", k::log1p, Logarithms::log1p),
                        unary(k, "expm1", k::expm1, Exponentials::expm1),
                        unary(k, "tanh", k::tanh, Exponentials::tanh),
                        unary(k, "sigmoid", k::sigmoid, Exponentials::sigmoid),
                        unary(k, "softplus", k::softplus, Logarithms::softplus),
                        unary(k, "sin", k::sin, Trigonometry::sin),
                        unary(k, "cos", k::cos, Trigonometry::cos),
                        unary(k, "erf", k::erf, ErrorFunction::erf),
                        unary(k, "sechSquare", k::sechSquare, Exponentials::sechSquare),
                        unary(k, "gaussian", k::gaussian, GaussianFunctions::gaussian),
                        unary(k, "normalDensity", k::normalDensity, GaussianFunctions::normalDensity),
                        unary(k, "normalCdf", k::normalCdf, GaussianFunctions::normalCdf),
                        unary(
                                k,
                                "tanh of both",
                                (n, x, out) -> k.tanhAndSlope(n, x, out, new double[n]),
                                Exponentials::tanh),
                        unary(k, "slope of both", ElementwiseKernelsTest.slope(k), Exponentials::sechSquare),
                        unary(k, "abs", k::abs, x -> x < 0 ? -x : x == 0 ? 0 : x),
                        unary(k, "relu", k::relu, x -> x > 0 ? x : x <= 0 ? 0 : x),
                        unary(k, "step", k::step, x -> x > 0 ? 1 : x <= 0 ? 0 : x),
                        unary(k, "sign", k::sign, x -> x > 0 ? 1 : x < 0 ? -1 : x == 0 ? 0 : x))
                        .stream());
    }

    /** The second result of tanhAndSlope; the first goes over a copy of x. */
    private static Unary slope(KernelSet k) {
        return (n, x, out) -> {
            double[] both = x.clone();
            double[] slope = new double[n];
            k.tanhAndSlope(n, both, both, slope);
            System.arraycopy(slope, 0, out, 0, n);
        };
    }

    private static Arguments unary(KernelSet kernels, String name, Unary tested, DoubleUnaryOperator function) {
        return Arguments.of(kernels.name() + " " + name, tested, function);
    }

    static Stream<Arguments> binary() {
        return Twins.all()
                .flatMap(k -> List.of(
                        binary(k, "add", k::add, (x, y) -> x + y),
                        binary(k, "subtract", k::subtract, (x, y) -> x - y),
                        binary(k, "multiply", k::multiply, (x, y) -> x * y))
                        .stream());
    }

    private static Arguments binary(KernelSet kernels, String name, Binary tested, DoubleBinaryOperator function) {
        return Arguments.of(kernels.name() + " " + name, tested, function);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unary")
    void unaryHasTheBitsOfItsFunction(String name, Unary tested, DoubleUnaryOperator function) {
        for (int n : Twins.sizes()) {
            double[] x = Twins.withSpecials(n, n);
            double[] expected = new double[n + 9];
            double[] out = new double[n + 9];
            java.util.Arrays.fill(expected, GUARD);
            java.util.Arrays.fill(out, GUARD);
            for (int i = 0; i < n; i++) {
                expected[i] = function.applyAsDouble(x[i]);
            }
            double[] before = x.clone();
            tested.apply(n, x, out);
            assertSame(name, before, expected, out);
            assertSame(name + " modified its input", before, before, x);
            double[] inPlace = java.util.Arrays.copyOf(x, n + 9);
            java.util.Arrays.fill(inPlace, n, n + 9, GUARD);
            tested.apply(n, inPlace, inPlace);
            assertSame(name + " in place", before, expected, inPlace);
        }
    }

    /** Any bits at all, and the neighbours of every place where a formula changes. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("unary")
    void unaryHasTheBitsOfItsFunctionOverTheWholeRange(String name, Unary tested, DoubleUnaryOperator function) {
        double[] places = {
            0,
            0.25,
            Math.sqrt(2) - 1,
            Math.sqrt(0.5),
            0.549,
            1,
            4.25,
            6,
            20,
            28,
            39,
            40,
            375,
            709.78,
            710,
            745.13,
            746,
            1e5,
            0x1p-1022,
            0x1p1023
        };
        RandomStream bits = RandomStream.of(5, 0, Purpose.TEST);
        int n = 4001;
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            long random = bits.bits(2L * i);
            double place = places[bits.index(2L * i + 1, places.length)];
            double near = Double.longBitsToDouble(Double.doubleToRawLongBits(place) + (random >> 61));
            double spread = place * (1 + 0.1 * (random >> 11) * 0x1p-52);
            x[i] = i % 3 == 0 ? Double.longBitsToDouble(random) : i % 3 == 1 ? near : spread;
            x[i] = (random & 1) == 0 ? x[i] : -x[i];
        }
        double[] expected = new double[n];
        for (int i = 0; i < n; i++) {
            expected[i] = function.applyAsDouble(x[i]);
        }
        double[] out = new double[n];
        tested.apply(n, x, out);
        assertSame(name, x, expected, out);
        double[] inPlace = x.clone();
        tested.apply(n, inPlace, inPlace);
        assertSame(name + " in place", x, expected, inPlace);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("binary")
    void binaryHasTheBitsOfItsFunction(String name, Binary tested, DoubleBinaryOperator function) {
        for (int n : Twins.sizes()) {
            double[] x = Twins.withSpecials(n, n);
            double[] y = Twins.withSpecials(n, n + 10_000);
            double[] expected = new double[n + 9];
            double[] out = new double[n + 9];
            java.util.Arrays.fill(expected, GUARD);
            java.util.Arrays.fill(out, GUARD);
            for (int i = 0; i < n; i++) {
                expected[i] = function.applyAsDouble(x[i], y[i]);
            }
            double[] before = x.clone();
            tested.apply(n, x, y, out);
            assertSame(name, before, expected, out);
            double[] left = java.util.Arrays.copyOf(x, n + 9);
            java.util.Arrays.fill(left, n, n + 9, GUARD);
            tested.apply(n, left, y, left);
            assertSame(name + " into the left", before, expected, left);
            double[] right = java.util.Arrays.copyOf(y, n + 9);
            java.util.Arrays.fill(right, n, n + 9, GUARD);
            tested.apply(n, x, right, right);
            assertSame(name + " into the right", before, expected, right);
        }
    }

    /** Same bits, but that every NaN is one NaN. */
    private static void assertSame(String name, double[] x, double[] expected, double[] found) {
        for (int i = 0; i < expected.length; i++) {
            int at = i;
            assertEquals(
                    Double.doubleToLongBits(expected[i]),
                    Double.doubleToLongBits(found[i]),
                    () -> name + " at " + at + " of " + x.length + ": " + found[at] + " for " + expected[at]
                            + (at < x.length ? ", x = " + x[at] : ""));
        }
    }
}
