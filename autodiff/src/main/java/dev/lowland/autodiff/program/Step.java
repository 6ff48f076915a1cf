package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.lowering.FixedPart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step before slots are given: what is computed, from where, to where.
 *
 * @param evaluator the computation
 * @param operands where the operands are
 * @param result where the value goes
 * @param byproduct where another value goes that the computation makes on the way, to the array of one operand more;
 *     null if it makes none
 * @param inPlace whether the value may be written over an operand of the same size
 * @param fixed the computation as a loop of fixed sizes, null if there is none
 * @param text for listings
 */
record Step(
        Evaluator evaluator,
        List<Storage> operands,
        Storage result,
        @Nullable Storage byproduct,
        boolean inPlace,
        @Nullable FixedPart fixed,
        StepText text) {

    /** Keeps its own list. */
    Step {
        operands = List.copyOf(operands);
    }

    /** One that makes its value and nothing else. */
    Step(Evaluator evaluator, List<Storage> operands, Storage result, boolean inPlace, StepText text) {
        this(evaluator, operands, result, null, inPlace, null, text);
    }
}
