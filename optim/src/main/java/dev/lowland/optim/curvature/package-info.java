/**
 * Second and third derivatives of an objective as operators, for models and data of any size: products with the
 * Hessian, the Gauss-Newton matrix and the second moment of the per-sample gradients, and what is learnt of a matrix
 * from its products: trace, ends of the spectrum, density.
 *
 * <p>The data go through in chunks of a fixed size, and sums over chunks are made in one order that does not depend on
 * the number of threads; so do not the results. What depends on θ alone is computed once for many products at one θ, as
 * far as memory for it is set aside.
 *
 * <p>Notation: H = ∇²L, J (n·c × P) the Jacobian of the predictions, g_i = ∇ℓ_i the gradient of sample i's loss, P
 * parameters, n samples, c outputs a sample.
 *
 * <p>References: B. Pearlmutter, <i>Fast exact multiplication by the Hessian</i>, Neural Computation 6 (1994); N.
 * Schraudolph, <i>Fast curvature matrix-vector products for second-order gradient descent</i>, Neural Computation 14
 * (2002); and those of {@link dev.lowland.core.linalg.krylov} and {@link dev.lowland.core.linalg.trace}.
 */
@NullMarked
package dev.lowland.optim.curvature;

import org.jspecify.annotations.NullMarked;
