/**
 * The learning rate η_k of step k, counted from 0 at the very start of a run, so that a run that is resumed goes on
 * with the rates that it would have had.
 *
 * <p>Powers and cosines have the same bits on every machine.
 */
@NullMarked
package dev.lowland.optim.schedule;

import org.jspecify.annotations.NullMarked;
