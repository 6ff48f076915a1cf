package dev.lowland.cli.problem;

import dev.lowland.cli.data.ChannelScale;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.LossKind;
import java.util.function.DoublePredicate;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Samples as they were read, checked to be a table.
 *
 * @param inputs n × d
 * @param targets n × c
 * @param places where the targets stand
 * @param scale how images were normalized; null where there are none, or they were not
 */
record SampleTable(
        DMatrixRMaj inputs,
        DMatrixRMaj targets,
        Places places,
        @Nullable ChannelScale scale) {

    /** Where targets stand, for refusals. */
    interface Places {
        /**
         * The refusal of the target of row {@code i}, from 0, where {@code value} is the first that breaks the rule.
         */
        ProblemException fault(int i, double value, String rule);
    }

    int inputSize() {
        return inputs.getNumCols();
    }

    int targetSize() {
        return targets.getNumCols();
    }

    /** The same, if the loss reads all targets. */
    SampleTable checkedFor(LossKind loss) {
        check(loss::reads, loss.targetRule() + " for the loss " + loss.name());
        return this;
    }

    private void check(DoublePredicate legal, String rule) {
        for (int i = 0; i < targets.getNumElements(); i++) {
            if (!legal.test(targets.data[i])) {
                throw places.fault(i / targetSize(), targets.data[i], rule);
            }
        }
    }

    Data toData() {
        return Data.of(inputs, targets);
    }

    /** The samples with their targets as one-hot rows, for a model of so many outputs. */
    Data toClasses(int outputs) {
        check(y -> y < outputs, "a class below " + outputs + ", the outputs of the model");
        int[] classes = new int[targets.getNumElements()];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = (int) targets.data[i];
        }
        return Data.ofClasses(inputs, classes, outputs);
    }
}
