package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Node;
import java.util.Locale;

/** A program as text for people: inputs, constants, one line an instruction with its buffers in brackets, outputs. */
final class Listing {
    private Listing() {}

    static String of(Code code) {
        StringBuilder text = new StringBuilder();
        int count = code.instructions.length;
        text.append(String.format(
                Locale.ROOT,
                "%d instructions, %s kernels, %d %s, workspace %d bytes in %d buffers%n",
                count,
                code.kernels.name(),
                code.lanes,
                code.lanes == 1 ? "lane" : "lanes",
                code.workspaceBytes(),
                code.capacities.length));
        for (int i = 0; i < code.inputs.size(); i++) {
            Node input = code.inputs.get(i);
            String lanes = code.inputSizes[i] == input.shape().size() ? "" : " × " + code.lanes + " lanes";
            String when = i < code.earlyInputs ? "early input" : "input";
            line(text, i, when + " " + input.label() + " : " + input.shape() + lanes);
        }
        for (int i = 0; i < code.constants.length; i++) {
            line(text, code.inputs.size() + i, "constant " + preview(code.constants[i]));
        }
        for (int i = 0; i < count; i++) {
            if (code.earlyInputs > 0 && (i == 0 || i == code.boundary)) {
                text.append(i < code.boundary ? "prepare:" : "run:").append(System.lineSeparator());
            }
            Instruction instruction = code.instructions[i];
            line(text, instruction.result, describe(instruction));
        }
        for (int i = 0; i < code.outputSlots.length; i++) {
            line(text, code.outputSlots[i], "output " + code.outputs.get(i));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, int slot, String what) {
        text.append(String.format(Locale.ROOT, "%6s ", "[" + slot + "]"))
                .append(what)
                .append(System.lineSeparator());
    }

    private static String describe(Instruction instruction) {
        StepText step = instruction.text;
        StringBuilder text = new StringBuilder(step.result())
                .append(" = ")
                .append(step.operation())
                .append('(');
        boolean inPlace = false;
        for (int i = 0; i < instruction.operands.length; i++) {
            text.append(i == 0 ? "" : ", ").append(step.operands().get(i));
            text.append(" [").append(instruction.operands[i]).append(']');
            inPlace |= instruction.operands[i] == instruction.result;
        }
        return text.append(") : ")
                .append(step.shape())
                .append(inPlace ? ", in place" : "")
                .toString();
    }

    private static String preview(double[] values) {
        StringBuilder text = new StringBuilder("of " + values.length + ":");
        for (int i = 0; i < Math.min(4, values.length); i++) {
            text.append(' ').append(values[i]);
        }
        return text.append(values.length > 4 ? " …" : "").toString();
    }
}
