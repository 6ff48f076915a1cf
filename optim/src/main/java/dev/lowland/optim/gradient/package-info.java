/**
 * The gradient of the mean of a step's loss over its batch: as a graph, as programs for a batch of one size, and by one
 * program, in place, or in chunks on several threads. For the packages of this module alone.
 */
@NullMarked
package dev.lowland.optim.gradient;

import org.jspecify.annotations.NullMarked;
