/**
 * What can be computed about one problem: how flat a point is ({@link dev.lowland.cli.study.Inspection}), where the
 * theory says that the runs go ({@link dev.lowland.cli.study.Prediction}), and where they do go
 * ({@link dev.lowland.cli.study.Simulation}). Numbers only: how they are written is the business of
 * {@link dev.lowland.cli.report}.
 *
 * <p>Notation: L training loss, H = ∇²L, λ = ησ²/(B(1−β)), R the regularizer, L̃ = L + λR, Φ_k the slow flow after k
 * steps, e = η/(1+β).
 */
@NullMarked
package dev.lowland.cli.study;

import org.jspecify.annotations.NullMarked;
