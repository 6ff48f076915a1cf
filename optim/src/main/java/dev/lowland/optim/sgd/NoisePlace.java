package dev.lowland.optim.sgd;

/** Where the random numbers of a step go, which says how many of them it takes. */
enum NoisePlace {
    /** Nowhere: a step takes none. */
    NOWHERE,
    /** They are multiplied by σ and added to the targets: one for each output of each sample. */
    TARGETS,
    /** They decide which labels flip: one for each sample. */
    FLIPS,
    /** They are multiplied by √(ηλ) C(θ) and added to the parameters: one for each column of C. */
    PARAMETERS;

    /** Numbers a step takes, with c outputs and m columns of C. */
    int numbersPerStep(int batch, int outputs, int columns) {
        return switch (this) {
            case NOWHERE -> 0;
            case TARGETS -> batch * outputs;
            case FLIPS -> batch;
            case PARAMETERS -> columns;
        };
    }
}
