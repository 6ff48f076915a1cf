package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Evaluator;

/** One step of a program, with the slots of its buffers. */
final class Instruction {
    final Evaluator evaluator;
    final int[] operands;
    final int result;
    final StepText text;

    Instruction(Evaluator evaluator, int[] operands, int result, StepText text) {
        this.evaluator = evaluator;
        this.operands = operands;
        this.result = result;
        this.text = text;
    }
}
