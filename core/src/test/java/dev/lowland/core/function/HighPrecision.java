package dev.lowland.core.function;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Elementary functions to 40 digits from their power series, for tests. */
public final class HighPrecision {
    private static final MathContext DIGITS = new MathContext(60);
    private static final BigDecimal TINY = new BigDecimal("1e-70");
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal LN2 = artanhTimesTwo(BigDecimal.ONE.divide(BigDecimal.valueOf(3), DIGITS));

    private HighPrecision() {}

    /** Distance of a double from the exact value, in units of the last place of the exact value rounded to double. */
    public static double ulps(double found, BigDecimal exact) {
        double rounded = exact.doubleValue();
        if (Double.isInfinite(rounded) || Double.isInfinite(found)) {
            return found == rounded ? 0 : Double.POSITIVE_INFINITY;
        }
        return new BigDecimal(found)
                .subtract(exact, DIGITS)
                .abs()
                .divide(new BigDecimal(Math.ulp(rounded)), DIGITS)
                .doubleValue();
    }

    public static BigDecimal exp(BigDecimal x) {
        int halvings = 0;
        BigDecimal r = x;
        while (r.abs().compareTo(new BigDecimal("0.01")) > 0) {
            r = r.divide(TWO, DIGITS);
            halvings++;
        }
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal term = BigDecimal.ONE;
        for (int k = 1; term.abs().compareTo(TINY) > 0; k++) {
            sum = sum.add(term, DIGITS);
            term = term.multiply(r, DIGITS).divide(BigDecimal.valueOf(k), DIGITS);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum, DIGITS);
        }
        return sum;
    }

    /** eˣ − 1 without cancellation near 0. */
    public static BigDecimal expm1(BigDecimal x) {
        if (x.abs().compareTo(new BigDecimal("0.1")) > 0) {
            return exp(x).subtract(BigDecimal.ONE, DIGITS);
        }
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal term = x;
        for (int k = 2; term.signum() != 0 && term.abs().compareTo(x.abs().multiply(TINY)) > 0; k++) {
            sum = sum.add(term, DIGITS);
            term = term.multiply(x, DIGITS).divide(BigDecimal.valueOf(k), DIGITS);
        }
        return sum;
    }

    /** log(1 + x), without cancellation near 0. */
    public static BigDecimal log1p(BigDecimal x) {
        BigDecimal u = BigDecimal.ONE.add(x, DIGITS);
        if (x.abs().compareTo(new BigDecimal("0.5")) < 0) {
            return artanhTimesTwo(x.divide(x.add(TWO), DIGITS));
        }
        return log(u);
    }

    public static BigDecimal log(BigDecimal x) {
        int exponent = 0;
        BigDecimal m = x;
        while (m.compareTo(new BigDecimal("1.4")) > 0) {
            m = m.divide(TWO, DIGITS);
            exponent++;
        }
        while (m.compareTo(new BigDecimal("0.7")) < 0) {
            m = m.multiply(TWO, DIGITS);
            exponent--;
        }
        BigDecimal s = m.subtract(BigDecimal.ONE).divide(m.add(BigDecimal.ONE), DIGITS);
        return artanhTimesTwo(s).add(LN2.multiply(BigDecimal.valueOf(exponent)), DIGITS);
    }

    private static BigDecimal artanhTimesTwo(BigDecimal s) {
        BigDecimal square = s.multiply(s, DIGITS);
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal power = s.multiply(TWO);
        for (int k = 1; power.abs().compareTo(s.abs().multiply(TINY)) > 0; k += 2) {
            sum = sum.add(power.divide(BigDecimal.valueOf(k), DIGITS), DIGITS);
            power = power.multiply(square, DIGITS);
        }
        return sum;
    }

    public static BigDecimal tanh(BigDecimal x) {
        BigDecimal t = expm1(x.multiply(TWO));
        return t.divide(t.add(TWO), DIGITS);
    }

    /** 4e²ˣ/(e²ˣ + 1)², in which nothing cancels. */
    public static BigDecimal sechSquare(BigDecimal x) {
        BigDecimal e = exp(x.multiply(TWO));
        BigDecimal root = TWO.divide(e.add(BigDecimal.ONE), DIGITS);
        return root.multiply(root, DIGITS).multiply(e, DIGITS);
    }

    public static BigDecimal gaussian(BigDecimal x) {
        return exp(x.multiply(x).negate());
    }

    public static BigDecimal normalDensity(BigDecimal x) {
        return exp(x.multiply(x).divide(TWO).negate()).multiply(NORMAL_PEAK, DIGITS);
    }

    /** By the error function where it is not small, and in the left tail by Laplace's continued fraction. */
    public static BigDecimal normalCdf(BigDecimal x) {
        if (x.compareTo(BigDecimal.valueOf(-2)) > 0) {
            BigDecimal root = TWO.sqrt(new MathContext(100));
            BigDecimal cut = x.min(BigDecimal.TEN).divide(root, new MathContext(100));
            return BigDecimal.ONE.add(erf(cut)).divide(TWO);
        }
        BigDecimal a = x.negate();
        BigDecimal fraction = a;
        for (int k = 400; k > 0; k--) {
            fraction = a.add(BigDecimal.valueOf(k).divide(fraction, DIGITS));
        }
        return normalDensity(x).divide(fraction, DIGITS);
    }

    public static BigDecimal sigmoid(BigDecimal x) {
        return BigDecimal.ONE.divide(BigDecimal.ONE.add(exp(x.negate())), DIGITS);
    }

    public static BigDecimal softplus(BigDecimal x) {
        return x.max(BigDecimal.ZERO).add(log1p(exp(x.abs().negate())), DIGITS);
    }

    /** (2/√π) Σ (−1)ᵏ x^{2k+1}/(k!(2k + 1)), with enough digits for the cancellation up to |x| = 7. */
    public static BigDecimal erf(BigDecimal x) {
        MathContext digits = new MathContext(100);
        BigDecimal square = x.multiply(x, digits).negate();
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal power = x;
        for (int k = 0; power.abs().compareTo(x.abs().multiply(TINY)) > 0; k++) {
            sum = sum.add(power.divide(BigDecimal.valueOf(2L * k + 1), digits), digits);
            power = power.multiply(square, digits).divide(BigDecimal.valueOf(k + 1L), digits);
        }
        return sum.multiply(TWO_OVER_ROOT_PI, digits);
    }

    public static BigDecimal sin(BigDecimal x) {
        MathContext digits = new MathContext(90);
        BigDecimal turns = x.divide(PI, digits).setScale(0, RoundingMode.HALF_EVEN);
        BigDecimal r = x.subtract(turns.multiply(PI, digits), digits);
        BigDecimal square = r.multiply(r, digits).negate();
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal term = r;
        for (int k = 2; term.signum() != 0 && term.abs().compareTo(r.abs().multiply(TINY)) > 0; k += 2) {
            sum = sum.add(term, digits);
            term = term.multiply(square, digits).divide(BigDecimal.valueOf(k * (k + 1L)), digits);
        }
        return turns.toBigInteger().testBit(0) ? sum.negate() : sum;
    }

    public static BigDecimal cos(BigDecimal x) {
        return sin(x.add(PI.divide(TWO, new MathContext(90))));
    }

    private static final BigDecimal PI = new BigDecimal(
            "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534211706798");

    private static final BigDecimal TWO_OVER_ROOT_PI =
            new BigDecimal("1.128379167095512573896158903121545171688101258657997713688171443421284936882");

    private static final BigDecimal NORMAL_PEAK =
            new BigDecimal("0.39894228040143267793994605993438186847585863116493465766592582967065792589930");
}
