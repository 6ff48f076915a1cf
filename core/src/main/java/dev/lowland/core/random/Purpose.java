package dev.lowland.core.random;

/**
 * What random numbers are for. Streams with different purposes are independent, so that drawing more of one kind never
 * shifts another. The code of a purpose is part of its streams' numbers, and never changes.
 */
public enum Purpose {
    /** Which samples are in a mini-batch. */
    SAMPLE_INDEX(0),
    /** The noise added to labels. */
    LABEL_NOISE(1),
    /** Which labels are flipped. */
    LABEL_FLIP(2),
    /** Starting parameters of models. */
    INITIALISATION(3),
    /** Synthetic data. */
    DATA(4),
    /** Probe vectors of randomised estimates. */
    PROBE(5),
    /** Small runs that choose the size of the real one. */
    PILOT(6),
    /** Tests. */
    TEST(7),
    /** The noise added to parameters. */
    PARAMETER_NOISE(8);

    private final int code;

    Purpose(int code) {
        this.code = code;
    }

    /** The low eight bits of a counter word. */
    int code() {
        return code;
    }
}
