/**
 * Checks of arguments, and the texts of their errors, in one place.
 *
 * <p>Every text has the form {@code operation: argument is FOUND, must be RULE}.
 */
@NullMarked
package dev.lowland.core.check;

import org.jspecify.annotations.NullMarked;
