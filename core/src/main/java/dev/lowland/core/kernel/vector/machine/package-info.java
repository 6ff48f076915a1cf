/** What the rooms share: the width of the vectors, and scratch memory. */
@NullMarked
package dev.lowland.core.kernel.vector.machine;

import org.jspecify.annotations.NullMarked;
