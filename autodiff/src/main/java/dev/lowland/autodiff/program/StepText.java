package dev.lowland.autodiff.program;

import java.util.ArrayList;
import java.util.List;

/**
 * What a listing says of a step.
 *
 * @param result the label of the value
 * @param operation what is done
 * @param operands the labels of the operands, in order
 * @param shape the shape of the value, lanes included
 */
record StepText(String result, String operation, List<String> operands, String shape) {

    /** Keeps its own list. */
    StepText {
        operands = List.copyOf(operands);
    }

    /** The same step with what it makes on the way, listed as one operand more. */
    StepText with(String byproduct) {
        List<String> more = new ArrayList<>(operands);
        more.add("and " + byproduct);
        return new StepText(result, operation, more, shape);
    }
}
