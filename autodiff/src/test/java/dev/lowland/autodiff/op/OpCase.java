package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One builder at fixed shapes, with the domain of each operand and a value written from the definition.
 *
 * @param method the builder's signature, for example {@code Ops.add(Node,Node)}
 * @param note what is special about this case, or empty
 * @param operands shapes and domains
 * @param build the expression
 * @param reference its value from the definition, sharing no code with the op
 * @param smooth whether it is analytic; else differences are compared, too
 * @param exact for functions of one number, their value with derivatives in many digits, from the definition
 */
record OpCase(
        String method,
        String note,
        List<Operand> operands,
        Function<Node[], Node> build,
        Function<Tensor[], Tensor> reference,
        boolean smooth,
        Optional<UnaryOperator<Series>> exact) {

    /** Shape and domain of an operand, and whether it only chooses and takes no derivative. */
    record Operand(Shape shape, Domain domain, boolean control) {}

    OpCase {
        operands = List.copyOf(operands);
        if (build == null || reference == null || method.isEmpty()) {
            throw new IllegalArgumentException(method + note + ": no builder or reference");
        }
    }

    static OpCase opCase(String method, Function<Node[], Node> build, Function<Tensor[], Tensor> reference) {
        return new OpCase(method, "", List.of(), build, reference, true, Optional.empty());
    }

    /**
     * A function applied entry by entry. Words of derivatives are checked in the domain, values and derivatives to
     * order 3 wherever {@code exact} does not throw an ArithmeticException.
     */
    static OpCase pointwise(
            String name,
            UnaryOperator<Node> build,
            DoubleUnaryOperator reference,
            UnaryOperator<Series> exact,
            Domain domain) {
        return opCase("Ops." + name + "(Node)", n -> build.apply(n[0]), t -> map(t[0], reference))
                .exactly(exact)
                .with(Shape.of(2, 3), domain);
    }

    OpCase exactly(UnaryOperator<Series> function) {
        return new OpCase(method, note, operands, build, reference, smooth, Optional.of(function));
    }

    /** A function of two, entry by entry, broadcast. */
    static Function<Tensor[], Tensor> both(DoubleBinaryOperator f) {
        return t -> {
            Shape x = t[0].shape();
            Shape y = t[1].shape();
            Shape common = Shape.of(
                    Math.max(x.groups(), y.groups()), Math.max(x.rows(), y.rows()), Math.max(x.columns(), y.columns()));
            return Tensor.of(common, (g, r, c) -> f.applyAsDouble(t[0].at(g, r, c), t[1].at(g, r, c)));
        };
    }

    static Tensor map(Tensor x, DoubleUnaryOperator f) {
        return Tensor.of(x.shape(), (g, r, c) -> f.applyAsDouble(x.at(g, r, c)));
    }

    /** One operand more. */
    OpCase with(Shape shape, Domain domain) {
        return with(new Operand(shape, domain, false));
    }

    /** One operand more, of numbers of both signs. */
    OpCase with(int... shape) {
        return with(shapeOf(shape), Domain.in(-1.5, 1.5));
    }

    /** One operand more that only chooses. */
    OpCase choosing(Shape shape, Domain domain) {
        return with(new Operand(shape, domain, true));
    }

    private static Shape shapeOf(int... s) {
        return s.length == 2 ? Shape.of(s[0], s[1]) : Shape.of(s[0], s[1], s[2]);
    }

    private OpCase with(Operand operand) {
        List<Operand> more = new ArrayList<>(operands);
        more.add(operand);
        return new OpCase(method, note, more, build, reference, smooth, exact);
    }

    OpCase note(String text) {
        return new OpCase(method, text, operands, build, reference, smooth, exact);
    }

    OpCase piecewise() {
        return new OpCase(method, note, operands, build, reference, false, exact);
    }

    @Override
    public String toString() {
        return note.isEmpty() ? method : method + " " + note;
    }
}
