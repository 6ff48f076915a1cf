/** Convolutions of single runs: tiles that read an image with a margin through a table of offsets, one a term. */
@NullMarked
package dev.lowland.core.kernel.vector.image;

import org.jspecify.annotations.NullMarked;
