/**
 * What can be computed about one problem: how flat a point is ({@link dev.lowland.theory.study.Inspection}), where the
 * theory says that the runs go ({@link dev.lowland.theory.study.Prediction}), and where they do go
 * ({@link dev.lowland.theory.study.Simulation}). Numbers only: how they are written is the business of
 * {@link dev.lowland.theory.report}.
 *
 * <p>Notation: L training loss, H = ∇²L, λ = ησ²/(B(1−β)), R the regulariser, L̃ = L + λR, Φ_k the slow flow after k
 * steps, e = η/(1+β).
 */
@NullMarked
package dev.lowland.theory.study;

import org.jspecify.annotations.NullMarked;
