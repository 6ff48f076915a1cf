/**
 * The graph: what is to be computed, as immutable nodes with static shapes.
 *
 * <p>A value is a stack of row-major matrices, {@link dev.lowland.autodiff.graph.Shape}. A
 * {@link dev.lowland.autodiff.graph.Node} is an {@link dev.lowland.autodiff.graph.Op} applied to earlier nodes of the
 * same {@link dev.lowland.autodiff.graph.Graph}; equal applications are one node. Ids grow along every edge, so the
 * order of ids is an order of evaluation.
 *
 * <p>How an op is differentiated follows from its algebraic class alone:
 *
 * <table>
 * <caption>Classes of primitives</caption>
 * <tr><th>class</th><th>value</th><th>what the op states</th></tr>
 * <tr><td>{@link dev.lowland.autodiff.graph.LinearOp}</td><td>Σ_k L_k x_k</td><td>each L_k and its transpose</td></tr>
 * <tr><td>{@link dev.lowland.autodiff.graph.BilinearOp}</td><td>B(x, y)</td><td>its two partial transposes</td></tr>
 * <tr><td>{@link dev.lowland.autodiff.graph.PointwiseOp}</td><td>f(x_i)</td><td>f′ as a graph</td></tr>
 * <tr><td>{@link dev.lowland.autodiff.graph.ChoiceOp}</td><td>Σ_k L_k(c) x_k</td>
 * <td>each L_k(c) and its transpose; c only chooses</td></tr>
 * <tr><td>{@link dev.lowland.autodiff.graph.ReverseOp}</td><td>F(x_1, …)</td><td>its reverse rule</td></tr>
 * </table>
 *
 * <p>Every rule is made of nodes again, so the set is closed under differentiation, to any order.
 */
@NullMarked
package dev.lowland.autodiff.graph;

import org.jspecify.annotations.NullMarked;
