package dev.lowland.optim.noise;

import dev.lowland.core.check.Checks;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomLanes;
import dev.lowland.optim.objective.Loss;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a step does to the labels it has drawn, or to the parameters instead. A law is where its random numbers go, of
 * which stream they are, and what fills them in. Immutable; two laws are the same only if they are one object.
 */
public final class NoiseLaw {
    /**
     * Nothing. With a loss that flips labels, the step then follows its expectation over flips: deterministic
     * smoothing.
     */
    public static final NoiseLaw NONE = new NoiseLaw(
            "NONE", NoisePlace.NOWHERE, Purpose.LABEL_NOISE, (streams, position, count, out, offset) -> {});
    /** Adds +σ or −σ, each with probability ½. */
    public static final NoiseLaw RADEMACHER =
            new NoiseLaw("RADEMACHER", NoisePlace.TARGETS, Purpose.LABEL_NOISE, RandomLanes::fillSigns);
    /** Adds a normal number of mean 0 and standard deviation σ. */
    public static final NoiseLaw GAUSSIAN =
            new NoiseLaw("GAUSSIAN", NoisePlace.TARGETS, Purpose.LABEL_NOISE, RandomLanes::fillGaussian);
    /** Flips the label with the probability of the loss. */
    public static final NoiseLaw LABEL_FLIP =
            new NoiseLaw("LABEL_FLIP", NoisePlace.FLIPS, Purpose.LABEL_FLIP, RandomLanes::fillUniform);
    /** Flips the label with probabilities of its own: {@link Flips}. */
    public static final NoiseLaw TRANSITION =
            new NoiseLaw("TRANSITION", NoisePlace.FLIPS, Purpose.LABEL_FLIP, RandomLanes::fillUniform);
    /** Leaves labels alone, and adds normal noise of a given covariance to the parameters: {@link ParameterNoise}. */
    public static final NoiseLaw EXPLICIT =
            new NoiseLaw("EXPLICIT", NoisePlace.PARAMETERS, Purpose.PARAMETER_NOISE, RandomLanes::fillGaussian);
    /** Leaves labels alone, and adds s(ξ_{k+1} − ξ_k) to the parameters, every entry of every ξ_k standard normal. */
    public static final NoiseLaw ANTI_CORRELATED =
            new NoiseLaw("ANTI_CORRELATED", NoisePlace.ENTRIES, Purpose.PARAMETER_NOISE, RandomLanes::fillGaussian);

    private static final List<NoiseLaw> ALL =
            List.of(NONE, RADEMACHER, GAUSSIAN, LABEL_FLIP, TRANSITION, EXPLICIT, ANTI_CORRELATED);

    private final String name;
    private final NoisePlace place;
    private final Purpose purpose;
    private final NoiseFill fill;

    private NoiseLaw(String name, NoisePlace place, Purpose purpose, NoiseFill fill) {
        this.name = name;
        this.place = place;
        this.purpose = purpose;
        this.fill = fill;
    }

    /**
     * A law of one's own, which adds its numbers, times a standard deviation, to the targets or to the parameters. They
     * should have mean 0 and variance 1.
     *
     * @param name what it is, for people
     * @param place TARGETS or ENTRIES
     * @param fill makes the numbers
     * @return the law
     * @throws IllegalArgumentException if the place is another
     */
    public static NoiseLaw of(String name, NoisePlace place, NoiseFill fill) {
        Checks.notNull("NoiseLaw.of", "name", name);
        Checks.notNull("NoiseLaw.of", "place", place);
        Checks.notNull("NoiseLaw.of", "fill", fill);
        if (place != NoisePlace.TARGETS && place != NoisePlace.ENTRIES) {
            throw Checks.error("NoiseLaw.of", "place", place.toString(), "TARGETS or ENTRIES");
        }
        Purpose purpose = place == NoisePlace.TARGETS ? Purpose.LABEL_NOISE : Purpose.PARAMETER_NOISE;
        return new NoiseLaw(name, place, purpose, fill);
    }

    /**
     * The laws that there are, without those of one's own.
     *
     * @return all of them
     */
    public static List<NoiseLaw> all() {
        return ALL;
    }

    /**
     * What it is called.
     *
     * @return for example {@code GAUSSIAN}
     */
    public String name() {
        return name;
    }

    /**
     * Whether it adds numbers to the targets.
     *
     * @return true for noise whose standard deviation is σ
     */
    public boolean addsToTargets() {
        return place == NoisePlace.TARGETS;
    }

    /**
     * Whether it flips labels.
     *
     * @return true for noise that has probabilities
     */
    public boolean flipsLabels() {
        return place == NoisePlace.FLIPS;
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
     * @return true for noise that is not in the labels
     */
    public boolean addsToParameters() {
        return place == NoisePlace.PARAMETERS || place == NoisePlace.ENTRIES;
    }

    /**
     * Whether the numbers of a step are taken away again by the next.
     *
     * @return true for {@link #ANTI_CORRELATED}
     */
    public boolean isTakenBack() {
        return this == ANTI_CORRELATED;
    }

    /**
     * Whether steps on a loss may have this noise: what flips labels with the loss's probability is for losses that
     * know flips, what adds to targets for the others.
     *
     * @param loss the loss
     * @return true if they may
     */
    public boolean suits(Loss loss) {
        Checks.notNull("whether noise suits a loss", "loss", loss);
        return loss.flipsLabels() ? !addsToTargets() : !flipsLabels() || this == TRANSITION;
    }

    /** The laws that suit a loss, for people. */
    static String suiting(Loss loss) {
        return ALL.stream()
                .filter(law -> law.suits(loss))
                .map(NoiseLaw::name)
                .collect(Collectors.joining(", ", "one of ", ""));
    }

    /**
     * Where its numbers go.
     *
     * @return the place
     */
    public NoisePlace place() {
        return place;
    }

    /**
     * The streams of some neighbouring replicas from which its numbers come.
     *
     * @param seed any number, that of all of them
     * @param firstReplica the replica of lane 0, ≥ 0
     * @param lanes how many, at least 1
     * @return the streams
     * @throws IllegalArgumentException if replicas or lanes are out of range
     */
    public RandomLanes streams(long seed, int firstReplica, int lanes) {
        return RandomLanes.of(seed, firstReplica, lanes, purpose);
    }

    /**
     * The streams of any seeds and replicas from which its numbers come.
     *
     * @param seeds that of each lane, at least one. Not modified.
     * @param replicas that of each lane, ≥ 0. Not modified.
     * @return the streams
     * @throws IllegalArgumentException if there is no lane, or not a seed and a replica for each
     */
    public RandomLanes streams(long[] seeds, int[] replicas) {
        return RandomLanes.of(seeds, replicas, purpose);
    }

    /**
     * Fills the front of an array with the numbers at positions from one on, count in each lane.
     *
     * @param streams those of {@link #streams}
     * @param position first position
     * @param count how many numbers a lane
     * @param out count·lanes numbers or more. Modified.
     */
    public void fill(RandomLanes streams, long position, int count, double[] out) {
        Checks.notNull("fill", "streams", streams);
        Checks.notNull("fill", "out", out);
        Checks.atLeast("fill", "position", position, 0);
        Checks.atLeast("fill", "count", count, 0);
        fill.fill(streams, position, count, out, 0);
    }

    @Override
    public String toString() {
        return name;
    }
}
