package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Evaluator;
import java.util.List;

/**
 * One step before slots are given: what is computed, from where, to where.
 *
 * @param evaluator the computation
 * @param operands where the operands are
 * @param result where the value goes
 * @param inPlace whether the value may be written over an operand of the same size
 * @param text for listings
 */
record Step(Evaluator evaluator, List<Storage> operands, Storage result, boolean inPlace, StepText text) {

    /** Keeps its own list. */
    Step {
        operands = List.copyOf(operands);
    }
}
