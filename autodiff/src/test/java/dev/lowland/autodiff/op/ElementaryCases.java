package dev.lowland.autodiff.op;

import static dev.lowland.autodiff.op.OpCase.both;
import static dev.lowland.autodiff.op.OpCase.opCase;
import static dev.lowland.autodiff.op.OpCase.pointwise;

import dev.lowland.autodiff.graph.Shape;
import java.util.ArrayList;
import java.util.List;

/** Arithmetic and functions of one number. */
final class ElementaryCases {
    private ElementaryCases() {}

    static List<OpCase> all() {
        List<OpCase> cases = new ArrayList<>(arithmetic());
        cases.addAll(List.of(
                pointwise("square", Ops::square, x -> x * x, x -> x.times(x), Domain.in(-2, 2)),
                pointwise("reciprocal", Ops::reciprocal, x -> 1 / x, x -> x.power(-1), Domain.awayFromZero(0.4, 2)),
                pointwise("sqrt", Ops::sqrt, StrictMath::sqrt, ElementaryCases::root, Domain.in(0.3, 3)),
                pointwise("rsqrt", Ops::rsqrt, x -> 1 / StrictMath.sqrt(x), x -> root(x).power(-1), Domain.in(0.3, 3)),
                pointwise("exp", Ops::exp, StrictMath::exp, Series::exp, Domain.in(-2, 2)),
                pointwise("log", Ops::log, StrictMath::log, Series::log, Domain.in(0.3, 4)),
                pointwise("log1p", Ops::log1p, StrictMath::log1p, x -> x.plus(1).log(), Domain.in(-0.6, 3)),
                pointwise("expm1", Ops::expm1, StrictMath::expm1, x -> x.exp().plus(-1), Domain.in(-2, 2)),
                pointwise("tanh", Ops::tanh, StrictMath::tanh, ElementaryCases::tanh, Domain.in(-2, 2)),
                pointwise(
                        "sechSquare",
                        Ops::sechSquare,
                        x -> 1 / (StrictMath.cosh(x) * StrictMath.cosh(x)),
                        ElementaryCases::sechSquare,
                        Domain.in(-2, 2)),
                pointwise(
                        "sigmoid",
                        Ops::sigmoid,
                        x -> 1 / (1 + StrictMath.exp(-x)),
                        ElementaryCases::sigmoid,
                        Domain.in(-4, 4)),
                pointwise(
                        "softplus",
                        Ops::softplus,
                        x -> StrictMath.max(x, 0) + StrictMath.log1p(StrictMath.exp(-StrictMath.abs(x))),
                        ElementaryCases::softplus,
                        Domain.in(-4, 4)),
                pointwise("sin", Ops::sin, StrictMath::sin, Series::sin, Domain.in(-3, 3)),
                pointwise("cos", Ops::cos, StrictMath::cos, Series::cos, Domain.in(-3, 3)),
                pointwise("erf", Ops::erf, ElementaryCases::erf, Series::erf, Domain.in(-2, 2)),
                pointwise(
                        "gaussian",
                        Ops::gaussian,
                        x -> StrictMath.exp(-x * x),
                        x -> x.times(x).negate().exp(),
                        Domain.in(-2, 2)),
                pointwise(
                        "normalDensity",
                        Ops::normalDensity,
                        x -> StrictMath.exp(-x * x / 2) / StrictMath.sqrt(2 * StrictMath.PI),
                        ElementaryCases::density,
                        Domain.in(-2.5, 2.5)),
                pointwise(
                        "normalCdf",
                        Ops::normalCdf,
                        x -> (1 + erf(x / StrictMath.sqrt(2))) / 2,
                        ElementaryCases::normalCdf,
                        Domain.in(-2.5, 2.5)),
                pointwise(
                        "gelu",
                        Ops::gelu,
                        x -> x * (1 + erf(x / StrictMath.sqrt(2))) / 2,
                        x -> x.times(normalCdf(x)),
                        Domain.in(-2.5, 2.5)),
                pointwise(
                        "silu",
                        Ops::silu,
                        x -> x / (1 + StrictMath.exp(-x)),
                        x -> x.times(sigmoid(x)),
                        Domain.in(-3, 3)),
                pointwise("abs", Ops::abs, StrictMath::abs, Series::abs, Domain.awayFromZero(0.2, 2))
                        .piecewise(),
                pointwise(
                                "relu",
                                Ops::relu,
                                x -> StrictMath.max(x, 0),
                                x -> x.isPositive() ? x : x.constant(0),
                                Domain.awayFromZero(0.2, 2))
                        .piecewise(),
                pointwise(
                                "step",
                                Ops::step,
                                x -> x > 0 ? 1 : 0,
                                x -> x.constant(x.isPositive() ? 1 : 0),
                                Domain.awayFromZero(0.2, 2))
                        .piecewise(),
                pointwise(
                                "sign",
                                Ops::sign,
                                StrictMath::signum,
                                x -> x.constant(x.isPositive() ? 1 : -1),
                                Domain.awayFromZero(0.2, 2))
                        .piecewise()));
        for (int exponent : new int[] {-3, -1, 0, 1, 2, 3, 7}) {
            Domain domain = exponent < 0 ? Domain.awayFromZero(0.5, 1.6) : Domain.in(-1.6, 1.6);
            cases.add(opCase(
                            "Ops.power(Node,int)",
                            n -> Ops.power(n[0], exponent),
                            t -> OpCase.map(t[0], x -> StrictMath.pow(x, exponent)))
                    .note(exponent + "")
                    .exactly(x -> x.power(exponent))
                    .with(Shape.of(2, 2), domain));
        }
        return cases;
    }

    private static List<OpCase> arithmetic() {
        return List.of(
                opCase("Ops.add(Node,Node)", n -> Ops.add(n[0], n[1]), both(Double::sum))
                        .with(2, 3)
                        .with(2, 3),
                opCase("Ops.add(Node,Node)", n -> Ops.add(n[0], n[1]), both(Double::sum))
                        .note("1×n and n×1 of a stack")
                        .with(2, 1, 3)
                        .with(1, 3, 1),
                opCase("Ops.subtract(Node,Node)", n -> Ops.subtract(n[0], n[1]), both((x, y) -> x - y))
                        .with(3, 2)
                        .with(3, 2),
                opCase("Ops.subtract(Node,Node)", n -> Ops.subtract(n[0], n[1]), both((x, y) -> x - y))
                        .note("1×1 and n×1")
                        .with(1, 1)
                        .with(3, 1),
                opCase("Ops.multiply(Node,Node)", n -> Ops.multiply(n[0], n[1]), both((x, y) -> x * y))
                        .with(2, 2, 2)
                        .with(2, 2, 2),
                opCase("Ops.multiply(Node,Node)", n -> Ops.multiply(n[0], n[1]), both((x, y) -> x * y))
                        .note("1×1 and 1×n")
                        .with(1, 1)
                        .with(1, 3),
                opCase("Ops.multiply(Node,Node)", n -> Ops.multiply(n[0], n[0]), t -> OpCase.map(t[0], x -> x * x))
                        .note("with itself")
                        .with(2, 2),
                opCase("Ops.divide(Node,Node)", n -> Ops.divide(n[0], n[1]), both((x, y) -> x / y))
                        .with(2, 3)
                        .with(Shape.of(2, 1), Domain.awayFromZero(0.5, 2)),
                opCase("Ops.scale(Node,double)", n -> Ops.scale(n[0], -1.75), t -> OpCase.map(t[0], x -> -1.75 * x))
                        .with(2, 3),
                opCase("Ops.negate(Node)", n -> Ops.negate(n[0]), t -> OpCase.map(t[0], x -> -x))
                        .with(2, 3),
                opCase("Ops.ones(Node)", n -> Ops.ones(n[0]), t -> OpCase.map(t[0], x -> 1))
                        .with(2, 3),
                opCase("Ops.zeros(Node)", n -> Ops.zeros(n[0]), t -> OpCase.map(t[0], x -> 0))
                        .with(2, 3));
    }

    private static Series root(Series x) {
        if (!x.isPositive()) {
            throw new ArithmeticException("a root of what is not positive");
        }
        return x.sqrt();
    }

    /** (1 − e⁻²ˣ)/(1 + e⁻²ˣ), with the sign of x that keeps the exponential small. */
    private static Series tanh(Series x) {
        Series e = x.abs().times(-2).exp();
        Series size = e.negate().plus(1).over(e.plus(1));
        return x.isPositive() ? size : size.negate();
    }

    private static Series sechSquare(Series x) {
        Series e = x.abs().times(-2).exp();
        return e.times(4).over(e.plus(1).power(2));
    }

    private static Series sigmoid(Series x) {
        Series e = x.abs().negate().exp();
        return (x.isPositive() ? x.constant(1) : e).over(e.plus(1));
    }

    private static Series softplus(Series x) {
        Series rest = x.abs().negate().exp().plus(1).log();
        return x.isPositive() ? x.plus(rest) : rest;
    }

    private static Series density(Series x) {
        return x.times(x).times(-0.5).exp().over(x.constant(2).sqrt().times(x.rootOfPi()));
    }

    private static Series normalCdf(Series x) {
        return x.over(x.constant(2).sqrt()).erf().plus(1).times(0.5);
    }

    /** The power series, for |x| ≤ 3. */
    static double erf(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; n < 80; n++) {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return 2 / StrictMath.sqrt(StrictMath.PI) * sum;
    }
}
