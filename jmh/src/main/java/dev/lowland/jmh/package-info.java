/**
 * Benchmarks of the library, one idea a class.
 *
 * <p>Run them with {@code java -jar jmh/target/benchmarks.jar}. Compare only figures that stand side by side in one
 * run: machines differ, and one machine differs from itself an hour later. The forks ask for the vector module by
 * themselves; {@code -jvmArgsAppend -Dlowland.simd=scalar} takes the scalar twin of the same method, {@code -prof gc}
 * tells what a call allocates. {@code jmh/results} runs everything beside its peers and writes the table.
 */
@NullMarked
package dev.lowland.jmh;

import org.jspecify.annotations.NullMarked;
