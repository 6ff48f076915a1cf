package dev.lowland.optim.noise;

import dev.lowland.core.check.Checks;

/** Where the random numbers of a step go, which says how many of them it takes. */
public enum NoisePlace {
    /** Nowhere: a step takes none. */
    NOWHERE,
    /** They are multiplied by σ and added to the targets: one for each output of each sample. */
    TARGETS,
    /** They decide which labels flip: one for each sample. */
    FLIPS,
    /** They are multiplied by √(ηλ) C(θ) and added to the parameters: one for each column of C. */
    PARAMETERS,
    /** They are multiplied by a standard deviation and added to the parameters: one for each of them. */
    ENTRIES;

    /**
     * How many numbers a step takes.
     *
     * @param batch samples of a step, B ≥ 1
     * @param outputs outputs of a sample, c ≥ 1
     * @param columns of C, m ≥ 0
     * @param parameters P ≥ 1
     * @return the number
     * @throws IllegalArgumentException if there are more than an array can hold
     */
    public int numbersPerStep(int batch, int outputs, int columns, int parameters) {
        Checks.atLeast("numbersPerStep", "batch", batch, 1);
        Checks.atLeast("numbersPerStep", "outputs", outputs, 1);
        Checks.atLeast("numbersPerStep", "columns", columns, 0);
        Checks.atLeast("numbersPerStep", "parameters", parameters, 1);
        long numbers = switch (this) {
            case NOWHERE -> 0;
            case TARGETS -> (long) batch * outputs;
            case FLIPS -> batch;
            case PARAMETERS -> columns;
            case ENTRIES -> parameters;
        };
        Checks.atMost("numbersPerStep", "numbers of a step", numbers, Integer.MAX_VALUE);
        return (int) numbers;
    }
}
