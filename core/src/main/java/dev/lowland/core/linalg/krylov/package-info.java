/**
 * What can be learnt of a symmetric matrix A from the vectors z, Az, A²z, …: eigenvalues at the ends of its spectrum,
 * functions of it times a vector, solutions of linear systems.
 *
 * <p>Notation: P is the size, m the number of steps, V the orthonormal basis v_1..v_m of the Krylov space, T = VᵀAV,
 * (θ_i, s_i) the eigenpairs of T (Ritz values), y_i = V s_i (Ritz vectors).
 *
 * <p>Every method orthogonalises fully, in two passes: m²P work and mP memory, and in exchange no ghost copies of
 * eigenvalues, and error bounds that hold as written. Sums are in the fixed order of the kernels, so results are the
 * same on every twin and for every number of threads.
 *
 * <p>Objects here own their memory and are used again and again; they belong to one thread at a time.
 *
 * <p>References: Parlett, <i>The Symmetric Eigenvalue Problem</i> (SIAM 1998); Golub, Meurant, <i>Matrices, Moments and
 * Quadrature with Applications</i> (Princeton 2010); Wu, Simon, <i>Thick-restart Lanczos method</i>, SIAM J. Matrix
 * Anal. Appl. 22 (2000).
 */
@NullMarked
package dev.lowland.core.linalg.krylov;

import org.jspecify.annotations.NullMarked;
