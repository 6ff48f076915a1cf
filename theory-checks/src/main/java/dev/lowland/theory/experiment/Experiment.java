package dev.lowland.theory.experiment;

import dev.lowland.core.check.Checks;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Estimate;
import dev.lowland.theory.claim.Expectation;
import dev.lowland.theory.claim.Falsification;
import dev.lowland.theory.claim.Interruption;
import dev.lowland.theory.claim.Seeds;
import dev.lowland.theory.claim.TwoStages;
import dev.lowland.theory.claim.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Predicted against measured: what a theory says about some statistics, how they are measured, and a verdict.
 *
 * <p>A run has a pilot, a {@link SamplePlan} made from it, and the measurement itself, whose misses are confirmed by a
 * second, independent stage ({@link TwoStages}). Pilot and stages never share a random number. The same seed gives the
 * same outcome.
 *
 * <p>Immutable; thread-safe if the measurement is.
 */
public final class Experiment {

    private static final int PILOT = 256;
    private static final int MOST = 1 << 17;

    private final List<Expectation> expectations;
    private final Measurement measurement;
    private final int pilot;
    private final int most;

    private Experiment(List<Expectation> expectations, Measurement measurement, int pilot, int most) {
        this.expectations = List.copyOf(expectations);
        this.measurement = measurement;
        this.pilot = pilot;
        this.most = most;
    }

    /** A measurement of several statistics at once. */
    @FunctionalInterface
    public interface Measurement {
        /**
         * Measures every statistic.
         *
         * @param seed seed of every random number
         * @param samples how many independent samples to take, usually replicas
         * @return one estimate a statistic, in the order of the expectations
         */
        List<Estimate> measure(long seed, int samples);
    }

    /**
     * An experiment with a pilot of {@value #PILOT} samples, and at most {@value #MOST} in each stage.
     *
     * @param expectations what is said about each statistic, and what wrong theories say
     * @param measurement how they are measured
     */
    public static Experiment of(List<Expectation> expectations, Measurement measurement) {
        Checks.noNulls("experiment", "expectations", expectations);
        Checks.notNull("experiment", "measurement", measurement);
        return new Experiment(expectations, measurement, PILOT, MOST);
    }

    /**
     * This experiment with another size of the pilot.
     *
     * @param samples at least 2
     */
    public Experiment pilot(int samples) {
        Checks.atLeast("plan an experiment", "samples of the pilot", samples, 2);
        return new Experiment(expectations, measurement, samples, most);
    }

    /**
     * This experiment with another limit.
     *
     * @param samples the most that one stage may take; a plan that needs more is not carried out
     */
    public Experiment atMost(int samples) {
        Checks.atLeast("plan an experiment", "most samples", samples, SamplePlan.LEAST);
        return new Experiment(expectations, measurement, pilot, samples);
    }

    /**
     * Runs pilot and measurement. What it costs is up to the measurement, which is called two or three times.
     *
     * @param seed seed of everything
     * @return the outcome; INCONCLUSIVE without a measurement if the plan needs more than the limit
     * @throws IllegalStateException if the thread is interrupted
     */
    public Outcome run(long seed) {
        List<Estimate> scatter = measurement.measure(Seeds.derive(seed, "experiment pilot"), pilot);
        Interruption.check();
        SamplePlan plan = SamplePlan.of(expectations, scatter);
        long samples = plan.samples();
        if (samples > most) {
            return new Outcome(seed, plan, List.of(), Verdict.INCONCLUSIVE);
        }
        List<CaseResult> cases = TwoStages.judge(
                Seeds.derive(seed, "experiment"), expectations, stage -> measurement.measure(stage, (int) samples));
        List<Verdict> verdicts = new ArrayList<>();
        cases.forEach(c -> verdicts.add(c.verdict()));
        return new Outcome(seed, plan, cases, Verdict.worst(verdicts));
    }

    /**
     * What came of it.
     *
     * @param seed replays it
     * @param plan how many samples each statistic needed
     * @param cases the judged statistics; empty if the plan was not carried out
     * @param verdict the worst of them
     */
    public record Outcome(long seed, SamplePlan plan, List<CaseResult> cases, Verdict verdict) {

        public Outcome {
            Checks.notNull("outcome", "plan", plan);
            Checks.noNulls("outcome", "cases", cases);
            Checks.notNull("outcome", "verdict", verdict);
            cases = List.copyOf(cases);
        }

        /** Verdict, seed, and a line or two for each statistic: made to be the message of a failing test. */
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            text.append(verdict).append(", seed ").append(seed).append('\n');
            if (cases.isEmpty()) {
                text.append("not measured, for that takes\n").append(plan);
            }
            for (CaseResult c : cases) {
                text.append(String.format(
                        Locale.ROOT,
                        "%s: %s: predicted %.6g, measured %.6g ± %.2g, bias %.2g, %d samples\n",
                        c.caseName(),
                        c.verdict(),
                        c.predicted(),
                        c.measured(),
                        c.standardError(),
                        c.bias(),
                        c.samples()));
                if (!c.note().isEmpty()) {
                    text.append("  ").append(c.note()).append('\n');
                }
                for (Falsification wrong : c.falsifications()) {
                    text.append(String.format(
                            Locale.ROOT,
                            "  \"%s\" says %.6g: %.1f SE away\n",
                            wrong.name(),
                            wrong.predicted(),
                            wrong.distance()));
                }
            }
            return text.toString();
        }
    }
}
