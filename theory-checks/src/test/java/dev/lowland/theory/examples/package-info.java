/** The worked examples of THEOREMS.md, as they stand there. */
@NullMarked
package dev.lowland.theory.examples;

import org.jspecify.annotations.NullMarked;
