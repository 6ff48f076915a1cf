/** Random numbers by Philox, some blocks side by side; what they are is in {@code dev.lowland.core.generator}. */
@NullMarked
package dev.lowland.core.kernel.vector.random;

import org.jspecify.annotations.NullMarked;
