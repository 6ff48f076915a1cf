/**
 * Reads problem files: a model, a loss, data, a point θ and the settings of SGD, in one JSON file.
 *
 * <p>The reading is strict. A field that is not known, a number that is not finite, a list of the wrong length, a
 * setting that does not belong to the loss: each is refused by a {@link dev.lowland.cli.problem.ProblemException} that
 * names the file, the field and the rule in one line. Nothing is guessed and nothing is left out in silence.
 *
 * <p>Notation: n samples, d inputs of one sample, P parameters; fields are written as paths, such as
 * {@code data.inputs[2][0]}, with indices from 0.
 */
@NullMarked
package dev.lowland.cli.problem;

import org.jspecify.annotations.NullMarked;
