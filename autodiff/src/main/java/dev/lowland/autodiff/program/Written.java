package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.lowering.FixedPart;
import dev.lowland.core.fixed.BufferLoop;
import dev.lowland.core.fixed.FixedCode;
import java.util.Arrays;

/** Instructions written down as one class, with the bits of the instructions one by one. */
final class Written {
    private Written() {}

    /** All instructions of a program of one lane. */
    static BufferLoop of(Code code) {
        FixedCode fixed = FixedCode.empty();
        for (Instruction instruction : code.instructions) {
            BufferLoop call = call(instruction.evaluator, instruction);
            FixedPart part = instruction.fixed;
            if (part == null) {
                fixed.add(call);
                continue;
            }
            // A value that is made on the way is the last operand, which the loop does not see.
            int[] slots = Arrays.copyOf(instruction.operands, part.loop().arrays());
            slots[slots.length - 1] = instruction.result;
            Evaluator then = part.then();
            if (then == null) {
                fixed.add(part.loop(), call, slots);
            } else {
                fixed.add(part.loop(), call(then, instruction), call, slots);
            }
        }
        return code.kernels.compile(fixed);
    }

    private static BufferLoop call(Evaluator evaluator, Instruction instruction) {
        int[] operands = instruction.operands;
        int result = instruction.result;
        return buffers -> evaluator.evaluate(buffers, operands, result);
    }
}
