package dev.lowland.optim.ensemble;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.ensemble.MomentKind.Spread;
import dev.lowland.optim.ensemble.WatchRunner.Watch;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/**
 * What a run will keep, in bytes, counted before it begins; what cannot fit is refused.
 *
 * @param parameters P
 * @param replicas N
 * @param checkpoints how many
 * @param copies how many sums of blocks there are at most at a time
 * @param limit the bytes that the process may have
 */
record EnsembleMemory(int parameters, int replicas, int checkpoints, int copies, long limit) {

    private static final String OPERATION = "Ensemble.run";

    /** Refuses moments that do not fit. */
    void checkMoments(MomentKind kind) {
        String subject = "the " + kind + " moments of " + parameters + " parameters";
        DMatrixRMaj directions = kind.columns();
        double across = directions == null ? 0 : Spread.FULL.numbers(directions.numCols);
        double spread = kind.spread().numbers(parameters);
        double diagonal = sums() * (Spread.DIAGONAL.numbers(parameters) + parameters) * Double.BYTES;
        String otherwise = kind.spread() == Spread.FULL
                ? String.format(Locale.ROOT, "; MomentKind.diagonal() needs %.0f bytes", diagonal)
                : "";
        Checks.oneArray(OPERATION, subject, Math.max(spread, across), otherwise);
        Checks.room(OPERATION, subject, sums() * (parameters + spread + across), limit, otherwise);
    }

    /** Refuses states that do not fit. */
    void checkStates() {
        String subject = "the states of " + replicas + " replicas of " + parameters + " parameters";
        double numbers = (double) replicas * parameters;
        Checks.oneArray(OPERATION, subject, numbers, "");
        Checks.room(OPERATION, subject, numbers * checkpoints, limit, "");
    }

    /** Refuses final states that do not fit: so many, with so many arrays each. */
    void checkFinalStates(int settings, int arrays) {
        String subject = "the final states of " + replicas + " replicas of " + parameters + " parameters";
        double numbers = (double) replicas * parameters;
        Checks.oneArray(OPERATION, subject, numbers, "");
        Checks.room(OPERATION, subject, numbers * settings * arrays, limit, "");
    }

    /** Refuses statistics that do not fit: two numbers a scheduled step, and one a replica where they are kept. */
    void checkStatistics(List<Watch> watches) {
        double steps = 0;
        double kept = 0;
        for (Watch watch : watches) {
            steps += watch.schedule().count();
            kept += watch.keepsValues() ? watch.schedule().count() : 0;
        }
        String subject = String.format(Locale.ROOT, "the statistics of %.0f scheduled steps", steps);
        Checks.room(OPERATION, subject, 2 * steps * copies + kept * replicas, limit, "");
    }

    private double sums() {
        return (double) checkpoints * copies;
    }
}
