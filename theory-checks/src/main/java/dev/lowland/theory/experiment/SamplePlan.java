package dev.lowland.theory.experiment;

import dev.lowland.core.check.Checks;
import dev.lowland.theory.claim.Estimate;
import dev.lowland.theory.claim.Expectation;
import dev.lowland.theory.claim.ThreePartRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * How many samples a statement needs to be decided by {@link ThreePartRule}, from a pilot that is thrown away
 * afterwards.
 *
 * <p>A pilot of m samples gives the standard deviation s of one sample. With probability {@value #CONFIDENCE} the true
 * one is below s⁺ = s √((m−1)/q), q the quantile of χ² with m−1 degrees of freedom at 1 − {@value #CONFIDENCE}. Then a
 * statistic needs
 *
 * <pre>
 * precision   N ≥ (a s⁺ / (p · effect − bias))²
 * teeth       N ≥ ((a + t) s⁺ / (|predicted − wrong| − 2 · bias))²   for each wrong theory that it has to refuse
 * </pre>
 *
 * with a, p and t of {@link ThreePartRule#AGREEMENT}, {@link ThreePartRule#PRECISION} and {@link ThreePartRule#TEETH},
 * so that a right statement holds whatever chance does within a standard errors. Only what was said before is used:
 * neither formula looks at the value that the pilot measured. A plan has at least {@value #LEAST} samples, for the
 * normal law, and a multiple of {@value #BLOCK}, the size of a block of replicas. Immutable and thread-safe.
 *
 * @param needs what each statistic needs, in their order
 */
public record SamplePlan(List<Need> needs) {

    /** Probability that the standard deviation is not underestimated. */
    public static final double CONFIDENCE = 0.999;

    /** Fewest samples of a plan. */
    public static final int LEAST = 256;

    private static final int BLOCK = 64;

    public SamplePlan {
        Checks.noNulls("sample plan", "needs", needs);
        needs = List.copyOf(needs);
    }

    /**
     * What one statistic needs.
     *
     * @param caseName which
     * @param deviation s⁺, standard deviation of one sample
     * @param samples how many samples; {@link Long#MAX_VALUE} if no number is enough
     * @param reason what asks for so many
     */
    public record Need(String caseName, double deviation, long samples, String reason) {
        /** Refuses null. */
        public Need {
            Checks.notNull("sample plan", "caseName", caseName);
            Checks.notNull("sample plan", "reason", reason);
        }

        @Override
        public String toString() {
            return caseName + ": "
                    + (samples == Long.MAX_VALUE ? "no number of samples is enough" : samples + " samples") + " for "
                    + reason;
        }
    }

    /**
     * Plans.
     *
     * @param expectations what is said, before the measurement
     * @param pilot an estimate of each statistic, with seeds that the measurement does not use
     * @throws IllegalArgumentException if there is not one estimate an expectation, or one is of fewer than two samples
     */
    public static SamplePlan of(List<Expectation> expectations, List<Estimate> pilot) {
        Checks.noNulls("plan samples", "expectations", expectations);
        Checks.noNulls("plan samples", "pilot", pilot);
        Checks.length("plan samples", "pilot", pilot.size(), expectations.size());
        List<Need> needs = new ArrayList<>();
        for (int i = 0; i < pilot.size(); i++) {
            needs.add(need(expectations.get(i), pilot.get(i)));
        }
        return new SamplePlan(needs);
    }

    private static Need need(Expectation expectation, Estimate pilot) {
        Checks.atLeast(
                "plan samples", "the number of samples in the pilot of " + expectation.caseName(), pilot.samples(), 2);
        double deviation = upper(pilot);
        if (!Double.isFinite(deviation)) {
            return new Need(expectation.caseName(), deviation, LEAST, "a pilot that was not finite");
        }
        double room = ThreePartRule.PRECISION * expectation.effect() - expectation.bias();
        long samples = count(ThreePartRule.AGREEMENT * deviation, room);
        String reason = "the precision";
        double sure = ThreePartRule.TEETH + ThreePartRule.AGREEMENT;
        for (Expectation.Alternative wrong : expectation.alternatives()) {
            if (wrong.required()) {
                double gap = Math.abs(expectation.predicted() - wrong.predicted()) - 2 * expectation.bias();
                long teeth = count(sure * deviation, gap);
                if (teeth > samples) {
                    samples = teeth;
                    reason = "refusing \"" + wrong.name() + "\"";
                }
            }
        }
        return new Need(expectation.caseName(), deviation, samples, reason);
    }

    /** s⁺. */
    private static double upper(Estimate pilot) {
        double freedom = pilot.samples() - 1.0;
        double deviation = pilot.standardError() * Math.sqrt((double) pilot.samples());
        double quantile = ChiSquaredDistribution.of(freedom).inverseCumulativeProbability(1 - CONFIDENCE);
        return deviation * Math.sqrt(freedom / quantile);
    }

    /** Samples until numerator/√N is at most room. */
    private static long count(double numerator, double room) {
        if (!(room > 0)) {
            return Long.MAX_VALUE;
        }
        double exact = numerator / room * (numerator / room);
        if (!(exact < 1e15)) {
            return Long.MAX_VALUE;
        }
        long blocks = (long) Math.ceil(Math.max(exact, LEAST) / BLOCK);
        return blocks * BLOCK;
    }

    /**
     * The largest need: with so many samples every statistic can be decided. {@link Long#MAX_VALUE} if no number is
     * enough.
     */
    public long samples() {
        return needs.stream().mapToLong(Need::samples).max().orElse(LEAST);
    }

    /** One line a statistic. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Need need : needs) {
            text.append(String.format(Locale.ROOT, "%s\n", need));
        }
        return text.toString();
    }
}
