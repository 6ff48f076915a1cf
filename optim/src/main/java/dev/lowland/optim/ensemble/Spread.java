package dev.lowland.optim.ensemble;

/** How much of a covariance is kept. */
enum Spread {
    /** Nothing. */
    NONE,
    /** The variances. */
    DIAGONAL,
    /** All of it. */
    FULL;

    /** How many numbers that is for so many entries of θ. */
    long numbers(long size) {
        return switch (this) {
            case NONE -> 0;
            case DIAGONAL -> size;
            case FULL -> size * size;
        };
    }
}
