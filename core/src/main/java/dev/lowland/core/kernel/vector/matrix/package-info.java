/**
 * Products of matrices in single runs: tiles of registers over packed operands, and lines where a tile does not pay.
 */
@NullMarked
package dev.lowland.core.kernel.vector.matrix;

import org.jspecify.annotations.NullMarked;
