/** Losses with flipped labels: their minimum, their noise, their drift, and the jitter of their runs. */
@NullMarked
package dev.lowland.theory.claims.classification;

import org.jspecify.annotations.NullMarked;
