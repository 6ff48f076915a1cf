/**
 * Straight-line code for many lanes at once, written down operation by operation and compiled to bytecode.
 *
 * <p>A call of a kernel costs a pass over memory and a dispatch; for a model of a few parameters that is most of the
 * time. Here a whole step becomes one method: {@link dev.lowland.core.lane.LaneCode} takes down what happens to the
 * numbers of one lane, {@link dev.lowland.core.lane.LaneAssembler} turns it into a loop over the lanes, with vectors of
 * the Vector API or with plain doubles, and the compiler of the JVM keeps the intermediate values in registers.
 *
 * <p>Every operation is the IEEE 754 one, in the order written, fused only where
 * {@link dev.lowland.core.lane.LaneCode#fma} says so: both forms give the same bits on every processor, and the bits of
 * the kernels that do the same.
 */
@NullMarked
package dev.lowland.core.lane;

import org.jspecify.annotations.NullMarked;
