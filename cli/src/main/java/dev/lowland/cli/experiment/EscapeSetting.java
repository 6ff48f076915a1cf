package dev.lowland.cli.experiment;

import dev.lowland.cli.train.Start;

/**
 * One of the settings that an escape compares.
 *
 * @param start where it begins
 * @param momentum β
 * @param learningRate η for β = 0; runs take η(1 − β), so that λ is the same for all β
 * @param noise whether labels are flipped
 */
public record EscapeSetting(Start.Kind start, double momentum, double learningRate, boolean noise) {}
