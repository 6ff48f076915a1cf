/**
 * Threads for one long job, or for many short ones. Tasks are fixed before the threads are counted, and sums are made
 * in the order of the tasks, so that no result depends on how many threads there were. Not exported.
 */
@NullMarked
package dev.lowland.optim.parallel;

import org.jspecify.annotations.NullMarked;
