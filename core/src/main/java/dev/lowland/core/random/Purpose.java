package dev.lowland.core.random;

/**
 * What random numbers are for. Streams with different purposes are independent, so that drawing more of one kind never shifts
 * another. The order of the constants is part of every stream's numbers: new ones go to the end.
 */
public enum Purpose {
    /** Which samples are in a mini-batch. */
    SAMPLE_INDEX,
    /** The noise added to labels. */
    LABEL_NOISE,
    /** Which labels are flipped. */
    LABEL_FLIP,
    /** Starting parameters of models. */
    INITIALISATION,
    /** Synthetic data. */
    DATA,
    /** Probe vectors of randomised estimates. */
    PROBE,
    /** Small runs that choose the size of the real one. */
    PILOT,
    /** Tests. */
    TEST
}
