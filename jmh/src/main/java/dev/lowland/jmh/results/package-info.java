/**
 * One command that runs every benchmark beside its peers and writes the table of results.
 *
 * <p>A {@link dev.lowland.jmh.results.Source} measures something and gives nanoseconds by name: a fork of JMH, the
 * script of the Python peers, a C program. The {@link dev.lowland.jmh.results.Plan} puts those that are compared next
 * to each other and goes through all of them in several rounds. A {@link dev.lowland.jmh.results.Row} makes one ratio
 * of each round; its result is their median, with the least and the most. Times are nanoseconds, memory is bytes,
 * speeds are per nanosecond (so that 1 is 10⁹ a second).
 */
@NullMarked
package dev.lowland.jmh.results;

import org.jspecify.annotations.NullMarked;
