package dev.lowland.optim.ensemble;

import dev.lowland.core.check.Checks;
import java.math.BigInteger;
import java.util.List;
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

    /** The longest array, in numbers. */
    private static final long LONGEST = Integer.MAX_VALUE - 8L;

    /** Refuses moments that do not fit. */
    void checkMoments(MomentKind kind) {
        String subject = "memory for the " + kind + " moments of " + parameters + " parameters";
        DMatrixRMaj directions = kind.columns();
        long across = directions == null ? 0 : Spread.FULL.numbers(directions.numCols);
        String otherwise = kind.spread() == Spread.FULL
                ? "; MomentKind.diagonal() needs " + bytes(Spread.DIAGONAL.numbers(parameters) + parameters, sums())
                        + " bytes"
                : "";
        checkArray(subject, Math.max(kind.spread().numbers(parameters), across), otherwise);
        check(subject, bytes(parameters + kind.spread().numbers(parameters) + across, sums()), otherwise);
    }

    /** Refuses states that do not fit. */
    void checkStates() {
        String subject = "memory for the states of " + replicas + " replicas of " + parameters + " parameters";
        long numbers = (long) replicas * parameters;
        checkArray(subject, numbers, "");
        check(subject, bytes(numbers, checkpoints), "");
    }

    /** Refuses final states that do not fit: so many, with so many arrays each. */
    void checkFinalStates(int settings, int arrays) {
        String subject = "memory for the final states of " + replicas + " replicas of " + parameters + " parameters";
        long numbers = (long) replicas * parameters;
        checkArray(subject, numbers, "");
        check(subject, bytes(numbers, (long) settings * arrays), "");
    }

    /** Refuses statistics that do not fit: two numbers a scheduled step, and one a replica where they are kept. */
    void checkStatistics(List<Watch> watches) {
        long steps = 0;
        long kept = 0;
        for (Watch watch : watches) {
            steps += watch.schedule().count();
            kept += watch.keepsValues() ? watch.schedule().count() : 0L;
        }
        String subject = "memory for the statistics of " + steps + " scheduled steps";
        check(subject, bytes(2 * steps, copies).add(bytes(kept, replicas)), "");
    }

    private long sums() {
        return (long) checkpoints * copies;
    }

    private static BigInteger bytes(long numbers, long times) {
        return BigInteger.valueOf(numbers)
                .multiply(BigInteger.valueOf(times))
                .multiply(BigInteger.valueOf(Double.BYTES));
    }

    private static void checkArray(String subject, long numbers, String otherwise) {
        if (numbers > LONGEST) {
            throw Checks.error(
                    OPERATION,
                    subject,
                    bytes(numbers, 1) + " bytes in one array",
                    "at most " + LONGEST * Double.BYTES + otherwise);
        }
    }

    private void check(String subject, BigInteger bytes, String otherwise) {
        if (bytes.compareTo(BigInteger.valueOf(limit)) > 0) {
            throw Checks.error(
                    OPERATION,
                    subject,
                    bytes + " bytes",
                    "at most " + limit + ", what the process may have" + otherwise);
        }
    }
}
