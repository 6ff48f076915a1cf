package dev.lowland.autodiff.check;

import dev.lowland.core.check.Checks;

/**
 * A complex number re + i·im. Formulas keep the imaginary part exact to a few units in the last place also where it is
 * 10⁻¹⁰⁰ of the real part: that is what {@link ComplexStep} lives on.
 *
 * @param re real part
 * @param im imaginary part
 */
public record Complex(double re, double im) {
    /** The number 1. */
    public static final Complex ONE = new Complex(1, 0);

    /** this + other. */
    public Complex plus(Complex other) {
        Checks.notNull("add complex numbers", "other", other);
        return new Complex(re + other.re, im + other.im);
    }

    /** this − other. */
    public Complex minus(Complex other) {
        Checks.notNull("subtract complex numbers", "other", other);
        return new Complex(re - other.re, im - other.im);
    }

    /** this · other. */
    public Complex times(Complex other) {
        Checks.notNull("multiply complex numbers", "other", other);
        return new Complex(re * other.re - im * other.im, re * other.im + im * other.re);
    }

    /** factor · this, for a real factor. */
    public Complex times(double factor) {
        return new Complex(factor * re, factor * im);
    }

    /** 1 / this. */
    public Complex reciprocal() {
        if (Math.abs(re) >= Math.abs(im)) {
            double ratio = im / re;
            double size = re + im * ratio;
            return new Complex(1 / size, -ratio / size);
        }
        double ratio = re / im;
        double size = re * ratio + im;
        return new Complex(ratio / size, -1 / size);
    }

    /** this / other. */
    public Complex over(Complex other) {
        Checks.notNull("divide complex numbers", "other", other);
        return times(other.reciprocal());
    }

    /** |this|. */
    public double abs() {
        return StrictMath.hypot(re, im);
    }

    /** The principal square root. */
    public Complex sqrt() {
        if (re == 0 && im == 0) {
            return new Complex(0, im);
        }
        double large = StrictMath.sqrt((Math.abs(re) + abs()) / 2);
        double small = Math.abs(im) / (2 * large);
        return re >= 0 ? new Complex(large, Math.copySign(small, im)) : new Complex(small, Math.copySign(large, im));
    }

    /** e to this. */
    public Complex exp() {
        double size = StrictMath.exp(re);
        return new Complex(size * StrictMath.cos(im), size * StrictMath.sin(im));
    }

    /** e to this, less 1. */
    public Complex expm1() {
        double half = StrictMath.sin(im / 2);
        double size = StrictMath.exp(re);
        return new Complex(StrictMath.expm1(re) * StrictMath.cos(im) - 2 * half * half, size * StrictMath.sin(im));
    }

    /** The principal logarithm; that of a negative real number has no derivative to give, and is NaN. */
    public Complex log() {
        return re < 0 && Math.abs(im) < TINY * -re
                ? NOT_A_NUMBER
                : new Complex(StrictMath.log(abs()), StrictMath.atan2(im, re));
    }

    /** The principal logarithm of 1 + this. */
    public Complex log1p() {
        if (re > -0.5 && Math.abs(re) < 1 && Math.abs(im) < 1) {
            return new Complex(StrictMath.log1p(re * (2 + re) + im * im) / 2, StrictMath.atan2(im, 1 + re));
        }
        return plus(ONE).log();
    }

    /** The sine. */
    public Complex sin() {
        return new Complex(StrictMath.sin(re) * StrictMath.cosh(im), StrictMath.cos(re) * StrictMath.sinh(im));
    }

    /** The cosine. */
    public Complex cos() {
        return new Complex(StrictMath.cos(re) * StrictMath.cosh(im), -StrictMath.sin(re) * StrictMath.sinh(im));
    }

    /** The hyperbolic tangent, (sinh 2x + i sin 2y)/(cosh 2x + cos 2y). */
    public Complex tanh() {
        if (Math.abs(re) > 20) {
            return new Complex(Math.copySign(1, re), 2 * StrictMath.sin(2 * im) * StrictMath.exp(-2 * Math.abs(re)));
        }
        double size = StrictMath.cosh(2 * re) + StrictMath.cos(2 * im);
        return new Complex(StrictMath.sinh(2 * re) / size, StrictMath.sin(2 * im) / size);
    }

    private static final Complex NOT_A_NUMBER = new Complex(Double.NaN, Double.NaN);
    private static final double TINY = 1e-50;
}
