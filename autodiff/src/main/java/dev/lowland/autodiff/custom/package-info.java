/**
 * Ops of the user's own.
 *
 * <p>{@link dev.lowland.autodiff.custom.CustomOp} takes a value and a reverse rule, both as graph expressions, for
 * functions whose derivative by the chain rule is unstable, wasteful, or not the one that is wanted. It is evaluated as
 * the expression of its value: in programs, lanes and stacks it costs nothing of its own. It is differentiated by its
 * reverse rule alone: forward mode is the transpose of that rule, the second order the derivative of forward mode (see
 * {@link dev.lowland.autodiff.graph.ReverseOp}), so the modes cannot disagree.
 *
 * <h2>Writing one</h2>
 *
 * <p>Take z = log(eˣ + eʸ), entry by entry. So that nothing overflows it is computed as max(x, y) + log(1 + exp(−|x −
 * y|)), whose chain rule passes two kinks, at which the derivative comes out wrong. The right one is smooth: ∂z/∂x =
 * sigmoid(x − y), ∂z/∂y = sigmoid(y − x).
 *
 * <pre>{@code
 * CustomOp logAddExp = CustomOp.named("logAddExp")
 *         .operands(Shape.of(2, 3), Shape.of(2, 3))              // how many, and the shapes it is checked on
 *         .value(x -> {
 *             Node gap = Ops.abs(Ops.subtract(x.get(0), x.get(1)));
 *             return Ops.add(Choices.max(x.get(0), x.get(1)), Ops.log1p(Ops.exp(Ops.negate(gap))));
 *         })
 *         .vjp((x, z, c) -> {                                    // operands, value, cotangent of the value
 *             Node gap = Ops.subtract(x.get(0), x.get(1));
 *             return List.of(                                    // one cotangent for each operand, of its shape
 *                     Ops.multiply(c, Ops.sigmoid(gap)),
 *                     Ops.multiply(c, Ops.sigmoid(Ops.negate(gap))));
 *         })
 *         .register();                                           // checks the rule, throws if it is wrong
 *
 * Node z = graph.apply(logAddExp, x, y);                         // from here on an op like any other
 * Node gradient = Reverse.gradient(Ops.sum(z), x);
 * Node third = Reverse.gradient(Jet2.collapsed(Ops.sum(z), x, directions), x);
 * }</pre>
 *
 * <p>The steps, in general:
 *
 * <ol>
 *   <li><b>Value.</b> Build it from the operands and constants only; a node from outside is refused, because its
 *       derivative would be lost.
 *   <li><b>Reverse rule.</b> For each operand Jᵀc, linear in c. It is made of ops that have derivatives, so it may be
 *       differentiated again, to any order. If its derivative is not what you want, say {@code vjpOnce}: the second
 *       order then throws and names the op. With no rule at all the first order throws.
 *   <li><b>Domain.</b> {@code domain(low, high)} says between which numbers the check draws its operands, away from
 *       kinks and poles.
 *   <li><b>Register.</b> First and second derivatives are held against differences of the value. A wrong rule throws an
 *       {@code IllegalArgumentException} with a report: which entry, both values, the error.
 * </ol>
 *
 * <p>An op with inner loops of its own is not a custom op in this sense but a
 * {@link dev.lowland.autodiff.graph.Primitive} of one of the classes in {@link dev.lowland.autodiff.graph}. That is
 * enough for every transform and program; what programs may spare on it, it says in a
 * {@link dev.lowland.autodiff.lowering.Lowering}, if it likes.
 */
@NullMarked
package dev.lowland.autodiff.custom;

import org.jspecify.annotations.NullMarked;
