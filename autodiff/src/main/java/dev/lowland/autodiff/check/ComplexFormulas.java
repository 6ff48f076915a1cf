package dev.lowland.autodiff.check;

import dev.lowland.autodiff.graph.PointwiseOp;
import dev.lowland.autodiff.op.Elementary;
import dev.lowland.autodiff.op.Power;
import dev.lowland.autodiff.op.StopGradient;
import dev.lowland.core.function.ErrorFunction;
import dev.lowland.core.function.GaussianFunctions;
import org.jspecify.annotations.Nullable;

/**
 * The elementary functions of a complex number, from their definitions, not from their derivatives. Piecewise functions
 * take the piece that the real part is in.
 */
final class ComplexFormulas {
    private static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);
    private static final double ROOT_HALF = Math.sqrt(0.5);
    /** Nodes and weights of the Gauss-Legendre rule with ten points on [−1, 1], positive half. */
    private static final double[] NODES = {
        0.148874338981631210884826001129720,
        0.433395394129247190799265943165784,
        0.679409568299024406234327365114874,
        0.865063366688984510732096688423493,
        0.973906528517171720077964012084452
    };

    private static final double[] WEIGHTS = {
        0.295524224714752870173815619188769,
        0.269266719309996355091226921569469,
        0.219086362515982043995534934228163,
        0.149451349150580593145863396957658,
        0.066671344308688137593568809893332
    };

    private ComplexFormulas() {}

    /** f(z), null if the table does not know the function. */
    static @Nullable Complex apply(PointwiseOp op, Complex z) {
        if (op instanceof Elementary function) {
            return elementary(function, z);
        }
        if (op instanceof Power power) {
            return power(z, power.exponent());
        }
        return op instanceof StopGradient ? new Complex(z.re(), 0) : null;
    }

    /** |n| factors, the reciprocal of that for a negative n. */
    private static Complex power(Complex z, int n) {
        Complex product = Complex.ONE;
        for (int i = 0; i < Math.abs(n); i++) {
            product = product.times(z);
        }
        return n < 0 ? product.reciprocal() : product;
    }

    private static Complex elementary(Elementary function, Complex z) {
        return switch (function) {
            case SQUARE -> z.times(z);
            case RECIPROCAL -> z.reciprocal();
            case SQRT -> z.re() < 0 ? new Complex(Double.NaN, Double.NaN) : z.sqrt();
            case RSQRT ->
                z.re() < 0 ? new Complex(Double.NaN, Double.NaN) : z.sqrt().reciprocal();
            case EXP -> z.exp();
            case LOG -> z.log();
            case LOG1P -> z.log1p();
            case EXPM1 -> z.expm1();
            case TANH -> z.tanh();
            case SECH_SQUARE -> sechSquare(z);
            case SIGMOID -> sigmoid(z);
            case SOFTPLUS -> softplus(z);
            case SIN -> z.sin();
            case COS -> z.cos();
            case ERF -> erf(z);
            case GAUSSIAN -> bell(z.re(), z.im());
            case DENSITY -> bell(z.re() * ROOT_HALF, z.im() * ROOT_HALF).times(TWO_OVER_ROOT_PI * ROOT_HALF / 2);
            case NORMAL_CDF -> normalCdf(z);
            case ABS -> z.re() == 0 ? new Complex(0, 0) : z.times(Math.signum(z.re()));
            case RELU -> z.re() > 0 ? z : new Complex(z.re() <= 0 ? 0 : z.re(), 0);
            case STEP -> new Complex(z.re() > 0 ? 1 : z.re() <= 0 ? 0 : z.re(), 0);
            case SIGN -> new Complex(z.re() == 0 ? 0 : Math.signum(z.re()), 0);
        };
    }

    /** 1/(1 + e⁻ᶻ), or eᶻ/(1 + eᶻ) on the left. */
    static Complex sigmoid(Complex z) {
        if (z.re() >= 0) {
            return Complex.ONE.plus(z.times(-1).exp()).reciprocal();
        }
        Complex e = z.exp();
        return e.over(Complex.ONE.plus(e));
    }

    /** 4e²ᶻ/(1 + e²ᶻ)², with the sign of z that keeps it in range. */
    static Complex sechSquare(Complex z) {
        Complex e = z.times(z.re() > 0 ? -2 : 2).exp();
        Complex root = Complex.ONE.plus(e).reciprocal().times(2);
        return root.times(root).times(e);
    }

    /** log(1 + eᶻ) on the left, z + log(1 + e⁻ᶻ) on the right. */
    static Complex softplus(Complex z) {
        return z.re() > 0 ? z.plus(z.times(-1).exp().log1p()) : z.exp().log1p();
    }

    /** erf(x + iy) = erf x + i (2/√π) ∫₀ʸ exp(−(x + it)²) dt, for |y| up to a few units. */
    static Complex erf(Complex z) {
        Complex rise = integral(z).times(TWO_OVER_ROOT_PI);
        return new Complex(ErrorFunction.erf(z.re()) - rise.im(), rise.re());
    }

    /** Φ(x + iy) = Φ(x) and half of what erf adds to erf(x/√2) on the way to (x + iy)/√2. */
    static Complex normalCdf(Complex z) {
        Complex rise = integral(z.times(ROOT_HALF)).times(TWO_OVER_ROOT_PI / 2);
        return new Complex(GaussianFunctions.normalCdf(z.re()) - rise.im(), rise.re());
    }

    /** ∫₀ʸ exp(−(x + it)²) dt, by panels of ten Gauss-Legendre points. */
    private static Complex integral(Complex z) {
        double x = z.re();
        int panels = 1 + (int) (2 * Math.abs(z.im()) * (1 + Math.abs(x)));
        double half = z.im() / (2 * panels);
        Complex total = new Complex(0, 0);
        for (int panel = 0; panel < panels; panel++) {
            double middle = (2 * panel + 1) * half;
            for (int k = 0; k < NODES.length; k++) {
                Complex pair = bell(x, middle - half * NODES[k]).plus(bell(x, middle + half * NODES[k]));
                total = total.plus(pair.times(half * WEIGHTS[k]));
            }
        }
        return total;
    }

    /** exp(−(x + it)²). */
    private static Complex bell(double x, double t) {
        return new Complex(t * t - x * x, -2 * x * t).exp();
    }
}
