/** Loops over plain arrays: reductions, repeated operands, updates. */
@NullMarked
package dev.lowland.core.kernel.vector.array;

import org.jspecify.annotations.NullMarked;
