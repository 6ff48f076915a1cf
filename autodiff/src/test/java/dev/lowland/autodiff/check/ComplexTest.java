package dev.lowland.autodiff.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.op.Elementary;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The complex formulas against other formulas for the same functions, away from the real line; and close to it. */
class ComplexTest {
    private static final double[] PARTS = {-2.5, -0.7, -1e-3, 0.3, 1.1, 2.9};

    private static void everywhere(UnaryOperator<Complex> formula, UnaryOperator<Complex> other) {
        for (double re : PARTS) {
            for (double im : PARTS) {
                Complex z = new Complex(re, im);
                same(other.apply(z), formula.apply(z), "at " + z);
            }
        }
    }

    private static void same(Complex expected, Complex actual, String text) {
        double size = Math.max(1, expected.abs());
        assertTrue(
                expected.minus(actual).abs() <= 4e-14 * size,
                () -> text + ": " + expected + " expected, got " + actual);
    }

    @Test
    void quotientsAndRoots() {
        everywhere(z -> z.reciprocal().times(z), z -> Complex.ONE);
        everywhere(z -> z.times(z).over(z), z -> z);
        everywhere(z -> z.sqrt().times(z.sqrt()), z -> z);
        assertTrue(new Complex(-4, -1).sqrt().re() > 0, "the principal root");
        assertEquals(new Complex(0, 0), new Complex(0, 0).sqrt());
    }

    @Test
    void exponentialsAndLogarithms() {
        everywhere(z -> z.exp().times(z.times(-1).exp()), z -> Complex.ONE);
        everywhere(z -> z.log().exp(), z -> z);
        everywhere(z -> z.log1p().exp(), z -> z.plus(Complex.ONE));
        everywhere(Complex::expm1, z -> z.exp().minus(Complex.ONE));
    }

    @Test
    void circularAndHyperbolicFunctions() {
        Complex i = new Complex(0, 1);
        everywhere(
                Complex::cos,
                z -> z.times(i).exp().plus(z.times(i).times(-1).exp()).times(0.5));
        everywhere(
                Complex::sin,
                z -> z.times(i).exp().minus(z.times(i).times(-1).exp()).over(i).times(0.5));
        everywhere(Complex::tanh, z -> z.times(2).expm1().over(z.times(2).exp().plus(Complex.ONE)));
    }

    @Test
    void sigmoidSoftplusAndErrorFunction() {
        everywhere(ComplexFormulas::sigmoid, z -> z.exp().over(z.exp().plus(Complex.ONE)));
        everywhere(z -> ComplexFormulas.softplus(z).exp(), z -> z.exp().plus(Complex.ONE));
        everywhere(ComplexFormulas::erf, ComplexTest::erfBySeries);
    }

    /** (2/√π) Σ (−1)ⁿ z²ⁿ⁺¹/(n! (2n + 1)), in quadruple the size of the largest term. */
    private static Complex erfBySeries(Complex z) {
        java.math.MathContext digits = new java.math.MathContext(60);
        java.math.BigDecimal re = new java.math.BigDecimal(z.re());
        java.math.BigDecimal im = new java.math.BigDecimal(z.im());
        java.math.BigDecimal squareRe = re.multiply(re).subtract(im.multiply(im));
        java.math.BigDecimal squareIm = re.multiply(im).multiply(java.math.BigDecimal.valueOf(2));
        java.math.BigDecimal sumRe = java.math.BigDecimal.ZERO;
        java.math.BigDecimal sumIm = java.math.BigDecimal.ZERO;
        for (int n = 0; n < 160; n++) {
            java.math.BigDecimal odd = java.math.BigDecimal.valueOf(2L * n + 1);
            sumRe = sumRe.add(re.divide(odd, digits));
            sumIm = sumIm.add(im.divide(odd, digits));
            java.math.BigDecimal factor = java.math.BigDecimal.valueOf(-(n + 1L));
            java.math.BigDecimal next = re.multiply(squareRe).subtract(im.multiply(squareIm));
            im = re.multiply(squareIm).add(im.multiply(squareRe)).divide(factor, digits);
            re = next.divide(factor, digits);
        }
        double scale = 2 / Math.sqrt(Math.PI);
        return new Complex(scale * sumRe.doubleValue(), scale * sumIm.doubleValue());
    }

    @Test
    void piecesAreChosenByTheRealPart() {
        Complex left = new Complex(-2, 1e-40);
        Complex right = new Complex(2, 1e-40);
        Complex zero = new Complex(0, 1e-40);
        assertEquals(new Complex(2, -1e-40), ComplexFormulas.apply(Elementary.ABS, left));
        assertEquals(right, ComplexFormulas.apply(Elementary.ABS, right));
        assertEquals(new Complex(0, 0), ComplexFormulas.apply(Elementary.ABS, zero));
        assertEquals(right, ComplexFormulas.apply(Elementary.RELU, right));
        assertEquals(new Complex(0, 0), ComplexFormulas.apply(Elementary.RELU, left));
        assertEquals(new Complex(0, 0), ComplexFormulas.apply(Elementary.RELU, zero));
        assertEquals(new Complex(1, 0), ComplexFormulas.apply(Elementary.STEP, right));
        assertEquals(new Complex(0, 0), ComplexFormulas.apply(Elementary.STEP, zero));
        assertEquals(new Complex(-1, 0), ComplexFormulas.apply(Elementary.SIGN, left));
        assertEquals(new Complex(0, 0), ComplexFormulas.apply(Elementary.SIGN, zero));
    }

    @Test
    void beyondTheDomainThereIsNoNumber() {
        Complex left = new Complex(-2, 1e-100);
        for (Elementary function : new Elementary[] {Elementary.SQRT, Elementary.LOG, Elementary.LOG1P}) {
            Complex value = ComplexFormulas.apply(function, left);
            assertTrue(value != null && Double.isNaN(value.re()) && Double.isNaN(value.im()), function + " of " + left);
        }
    }
}
