package dev.lowland.theory.experiment;

import dev.lowland.core.check.Checks;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.Estimate;
import dev.lowland.theory.claim.Expectation;
import dev.lowland.theory.claim.Interruption;
import dev.lowland.theory.claim.Seeds;
import dev.lowland.theory.claim.TwoStages;
import java.util.ArrayList;
import java.util.List;

/**
 * How the claims of the ledger are measured: a pilot, a {@link SamplePlan} made from it, and {@link TwoStages} with so
 * many samples, but never fewer than the claim's usual number.
 *
 * <p>The pilot takes an eighth of the usual number, at least {@value #LEAST_PILOT}, with seeds of its own, and only its
 * scatter is used: what it says about a value is forgotten. Where even {@value #MOST_TIMES} times the usual number
 * would not do, the usual number is taken, and the statistic ends as INCONCLUSIVE or FAILS. Under {@code --thorough}
 * everything is {@value #THOROUGH} times as much. Stateless and thread-safe.
 */
public final class PlannedStages {

    /** By how much {@code --thorough} multiplies the samples. */
    public static final int THOROUGH = 8;

    private static final int LEAST_PILOT = 64;
    private static final int MOST_TIMES = 4;

    private PlannedStages() {}

    /**
     * Plans, measures and judges.
     *
     * @param context says whether to be thorough
     * @param seed seed of the first stage; those of the pilot and of the second stage are derived from it
     * @param usual the least number of samples, a multiple of {@value #LEAST_PILOT}
     * @param expectations what was said before
     * @param measurement called for the pilot, once for the first stage, and once more if a statistic misses; its
     *     standard errors have to fall as one over the root of the number of samples
     * @return the judged cases, in order
     * @throws IllegalArgumentException if usual is less than {@value #LEAST_PILOT}
     * @throws IllegalStateException if the thread is interrupted
     */
    public static List<CaseResult> judge(
            ClaimContext context,
            long seed,
            int usual,
            List<Expectation> expectations,
            Experiment.Measurement measurement) {
        Checks.atLeast("planned stages", "usual", usual, LEAST_PILOT);
        long needed = plan(seed, usual, expectations, measurement).samples();
        boolean worthIt = needed > usual && needed <= (long) MOST_TIMES * usual;
        int samples = (context.thorough() ? THOROUGH : 1) * (worthIt ? (int) needed : usual);
        return TwoStages.judge(seed, expectations, stage -> measurement.measure(stage, samples));
    }

    private static SamplePlan plan(
            long seed, int usual, List<Expectation> expectations, Experiment.Measurement measurement) {
        int pilot = Math.max(LEAST_PILOT, usual / 8 / LEAST_PILOT * LEAST_PILOT);
        List<Estimate> scatter = new ArrayList<>();
        List<Estimate> found = measurement.measure(Seeds.derive(seed, "pilot"), pilot);
        Interruption.check();
        for (Estimate estimate : found) {
            scatter.add(new Estimate(estimate.value(), estimate.standardError(), pilot, estimate.seed()));
        }
        return SamplePlan.of(expectations, scatter);
    }
}
