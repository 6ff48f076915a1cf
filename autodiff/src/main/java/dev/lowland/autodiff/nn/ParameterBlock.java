package dev.lowland.autodiff.nn;

import dev.lowland.core.check.Checks;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Parameters that follow each other in θ, such as those of one layer.
 *
 * @param name what it is, for people
 * @param start index of the first, at least 0
 * @param matrices what it consists of, in order, one at least
 */
public record ParameterBlock(String name, int start, List<ParameterMatrix> matrices) {

    /** Checks the numbers, and keeps its own list. */
    public ParameterBlock {
        Checks.noNulls("parameter block", "matrices", matrices);
        Checks.notNull("parameter block", "name", name);
        Checks.notNull("parameter block " + name, "matrices", matrices);
        Checks.atLeast("parameter block " + name, "start", start, 0);
        Checks.atLeast("parameter block " + name, "number of matrices", matrices.size(), 1);
        matrices = List.copyOf(matrices);
    }

    /**
     * Parameters of no known structure.
     *
     * @param name what it is, for people
     * @param start index of the first, at least 0
     * @param length how many, at least 1
     */
    public ParameterBlock(String name, int start, int length) {
        this(name, start, List.of(ParameterMatrix.free(length, 1)));
    }

    /**
     * All parameters of a model.
     *
     * @param model gives P
     * @return the block from 0 to P
     */
    public static ParameterBlock all(Model model) {
        Checks.notNull("parameter block", "model", model);
        return new ParameterBlock("all", 0, model.parameterCount());
    }

    /**
     * How many parameters it has.
     *
     * @return at least 1
     */
    public int length() {
        return matrices.stream().mapToInt(ParameterMatrix::length).sum();
    }

    /** The index after its last parameter. */
    int end() {
        return start + length();
    }

    /** Its name and what it consists of, for people: layer 1 (3×4 + 4). */
    @Override
    public String toString() {
        return matrices.stream().map(ParameterMatrix::shape).collect(Collectors.joining(" + ", name + " (", ")"));
    }
}
