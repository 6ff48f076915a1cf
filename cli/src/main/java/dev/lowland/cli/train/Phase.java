package dev.lowland.cli.train;

import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.Optimiser;
import org.jspecify.annotations.Nullable;

/**
 * A part of a training.
 *
 * @param name what it does, in a few words
 * @param objective what it minimises
 * @param optimiser how, with its seed and threads
 * @param steps how many it takes at most
 * @param goal when it ends before; null for the last phase, which does not
 */
record Phase(
        String name,
        Objective objective,
        Optimiser optimiser,
        long steps,
        @Nullable Goal goal) {}
