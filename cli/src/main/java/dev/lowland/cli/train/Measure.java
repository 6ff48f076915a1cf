package dev.lowland.cli.train;

/** What is measured on the way, by its name in files. */
public enum Measure {
    /** k, steps of the last phase. */
    STEP("step"),
    /** k over the steps of an epoch. */
    EPOCH("epoch"),
    /** η of the step last taken. */
    LEARNING_RATE("learningRate"),
    /** L(θ), smoothed, less its minimum. */
    LOSS("loss"),
    /** The share of training samples whose class is predicted. */
    TRAIN_ACCURACY("trainAccuracy"),
    /** L(θ) over the held-out data. */
    TEST_LOSS("testLoss"),
    /** The share of the held-out samples whose class is predicted. */
    TEST_ACCURACY("testAccuracy"),
    /** tr H by products with random vectors. */
    TRACE("hessianTrace"),
    /** Its standard error. */
    TRACE_ERROR("hessianTraceStandardError"),
    /** tr H by gradients with and without noise in the labels, both at this θ. */
    NOISE_TRACE("hessianTraceNoise"),
    /** Its standard error. */
    NOISE_TRACE_ERROR("hessianTraceNoiseStandardError"),
    /** The largest eigenvalue of H. */
    TOP("hessianTopEigenvalue"),
    /** Its residual. */
    TOP_ERROR("hessianTopEigenvalueStandardError"),
    /** R(θ) at the η of the step last taken. */
    REGULARIZER("regularizer"),
    /** Its standard error; 0 where it is exact. */
    REGULARIZER_ERROR("regularizerStandardError"),
    /** Images a second since the last look; the one number that is another in every run. */
    SPEED("imagesPerSecond");

    private final String key;

    Measure(String key) {
        this.key = key;
    }

    /**
     * The name in JSON.
     *
     * @return for example {@code hessianTrace}
     */
    public String key() {
        return key;
    }
}
