package dev.lowland.optim.ensemble;

import dev.lowland.optim.ensemble.BlockSums.CheckpointSums;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the strips of an {@link EnsemblePart} add up to, each for itself: counts, means and summed products of
 * deviations at every checkpoint, sums of every statistic, and the earliest divergence. Immutable. Saved by
 * {@code dev.lowland.optim.state.States}.
 */
public final class PartialMoments {

    static final String FIRST = "first strip";
    static final String STRIPS = "strips";
    static final String DIVERGED_STEP = "diverged at step";
    static final String DIVERGED_REPLICA = "diverged replica";

    private final int first;
    private final List<BlockSums> strips;
    private final OptionalLong divergedAtStep;
    private final OptionalInt divergedReplica;

    PartialMoments(int first, List<BlockSums> strips, OptionalLong divergedAtStep, OptionalInt divergedReplica) {
        this.first = first;
        this.strips = List.copyOf(strips);
        this.divergedAtStep = divergedAtStep;
        this.divergedReplica = divergedReplica;
    }

    /** What a run found, from a strip on. */
    static PartialMoments of(int first, SettingRun found) {
        boolean diverged = found.divergence().found();
        return new PartialMoments(
                first,
                found.merge().strips(),
                diverged ? OptionalLong.of(found.divergence().step()) : OptionalLong.empty(),
                diverged ? OptionalInt.of(found.divergence().replica()) : OptionalInt.empty());
    }

    /**
     * The number of the first strip.
     *
     * @return where it begins in the whole ensemble
     */
    public int first() {
        return first;
    }

    /**
     * How many strips there are.
     *
     * @return at least 1
     */
    public int count() {
        return strips.size();
    }

    /**
     * The earliest step, counted from 1, that took a replica of this part out of the range of numbers.
     *
     * @return the step; empty if none diverged
     */
    public OptionalLong divergedAtStep() {
        return divergedAtStep;
    }

    /** Adds the strips to the sums of a whole, which come after those before. */
    void addTo(SettingRun whole) {
        for (BlockSums strip : strips) {
            whole.merge().takeStrip(strip.copy(), () -> false);
        }
        divergedAtStep.ifPresent(step -> whole.divergence().report(step, divergedReplica.orElseThrow()));
    }

    /**
     * The whole numbers of it by name, to be saved.
     *
     * @return a new map
     */
    public Map<String, Long> numbers() {
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put(FIRST, (long) first);
        numbers.put(STRIPS, (long) strips.size());
        divergedAtStep.ifPresent(step -> numbers.put(DIVERGED_STEP, step));
        divergedReplica.ifPresent(replica -> numbers.put(DIVERGED_REPLICA, (long) replica));
        for (int s = 0; s < strips.size(); s++) {
            BlockSums strip = strips.get(s);
            numbers.put(checkpoints(s), (long) strip.checkpoints().size());
            for (int c = 0; c < strip.checkpoints().size(); c++) {
                numbers.put(checkpoint(s, c), (long)
                        strip.checkpoints().get(c).theta().count());
            }
            numbers.put(series(s), (long) strip.series().size());
            for (int i = 0; i < strip.series().size(); i++) {
                numbers.put(series(s, i), (long) strip.series().get(i).count());
            }
        }
        return numbers;
    }

    /**
     * The arrays of it by name, to be saved.
     *
     * @return a new map of new arrays
     */
    public Map<String, double[]> arrays() {
        Map<String, double[]> arrays = new LinkedHashMap<>();
        for (int s = 0; s < strips.size(); s++) {
            BlockSums strip = strips.get(s);
            for (int c = 0; c < strip.checkpoints().size(); c++) {
                CheckpointSums sums = strip.checkpoints().get(c);
                put(arrays, theta(s, c), sums.theta());
                put(arrays, along(s, c), sums.along());
            }
            for (int i = 0; i < strip.series().size(); i++) {
                List<double[]> parts = strip.series().get(i).arrays();
                for (int a = 0; a < parts.size(); a++) {
                    arrays.put(series(s, i) + " " + a, parts.get(a).clone());
                }
            }
        }
        return arrays;
    }

    private static void put(Map<String, double[]> arrays, String name, @Nullable MomentSums sums) {
        if (sums != null) {
            arrays.put(mean(name), sums.mean().clone());
            arrays.put(products(name), sums.products().clone());
        }
    }

    static String checkpoints(int strip) {
        return "strip " + strip + " checkpoints";
    }

    static String checkpoint(int strip, int checkpoint) {
        return "strip " + strip + " checkpoint " + checkpoint;
    }

    static String theta(int strip, int checkpoint) {
        return checkpoint(strip, checkpoint) + " theta";
    }

    static String along(int strip, int checkpoint) {
        return checkpoint(strip, checkpoint) + " directions";
    }

    static String mean(String name) {
        return name + " mean";
    }

    static String products(String name) {
        return name + " products";
    }

    static String series(int strip) {
        return "strip " + strip + " statistics";
    }

    static String series(int strip, int statistic) {
        return "strip " + strip + " statistic " + statistic;
    }

    @Override
    public String toString() {
        List<String> texts = new ArrayList<>();
        texts.add(count() == 1 ? "strip " + first : "strips " + first + " to " + (first + count() - 1));
        divergedAtStep.ifPresent(step -> texts.add("diverged at step " + step));
        return String.join(", ", texts);
    }
}
