package dev.lowland.autodiff.op;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Functions of decimal numbers from their power series, to as many digits as are asked for. Exponents are cut at ±5000,
 * far beyond what a double can tell from 0 or infinity.
 */
final class Decimals {
    private static final BigDecimal ONE = BigDecimal.ONE;
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal CUT = BigDecimal.valueOf(5000);
    private static final int MOST_DIGITS = 1300;
    private static final BigDecimal PI = pi();
    private static final BigDecimal ROOT_PI = PI.sqrt(new MathContext(MOST_DIGITS));

    private final MathContext digits;
    private final BigDecimal tiny;

    Decimals(int digits) {
        this.digits = new MathContext(digits);
        this.tiny = ONE.scaleByPowerOfTen(-digits);
    }

    MathContext digits() {
        return digits;
    }

    /** Halved until it is below 2⁻²⁰, summed, and squared as often. */
    BigDecimal exp(BigDecimal x) {
        BigDecimal cut = x.min(CUT).max(CUT.negate());
        int halvings = 0;
        for (BigDecimal size = cut.abs(); size.compareTo(new BigDecimal("1e-6")) > 0; size = size.divide(TWO, digits)) {
            halvings++;
        }
        MathContext more = new MathContext(digits.getPrecision() + 10 + halvings / 3);
        BigDecimal r = cut.divide(TWO.pow(halvings), more);
        BigDecimal sum = ONE;
        BigDecimal term = r;
        for (int k = 2; term.abs().compareTo(tiny.scaleByPowerOfTen(-20)) > 0; k++) {
            sum = sum.add(term, more);
            term = term.multiply(r, more).divide(BigDecimal.valueOf(k), more);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum, more);
        }
        return sum.round(digits);
    }

    /** From log x = 2 artanh((x − 1)/(x + 1)), after roots until x is near 1. */
    BigDecimal log(BigDecimal x) {
        if (x.signum() <= 0) {
            throw new ArithmeticException("log of " + x);
        }
        MathContext more = new MathContext(digits.getPrecision() + 20);
        BigDecimal root = x;
        int roots = 0;
        while (root.subtract(ONE).abs().compareTo(new BigDecimal("0.01")) > 0) {
            root = root.sqrt(more);
            roots++;
        }
        BigDecimal s = root.subtract(ONE).divide(root.add(ONE), more);
        BigDecimal square = s.multiply(s, more);
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal power = s.multiply(TWO);
        for (int k = 1; power.signum() != 0 && power.abs().compareTo(s.abs().multiply(tiny)) > 0; k += 2) {
            sum = sum.add(power.divide(BigDecimal.valueOf(k), more), more);
            power = power.multiply(square, more);
        }
        return sum.multiply(TWO.pow(roots)).round(digits);
    }

    BigDecimal sin(BigDecimal x) {
        MathContext more = new MathContext(MOST_DIGITS);
        BigDecimal turns = x.divide(PI, more).setScale(0, RoundingMode.HALF_EVEN);
        BigDecimal r = x.subtract(turns.multiply(PI)).round(digits);
        BigDecimal square = r.multiply(r, digits).negate();
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal term = r;
        for (int k = 2; term.signum() != 0 && term.abs().compareTo(r.abs().multiply(tiny)) > 0; k += 2) {
            sum = sum.add(term, digits);
            term = term.multiply(square, digits).divide(BigDecimal.valueOf(k * (k + 1L)), digits);
        }
        return turns.toBigInteger().testBit(0) ? sum.negate() : sum;
    }

    BigDecimal cos(BigDecimal x) {
        return sin(x.add(PI.divide(TWO)));
    }

    /**
     * (2/√π) Σ (−1)ᵏ x^{2k+1}/(k!(2k + 1)), with digits for what cancels in it; ±1 beyond 30, which is less than 10⁻³⁹⁰
     * off and falls faster than any power of x grows.
     */
    BigDecimal erf(BigDecimal x) {
        if (x.abs().compareTo(BigDecimal.valueOf(30)) > 0) {
            return BigDecimal.valueOf(x.signum());
        }
        double size = x.doubleValue();
        MathContext more = new MathContext(digits.getPrecision() + 10 + (int) (0.44 * size * size));
        BigDecimal square = x.multiply(x, more).negate();
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal power = x;
        for (int k = 0; power.signum() != 0 && power.abs().compareTo(x.abs().multiply(tiny)) > 0; k++) {
            sum = sum.add(power.divide(BigDecimal.valueOf(2L * k + 1), more), more);
            power = power.multiply(square, more).divide(BigDecimal.valueOf(k + 1L), more);
        }
        return sum.multiply(TWO).divide(ROOT_PI, digits);
    }

    BigDecimal rootOfPi() {
        return ROOT_PI.round(digits);
    }

    /** Machin: π = 16 arctan(1/5) − 4 arctan(1/239). */
    private static BigDecimal pi() {
        return BigDecimal.valueOf(16)
                .multiply(arctanOfOneOver(5))
                .subtract(BigDecimal.valueOf(4).multiply(arctanOfOneOver(239)));
    }

    private static BigDecimal arctanOfOneOver(int n) {
        MathContext more = new MathContext(MOST_DIGITS + 20);
        BigDecimal power = ONE.divide(BigDecimal.valueOf(n), more);
        BigDecimal square = BigDecimal.valueOf((long) n * n).negate();
        BigDecimal sum = BigDecimal.ZERO;
        for (int k = 1; power.abs().compareTo(ONE.scaleByPowerOfTen(-MOST_DIGITS - 10)) > 0; k += 2) {
            sum = sum.add(power.divide(BigDecimal.valueOf(k), more), more);
            power = power.divide(square, more);
        }
        return sum;
    }

    /** Distance of a double from the exact value, in units of the last place of some number. */
    static double ulps(double found, BigDecimal exact, double of) {
        double rounded = exact.doubleValue();
        if (Double.isInfinite(rounded) || Double.isInfinite(found) || Double.isNaN(found)) {
            return found == rounded ? 0 : Double.POSITIVE_INFINITY;
        }
        return new BigDecimal(found)
                .subtract(exact)
                .abs()
                .divide(new BigDecimal(Math.ulp(of)), new MathContext(20))
                .doubleValue();
    }
}
