package dev.lowland.autodiff.op;

import java.math.BigDecimal;
import java.util.Arrays;

/**
 * f(x), f′(x), f″(x)/2 and f‴(x)/6 in decimal arithmetic with many digits: the start of a power series, which functions
 * take over from their definitions. No rule of the library is used.
 */
final class Series {
    private static final int TERMS = 4;

    private final Decimals numbers;
    private final BigDecimal[] terms;

    private Series(Decimals numbers, BigDecimal[] terms) {
        this.numbers = numbers;
        this.terms = terms;
    }

    /**
     * The variable at a number, with sixty digits left where a function is the difference of 1 and something as small
     * as x, or as e^{−x²/2}.
     */
    static Series at(double x) {
        double size = Math.abs(x);
        double small = -Math.log10(size);
        double tail = size < 800 ? 0.44 * size * (size < 45 ? Math.max(1, size / 2) : 1) : 0;
        return of(new Decimals(70 + (int) Math.max(small, tail)), new BigDecimal(x), BigDecimal.ONE);
    }

    private static Series of(Decimals numbers, BigDecimal... given) {
        BigDecimal[] terms = Arrays.copyOf(given, TERMS);
        for (int k = given.length; k < TERMS; k++) {
            terms[k] = BigDecimal.ZERO;
        }
        return new Series(numbers, terms);
    }

    /** The derivative of some order, rounded to nothing. */
    BigDecimal derivative(int order) {
        return terms[order].multiply(BigDecimal.valueOf(order < 2 ? 1 : order == 2 ? 2 : 6));
    }

    boolean isPositive() {
        return terms[0].signum() > 0;
    }

    Series constant(double value) {
        return of(numbers, new BigDecimal(value));
    }

    Series rootOfPi() {
        return of(numbers, numbers.rootOfPi());
    }

    Series plus(Series other) {
        BigDecimal[] sum = new BigDecimal[TERMS];
        Arrays.setAll(sum, k -> terms[k].add(other.terms[k], numbers.digits()));
        return new Series(numbers, sum);
    }

    Series plus(double number) {
        return plus(constant(number));
    }

    Series times(double factor) {
        return times(constant(factor));
    }

    Series negate() {
        return times(-1);
    }

    Series minus(Series other) {
        return plus(other.negate());
    }

    Series times(Series other) {
        BigDecimal[] product = new BigDecimal[TERMS];
        for (int k = 0; k < TERMS; k++) {
            product[k] = BigDecimal.ZERO;
            for (int j = 0; j <= k; j++) {
                product[k] = product[k].add(terms[j].multiply(other.terms[k - j], numbers.digits()), numbers.digits());
            }
        }
        return new Series(numbers, product);
    }

    /** q with q · other = this. */
    Series over(Series other) {
        BigDecimal[] q = new BigDecimal[TERMS];
        for (int k = 0; k < TERMS; k++) {
            q[k] = terms[k];
            for (int j = 0; j < k; j++) {
                q[k] = q[k].subtract(q[j].multiply(other.terms[k - j], numbers.digits()), numbers.digits());
            }
            q[k] = q[k].divide(other.terms[0], numbers.digits());
        }
        return new Series(numbers, q);
    }

    Series power(int exponent) {
        Series product = constant(1);
        for (int i = 0; i < Math.abs(exponent); i++) {
            product = product.times(this);
        }
        return exponent < 0 ? constant(1).over(product) : product;
    }

    /** r with r · r = this. */
    Series sqrt() {
        BigDecimal[] r = new BigDecimal[TERMS];
        r[0] = terms[0].sqrt(numbers.digits());
        for (int k = 1; k < TERMS; k++) {
            r[k] = terms[k];
            for (int j = 1; j < k; j++) {
                r[k] = r[k].subtract(r[j].multiply(r[k - j], numbers.digits()), numbers.digits());
            }
            r[k] = r[k].divide(r[0].multiply(BigDecimal.valueOf(2)), numbers.digits());
        }
        return new Series(numbers, r);
    }

    Series exp() {
        BigDecimal e = numbers.exp(terms[0]);
        return composed(e, e, e, e);
    }

    Series log() {
        BigDecimal one = BigDecimal.ONE.divide(terms[0], numbers.digits());
        BigDecimal two = one.multiply(one, numbers.digits()).negate();
        BigDecimal three = two.multiply(one, numbers.digits()).multiply(BigDecimal.valueOf(-2));
        return composed(numbers.log(terms[0]), one, two, three);
    }

    Series sin() {
        BigDecimal sin = numbers.sin(terms[0]);
        BigDecimal cos = numbers.cos(terms[0]);
        return composed(sin, cos, sin.negate(), cos.negate());
    }

    Series cos() {
        BigDecimal sin = numbers.sin(terms[0]);
        BigDecimal cos = numbers.cos(terms[0]);
        return composed(cos, sin.negate(), cos.negate(), sin);
    }

    Series erf() {
        Series x = of(numbers, terms[0], BigDecimal.ONE);
        Series slope = x.times(x).negate().exp().times(2).over(rootOfPi());
        return composed(numbers.erf(terms[0]), slope.derivative(0), slope.derivative(1), slope.derivative(2));
    }

    Series abs() {
        return terms[0].signum() < 0 ? negate() : this;
    }

    /** F(u) for this series u, from the derivatives of F at u. */
    private Series composed(BigDecimal... derivatives) {
        Series h = new Series(numbers, terms.clone());
        h.terms[0] = BigDecimal.ZERO;
        Series sum = of(numbers, derivatives[0]);
        Series power = h;
        long factorial = 1;
        for (int k = 1; k < TERMS; k++) {
            factorial *= k;
            Series factor = of(numbers, derivatives[k].divide(BigDecimal.valueOf(factorial), numbers.digits()));
            sum = sum.plus(power.times(factor));
            power = power.times(h);
        }
        return sum;
    }
}
