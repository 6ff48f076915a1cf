package dev.lowland.theory.claim;

import dev.lowland.core.check.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Confirms a miss before it is believed: statistics that disagree with their prediction in the first stage are measured
 * again from streams that the first stage never used, and FAIL only if the second stage disagrees too. Cases that the
 * first stage decides otherwise are not measured again. Stateless and thread-safe.
 */
public final class TwoStages {

    private TwoStages() {}

    /** A measurement of several statistics at once. */
    @FunctionalInterface
    public interface Measurement {
        /**
         * Measures every statistic, with streams that belong to this stage only.
         *
         * @param seed seed of the stage
         * @return one estimate a statistic, in the order of the expectations
         */
        List<Estimate> measure(long seed);
    }

    /**
     * Measures and judges.
     *
     * @param seed seed of the first stage; that of the second is derived from it
     * @param expectations what was said before
     * @param measurement called once, and once more if a statistic misses
     * @return the judged cases, in order
     * @throws IllegalStateException if the thread is interrupted
     */
    public static List<CaseResult> judge(long seed, List<Expectation> expectations, Measurement measurement) {
        Checks.notNull("judge", "measurement", measurement);
        Checks.noNulls("judge", "expectations", expectations);
        List<CaseResult> first = stage(seed, expectations, measurement);
        if (first.stream().noneMatch(c -> c.verdict() == Verdict.FAILS)) {
            return first;
        }
        List<CaseResult> second = stage(Seeds.derive(seed, SECOND), expectations, measurement);
        List<CaseResult> result = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            result.add(first.get(i).verdict() == Verdict.FAILS ? confirm(first.get(i), second.get(i)) : first.get(i));
        }
        return result;
    }

    private static final String SECOND = "second stage";

    private static List<CaseResult> stage(long seed, List<Expectation> expectations, Measurement measurement) {
        List<Estimate> estimates = measurement.measure(seed);
        Interruption.check();
        Checks.length("judge in two stages", "estimates", estimates.size(), expectations.size());
        List<CaseResult> judged = new ArrayList<>();
        for (int i = 0; i < estimates.size(); i++) {
            judged.add(ThreePartRule.judge(expectations.get(i), estimates.get(i)));
        }
        return judged;
    }

    private static CaseResult confirm(CaseResult first, CaseResult second) {
        String values = String.format(
                Locale.ROOT,
                "first stage %.6g ± %.2g, second %.6g ± %.2g.",
                first.measured(),
                first.standardError(),
                second.measured(),
                second.standardError());
        return second.noting(
                second.verdict() == Verdict.FAILS
                        ? "Both independent stages miss: " + values
                        : "The first stage missed, the independent second stage did not confirm it: " + values);
    }
}
