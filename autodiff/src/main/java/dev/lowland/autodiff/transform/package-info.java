/**
 * Graph-to-graph transforms. Each takes nodes and returns nodes of the same graph, so they nest in any order:
 *
 * <ul>
 *   <li>{@link dev.lowland.autodiff.transform.Reverse}: vjp, vector times Jacobian; gradients;
 *   <li>{@link dev.lowland.autodiff.transform.Forward}: jvp, Jacobian times vector; of a gradient it is the
 *       Hessian-vector product, hvp;
 *   <li>{@link dev.lowland.autodiff.transform.Jet2}: Σ_j D²f[w_j, w_j] for many directions at once;
 *   <li>{@link dev.lowland.autodiff.transform.Vmap}: the same expression for a stack of values of some of its nodes,
 *       and {@link dev.lowland.autodiff.transform.Chunks} for a long stack;
 *   <li>made of these, {@link dev.lowland.autodiff.transform.Jacobian},
 *       {@link dev.lowland.autodiff.transform.PerSample} gradients and norms, and
 *       {@link dev.lowland.autodiff.transform.GaussNewton} products.
 * </ul>
 *
 * <p>Inside a transform a zero tangent is the absence of a node, so nothing is computed for what does not depend on the
 * variable; what a transform returns for it is an exact zero of the right shape. Walks follow ids, never the call
 * stack: a chain of a hundred thousand nodes is no deeper than one of ten.
 */
@NullMarked
package dev.lowland.autodiff.transform;

import org.jspecify.annotations.NullMarked;
