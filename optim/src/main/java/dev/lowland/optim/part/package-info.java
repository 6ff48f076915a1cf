/**
 * How files know the parts of an optimiser: a name, fields that are numbers, and what makes the part of them. The lists
 * are with the parts: {@code Rules.kinds()}, {@code Schedules.kinds()}, {@code Batches.kinds()}.
 */
@NullMarked
package dev.lowland.optim.part;

import org.jspecify.annotations.NullMarked;
