/**
 * What a run has to remember, as bytes: θ, velocity, moments, steps and seed, with the settings that they belong to, so
 * that a run that is killed goes on as if nothing had happened, to the bit. {@link dev.lowland.optim.state.States}
 * makes a {@link dev.lowland.optim.state.SavedState} of a run or an ensemble and takes it back;
 * {@link dev.lowland.optim.state.StateSettings} says whose it is.
 *
 * <p>The format, little-endian: eight bytes {@code LOWLANDS}; version, four bytes; length of the body, eight bytes;
 * CRC32C of these, four bytes; the body; SHA-256 of all before. The body is the kind, the settings (names and values),
 * the whole numbers and the arrays by name; a text is its length in UTF-8 and that.
 */
@NullMarked
package dev.lowland.optim.state;

import org.jspecify.annotations.NullMarked;
