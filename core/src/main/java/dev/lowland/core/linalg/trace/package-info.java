/**
 * Random estimates of traces: of a matrix, and of a function of a matrix.
 *
 * <p>A probe z is a random vector with E zzᵀ = I, so that E zᵀMz = tr M. Probe j reads its numbers at position j·P of a
 * stream that the caller gives: the same stream gives the same probes, whatever ran before and on however many threads.
 *
 * <p>Two errors are kept apart throughout: the <b>standard error</b> is the scatter of the probes and falls with their
 * number; the <b>Lanczos error</b> is what is left of f(A)z when a Lanczos run ends, is much the same for all probes,
 * and falls only with longer runs.
 *
 * <p>References: Hutchinson, <i>A stochastic estimator of the trace of the influence matrix</i>, Comm. Statist.
 * Simulation 18 (1989); Meyer, Musco, Musco, Woodruff, <i>Hutch++: optimal stochastic trace estimation</i>, SOSA 2021;
 * Epperly, Tropp, Webber, <i>XTrace: making the most of every sample in stochastic trace estimation</i>, SIAM J. Matrix
 * Anal. Appl. 45 (2024); Ubaru, Chen, Saad, <i>Fast estimation of tr(f(A)) via stochastic Lanczos quadrature</i>, SIAM
 * J. Matrix Anal. Appl. 38 (2017).
 */
@NullMarked
package dev.lowland.core.linalg.trace;

import org.jspecify.annotations.NullMarked;
