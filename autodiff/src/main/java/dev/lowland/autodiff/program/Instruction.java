package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.lowering.FixedPart;
import org.jspecify.annotations.Nullable;

/** One step of a program, with the slots of its buffers. */
final class Instruction {
    final Evaluator evaluator;
    final int[] operands;
    final int result;
    final @Nullable FixedPart fixed;
    final StepText text;

    Instruction(Evaluator evaluator, int[] operands, int result, @Nullable FixedPart fixed, StepText text) {
        this.evaluator = evaluator;
        this.operands = operands;
        this.result = result;
        this.fixed = fixed;
        this.text = text;
    }
}
