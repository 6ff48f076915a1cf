/** Functions of one number; formulas and coefficients are those of {@code dev.lowland.core.function}. */
@NullMarked
package dev.lowland.core.kernel.vector.function;

import org.jspecify.annotations.NullMarked;
