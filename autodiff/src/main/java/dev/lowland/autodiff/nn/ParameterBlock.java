package dev.lowland.autodiff.nn;

import dev.lowland.core.check.Checks;
import java.util.ArrayList;
import java.util.List;

/**
 * Parameters that follow each other in θ, such as those of one layer.
 *
 * @param name what it is, for people
 * @param start index of the first, at least 0
 * @param length how many, at least 1
 */
public record ParameterBlock(String name, int start, int length) {

    /** Checks the numbers. */
    public ParameterBlock {
        Checks.atLeast("parameter block " + name, "start", start, 0);
        Checks.atLeast("parameter block " + name, "length", length, 1);
    }

    /**
     * All parameters of a model.
     *
     * @param model gives P
     * @return the block from 0 to P
     */
    public static ParameterBlock all(Model model) {
        return new ParameterBlock("all", 0, model.parameterCount());
    }

    /** Blocks that follow each other from 0. */
    static List<ParameterBlock> consecutive(List<String> names, int... lengths) {
        List<ParameterBlock> blocks = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < lengths.length; i++) {
            blocks.add(new ParameterBlock(names.get(i), start, lengths[i]));
            start += lengths[i];
        }
        return List.copyOf(blocks);
    }
}
