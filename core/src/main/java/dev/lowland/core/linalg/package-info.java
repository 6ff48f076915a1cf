/**
 * Linear algebra on EJML's row-major matrices: operators, and decompositions with checked inputs and a fixed order of
 * results.
 *
 * <p>Dense factorisations are EJML's ({@code org.ejml.dense.row}). Its {@code DMatrixRMaj.data} may be longer than rows
 * × columns after a reshape; everything here looks at the first rows × columns entries only.
 */
@NullMarked
package dev.lowland.core.linalg;

import org.jspecify.annotations.NullMarked;
