package dev.lowland.optim.sgd;

import dev.lowland.core.check.Checks;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomLanes;
import dev.lowland.optim.objective.Loss;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What a step does to the labels it has drawn, or to the parameters instead. A law is where its random numbers go, of
 * which stream they are, and what fills them in.
 */
public enum NoiseLaw {
    /**
     * Nothing. With a loss that flips labels, the step then follows its expectation over flips: deterministic
     * smoothing.
     */
    NONE(Place.NOWHERE, Purpose.LABEL_NOISE, (stream, position, count, out, offset) -> {}),
    /** Adds +σ or −σ, each with probability ½. */
    RADEMACHER(Place.TARGETS, Purpose.LABEL_NOISE, RandomLanes::fillSigns),
    /** Adds a normal number of mean 0 and standard deviation σ. */
    GAUSSIAN(Place.TARGETS, Purpose.LABEL_NOISE, RandomLanes::fillGaussian),
    /** Flips the label with the probability of the loss. */
    LABEL_FLIP(Place.FLIPS, Purpose.LABEL_FLIP, RandomLanes::fillUniform),
    /** Nothing, but adds normal noise of a given covariance to the parameters: {@link ParameterNoise}. */
    EXPLICIT(Place.PARAMETERS, Purpose.PARAMETER_NOISE, RandomLanes::fillGaussian);

    /** Where the random numbers of a step go, which says how many of them it takes. */
    enum Place {
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

    /** Fills in the numbers of some lanes at positions of their streams, from an offset to the end of an array. */
    private interface Fill {
        void fill(RandomLanes stream, long position, int count, double[] out, int offset);
    }

    private final Place place;
    private final Purpose purpose;
    private final Fill fill;

    NoiseLaw(Place place, Purpose purpose, Fill fill) {
        this.place = place;
        this.purpose = purpose;
        this.fill = fill;
    }

    /**
     * Whether it adds numbers to the targets.
     *
     * @return true for noise whose standard deviation is σ
     */
    public boolean addsToTargets() {
        return place == Place.TARGETS;
    }

    /**
     * Whether it flips labels.
     *
     * @return true for noise whose probability is that of the loss
     */
    public boolean flipsLabels() {
        return place == Place.FLIPS;
    }

    /**
     * Whether it makes the labels noisy, so that a step follows its loss at them and not its expectation.
     *
     * @return true for noise that is added to targets or flips labels
     */
    public boolean changesLabels() {
        return addsToTargets() || flipsLabels();
    }

    /**
     * Whether it adds numbers to the parameters and leaves the labels clean.
     *
     * @return true for noise that {@link ParameterNoise} describes
     */
    public boolean addsToParameters() {
        return place == Place.PARAMETERS;
    }

    /**
     * Whether steps on a loss may have this noise: what flips labels is for losses that know flips, what adds to
     * targets for the others.
     *
     * @param loss the loss
     * @return true if they may
     */
    public boolean suits(Loss loss) {
        Checks.notNull("whether noise suits a loss", "loss", loss);
        return loss.flipsLabels() ? !addsToTargets() : !flipsLabels();
    }

    /** The laws that suit a loss, for people. */
    static String suiting(Loss loss) {
        return Arrays.stream(values())
                .filter(law -> law.suits(loss))
                .map(NoiseLaw::name)
                .collect(Collectors.joining(", ", "one of ", ""));
    }

    Place place() {
        return place;
    }

    /** The streams of some replicas from which its numbers come. */
    RandomLanes streams(long seed, int firstReplica, int lanes) {
        return RandomLanes.of(seed, firstReplica, lanes, purpose);
    }

    /** Fills an array of count·lanes numbers with those at positions from one on. */
    void fill(RandomLanes streams, long position, int count, double[] out) {
        fill.fill(streams, position, count, out, 0);
    }
}
