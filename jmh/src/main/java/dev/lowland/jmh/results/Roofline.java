package dev.lowland.jmh.results;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What one core can do at most, as measured in the same run.
 *
 * @param peak floating-point operations a nanosecond, fused multiply-adds counted as two
 * @param bandwidth bytes a nanosecond by the size of the working set that they were measured with
 */
record Roofline(double peak, TreeMap<Double, Double> bandwidth) {

    /** Name of the measurement of the multiply-adds of {@link dev.lowland.jmh.RooflineBenchmark}. */
    static final String FMA = "roofline/fma";

    /** Name of the measurement of a triad. */
    static String triad(int bytes) {
        return "roofline/triad/" + bytes;
    }

    /**
     * The best of the rounds. On a processor that is shared with others the multiply-adds may have had a bad moment;
     * what any piece of work has reached is possible, too.
     */
    static Optional<Roofline> of(
            Measurements measured, Function<String, Work> works, double flopsOfFma, int... triadBytes) {
        Optional<Spread> fma = Spread.of(measured.perRound(round -> round.get(FMA)));
        if (fma.isEmpty()) {
            return Optional.empty();
        }
        TreeMap<Double, Double> bandwidth = new TreeMap<>();
        for (int bytes : triadBytes) {
            Spread.of(measured.perRound(round -> round.get(triad(bytes))))
                    .ifPresent(time -> bandwidth.put((double) bytes, bytes / time.least()));
        }
        double reached = measured.rounds().stream()
                .flatMap(round -> round.entrySet().stream())
                .filter(entry -> works.apply(entry.getKey()).isKnown())
                .mapToDouble(entry -> works.apply(entry.getKey()).flops() / entry.getValue())
                .max()
                .orElse(0);
        return Optional.of(new Roofline(Math.max(reached, flopsOfFma / fma.get().least()), bandwidth));
    }

    /**
     * The least time of some work: arithmetic and memory overlap, so the longer of both.
     *
     * @return nanoseconds, or empty if nothing is known of the work
     */
    OptionalDouble limit(Work work) {
        if (!work.isKnown()) {
            return OptionalDouble.empty();
        }
        double memory = bandwidth.isEmpty() ? 0 : work.bytes() / bandwidthAt(work.workingSet());
        return OptionalDouble.of(Math.max(work.flops() / peak, memory));
    }

    /** That of the nearest measured size, on a logarithmic scale. */
    private double bandwidthAt(double workingSet) {
        Map.Entry<Double, Double> best = bandwidth.firstEntry();
        for (Map.Entry<Double, Double> entry : bandwidth.entrySet()) {
            if (distance(entry.getKey(), workingSet) < distance(best.getKey(), workingSet)) {
                best = entry;
            }
        }
        return best.getValue();
    }

    private static double distance(double a, double b) {
        return Math.abs(Math.log(a / b));
    }
}
