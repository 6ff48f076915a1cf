/**
 * Benchmarks of the library, one idea a class.
 *
 * <p>Run them with {@code java -jar jmh/target/benchmarks.jar}. Compare only figures that stand side by side in one run:
 * machines differ, and one machine differs from itself an hour later. The forks ask for
 * the vector module by themselves.
 */
@NullMarked
package dev.lowland.jmh;

import org.jspecify.annotations.NullMarked;
