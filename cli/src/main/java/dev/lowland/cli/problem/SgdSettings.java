package dev.lowland.cli.problem;

import dev.lowland.optim.sgd.Optimiser;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The field {@code sgd} of a problem file.
 *
 * @param optimiser the step, of its parts, with seed 1 and one thread
 * @param flipProbability p in (0, ½) for losses that flip labels, empty for others; it is a part of the loss
 * @param steps how long a training is, at least 1; empty where the file does not say so
 */
public record SgdSettings(Optimiser optimiser, OptionalDouble flipProbability, OptionalLong steps) {}
