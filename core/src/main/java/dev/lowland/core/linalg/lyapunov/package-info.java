/**
 * Stationary covariances: the fixed points S of linear recursions driven by noise.
 *
 * <p>Notation: H or G is a symmetric positive semidefinite matrix of curvatures h, η the learning rate, β the momentum,
 * Q the covariance of the noise that one step adds, g_i the gradient of sample i, G = (1/n) Σ g_i g_iᵀ.
 *
 * <ul>
 *   <li>{@link dev.lowland.core.linalg.lyapunov.SymmetricLyapunov}: S = A·S·A + Q for any symmetric A.
 *   <li>{@link dev.lowland.core.linalg.lyapunov.Recursion} and
 *       {@link dev.lowland.core.linalg.lyapunov.ModalCovariance}: the same for gradient descent, plain or with
 *       momentum, from the eigenvalues of H, without the cancellation in 1 − (1 − ηh)².
 *   <li>{@link dev.lowland.core.linalg.lyapunov.SampledCovariance}: with the noise of drawing mini-batches, which acts
 *       on S itself.
 * </ul>
 *
 * <p>An unstable recursion has no stationary covariance, and then there is a status and no number.
 *
 * <p>Reference: Damm, <i>Rational Matrix Equations in Stochastic Control</i> (Springer 2004), chapter 3, for the
 * stability theory of positive maps.
 */
@NullMarked
package dev.lowland.core.linalg.lyapunov;

import org.jspecify.annotations.NullMarked;
