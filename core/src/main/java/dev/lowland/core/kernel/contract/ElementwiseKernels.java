package dev.lowland.core.kernel.contract;

/**
 * One result an entry: {@code out[i] = f(x[i])} or {@code out[i] = f(x[i], y[i])} for i in [0, n), from the start of
 * each array. {@code out} may be one of the inputs.
 */
public interface ElementwiseKernels {

    /** out = x + y. */
    void add(int n, double[] x, double[] y, double[] out);

    /** out = x − y. */
    void subtract(int n, double[] x, double[] y, double[] out);

    /** out = x·y. */
    void multiply(int n, double[] x, double[] y, double[] out);

    /** out = factor·x. */
    void scale(int n, double factor, double[] x, double[] out);

    /** out = x². */
    void square(int n, double[] x, double[] out);

    /** out = 1/x. */
    void reciprocal(int n, double[] x, double[] out);

    /** out = √x. */
    void sqrt(int n, double[] x, double[] out);

    /** out = eˣ. */
    void exp(int n, double[] x, double[] out);

    /** out = log x. */
    void log(int n, double[] x, double[] out);

    /** out = log(1 + x). */
    void log1p(int n, double[] x, double[] out);

    /** out = eˣ − 1. */
    void expm1(int n, double[] x, double[] out);

    /** out = tanh x. */
    void tanh(int n, double[] x, double[] out);

    /** out = sech² x = 1 − tanh² x, the slope of tanh, with all its digits where tanh x is near ±1. */
    void sechSquare(int n, double[] x, double[] out);

    /** out = 1/(1 + e⁻ˣ), without overflow. */
    void sigmoid(int n, double[] x, double[] out);

    /** out = log(1 + eˣ), without overflow. */
    void softplus(int n, double[] x, double[] out);

    /** out = sin x. */
    void sin(int n, double[] x, double[] out);

    /** out = cos x. */
    void cos(int n, double[] x, double[] out);

    /** out = erf x, the error function. */
    void erf(int n, double[] x, double[] out);

    /** out = e^{−x²}. */
    void gaussian(int n, double[] x, double[] out);

    /** out = φ(x) = e^{−x²/2}/√(2π), the density of the normal law. */
    void normalDensity(int n, double[] x, double[] out);

    /** out = Φ(x), the integral of φ from −∞ to x, with all its digits in the left tail. */
    void normalCdf(int n, double[] x, double[] out);

    /** out = |x|; |−0| is +0. */
    void abs(int n, double[] x, double[] out);

    /** out = x where x &gt; 0, else +0; NaN stays NaN. */
    void relu(int n, double[] x, double[] out);

    /** out = 1 where x &gt; 0, else 0; NaN gives NaN. */
    void step(int n, double[] x, double[] out);

    /** out = 1 where x &gt; 0, −1 where x &lt; 0, 0 at either zero; NaN gives NaN. */
    void sign(int n, double[] x, double[] out);
}
