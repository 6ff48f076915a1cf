package dev.lowland.optim.sgd;

/** What a step does to the labels it has drawn, or to the parameters instead. */
public enum NoiseLaw {
    /**
     * Nothing. With a loss that flips labels, the step then follows its expectation over flips: deterministic
     * smoothing.
     */
    NONE,
    /** Adds +σ or −σ, each with probability ½. */
    RADEMACHER,
    /** Adds a normal number of mean 0 and standard deviation σ. */
    GAUSSIAN,
    /** Flips the label with the probability of the loss. */
    LABEL_FLIP,
    /** Nothing, but adds normal noise of a given covariance to the parameters: {@link ParameterNoise}. */
    EXPLICIT
}
