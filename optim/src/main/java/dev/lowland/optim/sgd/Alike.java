package dev.lowland.optim.sgd;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.noise.NoiseLaw;

/** Which settings may lie side by side: those of one kind in all parts, and of one batch. */
final class Alike {

    private static final String OPERATION = "lanes";

    private Alike() {}

    /** Refuses a group that a program has no steps for. */
    static void check(SgdProgram program, LaneGroup group) {
        Optimiser own = group.optimiser();
        Optimiser model = program.optimiser();
        Checks.length(
                OPERATION,
                "start",
                group.liveStart().length,
                program.objective().parameterCount());
        if (same(own, model)) {
            return;
        }
        if (!program.isVaried()) {
            throw Checks.error(OPERATION, "optimiser", own.toString(), model + ", that of the program");
        }
        require("batches", own.batches(), model.batches());
        require("rule", own.rule().name(), model.rule().name());
        require("memory of the rule", own.rule().memory(), model.rule().memory());
        require(
                "kind of learning rate",
                own.schedule().constant().isPresent() ? "constant" : "changing",
                model.schedule().constant().isPresent() ? "constant" : "changing");
        require("noiseLaw", own.noiseLaw(program.objective()), program.law());
        if (program.law() == NoiseLaw.EXPLICIT
                && !own.noise().onParameters().equals(model.noise().onParameters())
                && !own.noise()
                        .onParameters()
                        .orElseThrow()
                        .hasFactorOf(model.noise().onParameters().orElseThrow())) {
            throw Checks.error(
                    OPERATION, "parameterNoise", own.noise().toString(), "that of the others, but for its strength");
        }
    }

    @SuppressWarnings("ReferenceEquality") // optimisers are immutable: the same one needs no look at its parts
    private static boolean same(Optimiser own, Optimiser model) {
        return own == model;
    }

    private static void require(String what, Object found, Object rule) {
        if (!found.equals(rule)) {
            throw Checks.error(OPERATION, what, found.toString(), rule + ", as in the other lanes");
        }
    }
}
