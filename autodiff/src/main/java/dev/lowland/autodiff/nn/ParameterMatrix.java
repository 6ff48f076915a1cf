package dev.lowland.autodiff.nn;

import dev.lowland.core.check.Checks;
import java.util.Optional;

/**
 * A matrix of parameters, row-major in θ: its shape, and what it is in its layer, which decides how it starts
 * ({@link Initialiser}).
 *
 * @param rows at least 1
 * @param columns at least 1
 * @param role what it is in its layer
 * @param fan how many numbers meet in an entry of its layer; empty where there is no layer, and for what is not
 *     {@link Role#WEIGHTS}
 */
public record ParameterMatrix(int rows, int columns, Role role, Optional<Fan> fan) {

    /** What a matrix is in its layer. */
    public enum Role {
        /** It multiplies what comes in. */
        WEIGHTS,
        /** It is added. */
        BIASES,
        /** It multiplies what a normalisation has brought to variance 1. */
        SCALES
    }

    /**
     * The size of a layer as its weights see it.
     *
     * @param in numbers that are added up to one response
     * @param out responses in which one number has a part
     */
    public record Fan(int in, int out) {}

    /** Checks the numbers. */
    public ParameterMatrix {
        Checks.notNull("parameter matrix", "role", role);
        Checks.notNull("parameter matrix", "fan", fan);
        Checks.atLeast("parameter matrix", "rows", rows, 1);
        Checks.atLeast("parameter matrix", "columns", columns, 1);
    }

    /**
     * Numbers that belong to no layer.
     *
     * @param rows rows
     * @param columns columns
     * @return weights of no fan
     */
    public static ParameterMatrix free(int rows, int columns) {
        return new ParameterMatrix(rows, columns, Role.WEIGHTS, Optional.empty());
    }

    /**
     * W of a layer x·W.
     *
     * @param in rows, which is the fan-in
     * @param out columns, which is the fan-out
     * @return the weights
     */
    public static ParameterMatrix layer(int in, int out) {
        return new ParameterMatrix(in, out, Role.WEIGHTS, Optional.of(new Fan(in, out)));
    }

    /**
     * The filters of a convolution, a row each: the fan-in is channels·size², the fan-out filters·size².
     *
     * @param filters rows
     * @param channels planes that a filter sees
     * @param size rows and columns of a filter
     * @return the weights, filters × channels·size²
     */
    public static ParameterMatrix filters(int filters, int channels, int size) {
        int in = ModelRules.product("convolution", "channels·size²", channels, size, size);
        int out = ModelRules.product("convolution", "filters·size²", filters, size, size);
        return new ParameterMatrix(filters, in, Role.WEIGHTS, Optional.of(new Fan(in, out)));
    }

    /**
     * What a layer adds.
     *
     * @param rows rows
     * @param columns columns
     * @return the biases
     */
    public static ParameterMatrix biases(int rows, int columns) {
        return new ParameterMatrix(rows, columns, Role.BIASES, Optional.empty());
    }

    /**
     * What a layer multiplies by after a normalisation.
     *
     * @param rows rows
     * @param columns columns
     * @return the scales
     */
    public static ParameterMatrix scales(int rows, int columns) {
        return new ParameterMatrix(rows, columns, Role.SCALES, Optional.empty());
    }

    /**
     * Numbers in it.
     *
     * @return rows·columns
     * @throws IllegalArgumentException if they are more than an array can hold, as in no block of a model
     */
    public int length() {
        return ModelRules.product("parameter matrix", "rows·columns", rows, columns);
    }

    /** Its shape, for people: 3×4, or 4 for a row or a column. */
    String shape() {
        return rows == 1 || columns == 1 ? String.valueOf(length()) : rows + "×" + columns;
    }
}
