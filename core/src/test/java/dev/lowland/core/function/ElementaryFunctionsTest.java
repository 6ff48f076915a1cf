package dev.lowland.core.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every function against its power series to 40 digits, within the error that its documentation states. */
@Tag("once")
final class ElementaryFunctionsTest {
    private static final int POINTS = 700;

    static Stream<Arguments> functions() {
        return Stream.of(
                function("exp", Exponentials::exp, HighPrecision::exp, -700, 700, 1),
                function("exp near 0", Exponentials::exp, HighPrecision::exp, -2, 2, 1),
                function("expm1", Exponentials::expm1, HighPrecision::expm1, -41, 100, 2),
                function("expm1 near 0", Exponentials::expm1, HighPrecision::expm1, -2, 2, 2),
                function("expm1 at 0", Exponentials::expm1, HighPrecision::expm1, -1e-9, 1e-9, 2),
                function("tanh", Exponentials::tanh, HighPrecision::tanh, -21, 21, 2),
                function("tanh near 0", Exponentials::tanh, HighPrecision::tanh, -1, 1, 2),
                function("tanh where its formulas meet", Exponentials::tanh, HighPrecision::tanh, 0.5, 0.6, 2),
                function("tanh at 0", Exponentials::tanh, HighPrecision::tanh, -1e-9, 1e-9, 2),
                function("sigmoid", Exponentials::sigmoid, HighPrecision::sigmoid, -700, 50, 2),
                function("sigmoid near 0", Exponentials::sigmoid, HighPrecision::sigmoid, -3, 3, 2),
                function("log", Logarithms::log, HighPrecision::log, 1e-3, 20, 1),
                function("log near 1", Logarithms::log, HighPrecision::log, 0.9, 1.1, 1),
                function("log of large", Logarithms::log, HighPrecision::log, 1e3, 1e6, 1),
                function("log1p", Logarithms::log1p, HighPrecision::log1p, -0.999, 5, 1),
                function("log1p at 0", Logarithms::log1p, HighPrecision::log1p, -1e-9, 1e-9, 1),
                function("log1p of large", Logarithms::log1p, HighPrecision::log1p, 1e3, 1e6, 1),
                function("softplus", Logarithms::softplus, HighPrecision::softplus, -700, 50, 2),
                function("softplus near 0", Logarithms::softplus, HighPrecision::softplus, -3, 3, 2),
                function("erf", ErrorFunction::erf, HighPrecision::erf, -6.5, 6.5, 2),
                function("erf near 0", ErrorFunction::erf, HighPrecision::erf, -1.5, 1.5, 2),
                function("erf at 0", ErrorFunction::erf, HighPrecision::erf, -1e-9, 1e-9, 2),
                function("sin", Trigonometry::sin, HighPrecision::sin, -10, 10, 1),
                function("sin at 0", Trigonometry::sin, HighPrecision::sin, -1e-9, 1e-9, 1),
                function("sin of large", Trigonometry::sin, HighPrecision::sin, -1e5, 1e5, 1),
                function("cos", Trigonometry::cos, HighPrecision::cos, -10, 10, 1),
                function("cos of large", Trigonometry::cos, HighPrecision::cos, -1e5, 1e5, 1),
                function("exp to denormal", Exponentials::exp, HighPrecision::exp, -745, -700, 1),
                function("exp to the largest", Exponentials::exp, HighPrecision::exp, 700, 709.78, 1),
                function("expm1 of large", Exponentials::expm1, HighPrecision::expm1, 100, 709.78, 2),
                function("tanh of denormal", Exponentials::tanh, HighPrecision::tanh, -1e-310, 1e-310, 2),
                function("sigmoid to its end", Exponentials::sigmoid, HighPrecision::sigmoid, -745, -700, 2),
                function("log of denormal", Logarithms::log, HighPrecision::log, 4.9e-324, 1e-308, 1),
                function("log of tiny", Logarithms::log, HighPrecision::log, 1e-307, 1e-3, 1),
                function("log of huge", Logarithms::log, HighPrecision::log, 1e6, 1.79e308, 1),
                function("log1p near -1", Logarithms::log1p, HighPrecision::log1p, Math.nextUp(-1.0), -0.99, 1),
                function("log1p of huge", Logarithms::log1p, HighPrecision::log1p, 1e6, 1.79e308, 1),
                function("softplus to denormal", Logarithms::softplus, HighPrecision::softplus, -745, -700, 2),
                function("softplus of large", Logarithms::softplus, HighPrecision::softplus, 50, 1e5, 2),
                function("erf of denormal", ErrorFunction::erf, HighPrecision::erf, -1e-310, 1e-310, 2),
                function("sechSquare", Exponentials::sechSquare, HighPrecision::sechSquare, -20, 20, 4),
                function("sechSquare near 0", Exponentials::sechSquare, HighPrecision::sechSquare, -1, 1, 4),
                function(
                        "sechSquare where formulas meet",
                        Exponentials::sechSquare,
                        HighPrecision::sechSquare,
                        0.5,
                        0.6,
                        4),
                function("sechSquare of large", Exponentials::sechSquare, HighPrecision::sechSquare, 20, 374, 4),
                function("sechSquare to denormal", Exponentials::sechSquare, HighPrecision::sechSquare, -374, -350, 4),
                function("gaussian", GaussianFunctions::gaussian, HighPrecision::gaussian, -28, 28, 2),
                function("gaussian near 0", GaussianFunctions::gaussian, HighPrecision::gaussian, -2, 2, 2),
                function("gaussian to denormal", GaussianFunctions::gaussian, HighPrecision::gaussian, 26, 27.3, 2),
                function("density", GaussianFunctions::normalDensity, HighPrecision::normalDensity, -39, 39, 3),
                function("density near 0", GaussianFunctions::normalDensity, HighPrecision::normalDensity, -2, 2, 3),
                function("normalCdf", GaussianFunctions::normalCdf, HighPrecision::normalCdf, -39, 9, 4),
                function("normalCdf near 0", GaussianFunctions::normalCdf, HighPrecision::normalCdf, -2, 2, 4),
                function("normalCdf at 0", GaussianFunctions::normalCdf, HighPrecision::normalCdf, -1e-9, 1e-9, 4),
                function(
                        "normalCdf where formulas meet",
                        GaussianFunctions::normalCdf,
                        HighPrecision::normalCdf,
                        -4.5,
                        -4,
                        4),
                function(
                        "normalCdf to denormal",
                        GaussianFunctions::normalCdf,
                        HighPrecision::normalCdf,
                        -38.6,
                        -37,
                        4));
    }

    private static Arguments function(
            String name,
            DoubleUnaryOperator tested,
            UnaryOperator<BigDecimal> exact,
            double from,
            double to,
            double ulps) {
        return Arguments.of(name, tested, exact, from, to, ulps);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void staysWithinItsError(
            String name,
            DoubleUnaryOperator tested,
            UnaryOperator<BigDecimal> exact,
            double from,
            double to,
            double allowed) {
        double worst = 0;
        double worstAt = 0;
        for (int i = 0; i < POINTS; i++) {
            double turn = (i + 1) * 0.6180339887498949;
            double x = from + (to - from) * (turn - Math.floor(turn));
            double error = HighPrecision.ulps(tested.applyAsDouble(x), exact.apply(new BigDecimal(x)));
            if (error > worst) {
                worst = error;
                worstAt = x;
            }
        }
        assertTrue(worst <= allowed, name + " is off by " + worst + " ulp at " + worstAt);
    }

    @Test
    void sineAndCosineKeepTheirDigitsNextToTheirZeros() {
        for (int k = 1; k < 60_000; k = k * 5 / 4 + 1) {
            double x = k * (Math.PI / 2);
            for (double y : new double[] {x, Math.nextUp(x), Math.nextDown(x), -x}) {
                BigDecimal exact = new BigDecimal(y);
                assertTrue(HighPrecision.ulps(Trigonometry.sin(y), HighPrecision.sin(exact)) <= 1, "sin " + y);
                assertTrue(HighPrecision.ulps(Trigonometry.cos(y), HighPrecision.cos(exact)) <= 1, "cos " + y);
            }
        }
    }

    static Stream<Arguments> specials() {
        double inf = Double.POSITIVE_INFINITY;
        double tiny = Double.MIN_VALUE;
        DoubleUnaryOperator exp = Exponentials::exp;
        DoubleUnaryOperator expm1 = Exponentials::expm1;
        DoubleUnaryOperator tanh = Exponentials::tanh;
        DoubleUnaryOperator sigmoid = Exponentials::sigmoid;
        DoubleUnaryOperator log = Logarithms::log;
        DoubleUnaryOperator log1p = Logarithms::log1p;
        DoubleUnaryOperator softplus = Logarithms::softplus;
        DoubleUnaryOperator erf = ErrorFunction::erf;
        DoubleUnaryOperator sechSquare = Exponentials::sechSquare;
        DoubleUnaryOperator gaussian = GaussianFunctions::gaussian;
        DoubleUnaryOperator normalDensity = GaussianFunctions::normalDensity;
        DoubleUnaryOperator normalCdf = GaussianFunctions::normalCdf;
        DoubleUnaryOperator sin = Trigonometry::sin;
        DoubleUnaryOperator cos = Trigonometry::cos;
        return Stream.of(
                Arguments.of("sin", sin, new double[][] {
                    {0, 0},
                    {-0.0, -0.0},
                    {inf, Double.NaN},
                    {-inf, Double.NaN},
                    {tiny, tiny},
                    {1e22, StrictMath.sin(1e22)}
                }),
                Arguments.of("cos", cos, new double[][] {
                    {0, 1}, {-0.0, 1}, {inf, Double.NaN}, {-inf, Double.NaN}, {tiny, 1}, {-1e22, StrictMath.cos(1e22)}
                }),
                Arguments.of("exp", exp, new double[][] {
                    {0, 1},
                    {-0.0, 1},
                    {inf, inf},
                    {-inf, 0},
                    {710, inf},
                    {-746, 0},
                    {-745, tiny},
                    {1e300, inf},
                    {tiny, 1}
                }),
                Arguments.of("expm1", expm1, new double[][] {
                    {0, 0}, {-0.0, -0.0}, {inf, inf}, {-inf, -1}, {710, inf}, {-800, -1}, {tiny, tiny}, {-tiny, -tiny}
                }),
                Arguments.of("tanh", tanh, new double[][] {
                    {0, 0}, {-0.0, -0.0}, {inf, 1}, {-inf, -1}, {25, 1}, {-25, -1}, {tiny, tiny}, {-tiny, -tiny}
                }),
                Arguments.of("sigmoid", sigmoid, new double[][] {
                    {0, 0.5}, {-0.0, 0.5}, {inf, 1}, {-inf, 0}, {800, 1}, {-800, 0}, {-745, tiny}
                }),
                Arguments.of("sechSquare", sechSquare, new double[][] {
                    {0, 1}, {-0.0, 1}, {inf, 0}, {-inf, 0}, {400, 0}, {-1e300, 0}, {tiny, 1}
                }),
                Arguments.of("gaussian", gaussian, new double[][] {
                    {0, 1}, {-0.0, 1}, {inf, 0}, {-inf, 0}, {28, 0}, {-1e300, 0}, {tiny, 1}
                }),
                Arguments.of("normalDensity", normalDensity, new double[][] {
                    {0, 0.3989422804014327}, {inf, 0}, {-inf, 0}, {39, 0}, {-1e300, 0}, {tiny, 0.3989422804014327}
                }),
                Arguments.of("normalCdf", normalCdf, new double[][] {
                    {0, 0.5}, {-0.0, 0.5}, {inf, 1}, {-inf, 0}, {39, 1}, {-39, 0}, {1e300, 1}, {-1e300, 0}, {tiny, 0.5}
                }),
                Arguments.of("log", log, new double[][] {
                    {0, -inf},
                    {-0.0, -inf},
                    {1, 0},
                    {inf, inf},
                    {-1, Double.NaN},
                    {-inf, Double.NaN},
                    {-tiny, Double.NaN},
                    {tiny, -744.4400719213812},
                    {Double.MAX_VALUE, 709.782712893384}
                }),
                Arguments.of("log1p", log1p, new double[][] {
                    {0, 0},
                    {-0.0, -0.0},
                    {-1, -inf},
                    {inf, inf},
                    {-2, Double.NaN},
                    {-inf, Double.NaN},
                    {tiny, tiny},
                    {Double.MAX_VALUE, 709.782712893384}
                }),
                Arguments.of("softplus", softplus, new double[][] {
                    {inf, inf}, {-inf, 0}, {1000, 1000}, {-1000, 0}, {-745, tiny}
                }),
                Arguments.of("erf", erf, new double[][] {
                    {0, 0}, {-0.0, -0.0}, {inf, 1}, {-inf, -1}, {6, 1}, {-6, -1}, {100, 1}, {tiny, tiny}
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("specials")
    void meetsItsLimits(String name, DoubleUnaryOperator tested, double[][] pairs) {
        for (double[] pair : pairs) {
            assertEquals(pair[1], tested.applyAsDouble(pair[0]), name + " of " + pair[0]);
        }
        assertEquals(Double.NaN, tested.applyAsDouble(Double.NaN), name + " of NaN");
    }
}
