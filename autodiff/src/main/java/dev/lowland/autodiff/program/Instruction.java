package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.lowering.FixedPart;
import dev.lowland.core.fixed.BufferLoop;
import dev.lowland.core.fixed.FixedCode;
import java.util.Arrays;
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

    /** Adds itself to code of fixed sizes, with the bits of the evaluator. */
    void write(FixedCode code) {
        BufferLoop call = call(evaluator);
        FixedPart part = fixed;
        if (part == null) {
            code.add(call);
            return;
        }
        // A value that is made on the way is the last operand, which the loop does not see.
        int[] slots = Arrays.copyOf(operands, part.loop().arrays());
        slots[slots.length - 1] = result;
        Evaluator then = part.then();
        if (then == null) {
            code.add(part.loop(), call, slots);
        } else {
            code.add(part.loop(), call(then), call, slots);
        }
    }

    private BufferLoop call(Evaluator what) {
        int[] from = operands;
        int to = result;
        return buffers -> what.evaluate(buffers, from, to);
    }
}
