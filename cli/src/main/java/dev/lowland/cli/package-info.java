/** Where the program {@code lowland} starts. What it does is in {@link dev.lowland.cli.command}. */
@NullMarked
package dev.lowland.cli;

import org.jspecify.annotations.NullMarked;
