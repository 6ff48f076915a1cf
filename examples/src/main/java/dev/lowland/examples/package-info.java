/**
 * What the library can be used for, one idea a class. Each has a {@code main} that prints what it found, and a method
 * with the same result for the tests.
 *
 * <p>Run one with {@code ./mvnw -q -o package -pl examples -am -DskipTests} and the class path of the module, or from
 * an editor.
 */
@NullMarked
package dev.lowland.examples;

import org.jspecify.annotations.NullMarked;
