package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.core.check.Checks;

/**
 * Builds expressions. Every function returns a node of the operands' graph and changes nothing. Where nothing else is
 * said, operands are any nodes of one graph; a function of one operand works entry by entry and returns a node of its
 * shape, one of two operands is broadcast and returns a node of the stretched shape.
 *
 * <p>Broadcasting has one rule: where two shapes differ along an axis, the one of length 1 is stretched. Anything else
 * throws an {@link IllegalArgumentException} that names the op, both labels and both shapes.
 */
public final class Ops {
    private Ops() {}

    /** x + y, broadcast. */
    public static Node add(Node x, Node y) {
        Checks.notNull("add", "x", x);
        Checks.notNull("add", "y", y);
        Shape shape = Broadcasting.common("add", x, y);
        return Simplify.add(broadcast(x, shape), broadcast(y, shape));
    }

    /** x − y, broadcast. */
    public static Node subtract(Node x, Node y) {
        Checks.notNull("subtract", "x", x);
        Checks.notNull("subtract", "y", y);
        Shape shape = Broadcasting.common("subtract", x, y);
        return Simplify.subtract(broadcast(x, shape), broadcast(y, shape));
    }

    /** x ∘ y entry by entry, broadcast. */
    public static Node multiply(Node x, Node y) {
        Checks.notNull("multiply", "x", x);
        Checks.notNull("multiply", "y", y);
        Shape shape = Broadcasting.common("multiply", x, y);
        return Simplify.multiply(broadcast(x, shape), broadcast(y, shape));
    }

    /** x / y entry by entry, broadcast: x ∘ (1/y). */
    public static Node divide(Node x, Node y) {
        Checks.notNull("divide", "x", x);
        Checks.notNull("divide", "y", y);
        return multiply(x, reciprocal(y));
    }

    /** factor · x. */
    public static Node scale(Node x, double factor) {
        Checks.notNull("scale", "x", x);
        return Simplify.scale(x, factor);
    }

    /** −x. */
    public static Node negate(Node x) {
        Checks.notNull("negate", "x", x);
        return scale(x, -1);
    }

    /** A · B for each matrix of a stack; see {@link #matmul(Node, boolean, Node, boolean)}. */
    public static Node matmul(Node a, Node b) {
        return matmul(a, false, b, false);
    }

    /**
     * op(A) · op(B) for each matrix of a stack, C_ij = Σ_k op(A)_ik op(B)_kj.
     *
     * @param a stack of left operands
     * @param transposeA whether op(A) = Aᵀ
     * @param b stack of right operands; the shorter stack divides the longer one and is used again and again
     * @param transposeB whether op(B) = Bᵀ
     * @return stack of products
     */
    public static Node matmul(Node a, boolean transposeA, Node b, boolean transposeB) {
        Checks.notNull("matmul", "a", a);
        Checks.notNull("matmul", "b", b);
        return Simplify.matmul(a, transposeA, b, transposeB);
    }

    /** Transposes each matrix of the stack. */
    public static Node transpose(Node x) {
        Checks.notNull("transpose", "x", x);
        return Simplify.transpose(x);
    }

    /** The same entries in the same order under another shape. */
    public static Node reshape(Node x, Shape shape) {
        Checks.notNull("reshape", "x", x);
        Checks.notNull("reshape", "shape", shape);
        if (x.shape().equals(shape)) {
            return x;
        }
        if (Simplify.filled(x).isPresent() && x.shape().size() == shape.size()) {
            return x.graph().filled(shape, Simplify.filled(x).getAsDouble());
        }
        Node source = x.op() instanceof Reshape ? x.operand(0) : x;
        return source.shape().equals(shape) ? source : x.graph().apply(new Reshape(shape), source);
    }

    /** Stretches axes of length 1 to those of a shape. */
    public static Node broadcast(Node x, Shape shape) {
        Checks.notNull("broadcast", "shape", shape);
        Checks.notNull("broadcast", "x", x);
        return Broadcasting.to(x, shape);
    }

    /** The sum of all entries, 1×1. */
    public static Node sum(Node x) {
        Checks.notNull("sum", "x", x);
        return sumView(x, new View(1, x.shape().size(), 1), Shape.scalar());
    }

    /** The sum along an axis, which keeps length 1. */
    public static Node sum(Node x, Axis axis) {
        Checks.notNull("sum", "x", x);
        Checks.notNull("sum", "axis", axis);
        return sumView(x, View.of(x.shape(), axis), axis.resize(x.shape(), 1));
    }

    /** The sum over the rows of each matrix: g × 1 × c. */
    public static Node sumRows(Node x) {
        Checks.notNull("sum rows", "x", x);
        return sum(x, Axis.ROWS);
    }

    /** The sum over the columns of each matrix: g × r × 1. */
    public static Node sumColumns(Node x) {
        Checks.notNull("sum columns", "x", x);
        return sum(x, Axis.COLUMNS);
    }

    /** The sum over the matrices of the stack: 1 × r × c. */
    public static Node sumGroups(Node x) {
        Checks.notNull("sum groups", "x", x);
        return sum(x, Axis.GROUPS);
    }

    /** The mean of all entries, 1×1. */
    public static Node mean(Node x) {
        Checks.notNull("mean", "x", x);
        return scale(sum(x), 1.0 / x.shape().size());
    }

    /** Σ x_i y_i over all entries, 1×1; both of one shape. */
    public static Node dot(Node x, Node y) {
        Checks.notNull("dot", "x", x);
        Checks.notNull("dot", "y", y);
        return sum(multiply(x, y));
    }

    /** Entries [start, start + length) along an axis. */
    public static Node slice(Node x, Axis axis, int start, int length) {
        Checks.notNull("slice", "x", x);
        Checks.notNull("slice", "axis", axis);
        if (start == 0 && length == axis.length(x.shape())) {
            return x;
        }
        return Simplify.slice(
                new Slice(View.of(x.shape(), axis), start, length, axis.resize(x.shape(), Math.max(0, length))), x);
    }

    /** Puts x at [start, …) of an axis of length {@code total}, zero elsewhere: the transpose of the slice. */
    public static Node pad(Node x, Axis axis, int start, int total) {
        Checks.notNull("pad", "x", x);
        Checks.notNull("pad", "axis", axis);
        int length = axis.length(x.shape());
        if (start == 0 && length == total) {
            return x;
        }
        Shape target = axis.resize(x.shape(), total);
        return x.graph().apply(new Pad(View.of(target, axis), start, length, target), x);
    }

    /** Rows [start, start + length) of each matrix. */
    public static Node sliceRows(Node x, int start, int length) {
        Checks.notNull("slice rows", "x", x);
        return slice(x, Axis.ROWS, start, length);
    }

    /** Columns [start, start + length) of each matrix. */
    public static Node sliceColumns(Node x, int start, int length) {
        Checks.notNull("slice columns", "x", x);
        return slice(x, Axis.COLUMNS, start, length);
    }

    /** x². */
    public static Node square(Node x) {
        Checks.notNull("square", "x", x);
        return pointwise(Elementary.SQUARE, x);
    }

    /** 1/x. */
    public static Node reciprocal(Node x) {
        Checks.notNull("reciprocal", "x", x);
        return pointwise(Elementary.RECIPROCAL, x);
    }

    /** √x. */
    public static Node sqrt(Node x) {
        Checks.notNull("sqrt", "x", x);
        return pointwise(Elementary.SQRT, x);
    }

    /** 1/√x. */
    public static Node rsqrt(Node x) {
        Checks.notNull("rsqrt", "x", x);
        return pointwise(Elementary.RSQRT, x);
    }

    /** xⁿ for a whole n; x⁰ is 1 for every x. */
    public static Node power(Node x, int exponent) {
        Checks.notNull("power", "x", x);
        return switch (exponent) {
            case 0 -> ones(x);
            case 1 -> x;
            case 2 -> square(x);
            case -1 -> reciprocal(x);
            default -> x.graph().apply(new Power(exponent), x);
        };
    }

    /** eˣ. */
    public static Node exp(Node x) {
        Checks.notNull("exp", "x", x);
        return pointwise(Elementary.EXP, x);
    }

    /** log x. */
    public static Node log(Node x) {
        Checks.notNull("log", "x", x);
        return pointwise(Elementary.LOG, x);
    }

    /** log(1 + x). */
    public static Node log1p(Node x) {
        Checks.notNull("log1p", "x", x);
        return pointwise(Elementary.LOG1P, x);
    }

    /** eˣ − 1. */
    public static Node expm1(Node x) {
        Checks.notNull("expm1", "x", x);
        return pointwise(Elementary.EXPM1, x);
    }

    /** tanh x. */
    public static Node tanh(Node x) {
        Checks.notNull("tanh", "x", x);
        return pointwise(Elementary.TANH, x);
    }

    /** sech² x = 1 − tanh² x, the slope of tanh, with all its digits where tanh x is near ±1. */
    public static Node sechSquare(Node x) {
        Checks.notNull("sech square", "x", x);
        return pointwise(Elementary.SECH_SQUARE, x);
    }

    /** 1/(1 + e⁻ˣ), without overflow. */
    public static Node sigmoid(Node x) {
        Checks.notNull("sigmoid", "x", x);
        return pointwise(Elementary.SIGMOID, x);
    }

    /** log(1 + eˣ), without overflow. */
    public static Node softplus(Node x) {
        Checks.notNull("softplus", "x", x);
        return pointwise(Elementary.SOFTPLUS, x);
    }

    /** sin x. */
    public static Node sin(Node x) {
        Checks.notNull("sin", "x", x);
        return pointwise(Elementary.SIN, x);
    }

    /** cos x. */
    public static Node cos(Node x) {
        Checks.notNull("cos", "x", x);
        return pointwise(Elementary.COS, x);
    }

    /** erf x = (2/√π) ∫₀ˣ exp(−t²) dt. */
    public static Node erf(Node x) {
        Checks.notNull("erf", "x", x);
        return pointwise(Elementary.ERF, x);
    }

    /** e^{−x²}. */
    public static Node gaussian(Node x) {
        Checks.notNull("gaussian", "x", x);
        return pointwise(Elementary.GAUSSIAN, x);
    }

    /** φ(x) = e^{−x²/2}/√(2π), the density of the normal law. */
    public static Node normalDensity(Node x) {
        Checks.notNull("normal density", "x", x);
        return pointwise(Elementary.DENSITY, x);
    }

    /** Φ(x), the integral of φ from −∞ to x, with all its digits in the left tail. */
    public static Node normalCdf(Node x) {
        Checks.notNull("normal cdf", "x", x);
        return pointwise(Elementary.NORMAL_CDF, x);
    }

    /** |x|, with derivative 0 at 0. */
    public static Node abs(Node x) {
        Checks.notNull("abs", "x", x);
        return pointwise(Elementary.ABS, x);
    }

    /** max(x, 0), with derivative 0 at 0. */
    public static Node relu(Node x) {
        Checks.notNull("relu", "x", x);
        return pointwise(Elementary.RELU, x);
    }

    /** 1 where x &gt; 0, else 0; its derivative is 0. */
    public static Node step(Node x) {
        Checks.notNull("step", "x", x);
        return pointwise(Elementary.STEP, x);
    }

    /** The sign of x, 0 at 0; its derivative is 0. */
    public static Node sign(Node x) {
        Checks.notNull("sign", "x", x);
        return pointwise(Elementary.SIGN, x);
    }

    /** x Φ(x), the Gaussian error linear unit. */
    public static Node gelu(Node x) {
        Checks.notNull("gelu", "x", x);
        return multiply(x, normalCdf(x));
    }

    /** x · sigmoid(x). */
    public static Node silu(Node x) {
        Checks.notNull("silu", "x", x);
        return multiply(x, sigmoid(x));
    }

    /** Ones of the shape of x. */
    public static Node ones(Node x) {
        Checks.notNull("ones", "x", x);
        return x.graph().filled(x.shape(), 1);
    }

    /** Zeros of the shape of x. */
    public static Node zeros(Node x) {
        Checks.notNull("zeros", "x", x);
        return x.graph().filled(x.shape(), 0);
    }

    static Node repeat(Node x, View view, Shape target) {
        if (Simplify.filled(x).isPresent()) {
            return x.graph().filled(target, Simplify.filled(x).getAsDouble());
        }
        return view.n() == 1 ? reshape(x, target) : x.graph().apply(new Repeat(view, target), x);
    }

    static Node sumView(Node x, View view, Shape target) {
        return view.n() == 1 ? reshape(x, target) : x.graph().apply(new SumAxis(view, target), x);
    }

    private static Node pointwise(Elementary op, Node x) {
        return x.graph().apply(op, x);
    }
}
