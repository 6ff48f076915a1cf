package dev.lowland.optim.ensemble;

import dev.lowland.core.check.Checks;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Which moments of θ over the replicas an ensemble takes at a checkpoint. The mean is always among them, P numbers; the
 * variances of the entries are P more, the covariance is P². Beside them there may be the moments of Dᵀθ for given
 * directions: P·k numbers once, and k + k² a checkpoint. Immutable.
 *
 * <p>An ensemble that is not told takes {@link #full()} up to {@value #LARGEST_FULL} parameters and {@link #diagonal()}
 * beyond.
 */
public final class MomentKind {

    /** The largest P for which an ensemble that is not told takes the whole covariance. */
    public static final int LARGEST_FULL = 2000;

    private static final MomentKind MEAN = new MomentKind(Spread.NONE, null);
    private static final MomentKind DIAGONAL = new MomentKind(Spread.DIAGONAL, null);
    private static final MomentKind FULL = new MomentKind(Spread.FULL, null);

    private final Spread spread;
    private final @Nullable DMatrixRMaj directions;

    private MomentKind(Spread spread, @Nullable DMatrixRMaj directions) {
        this.spread = spread;
        this.directions = directions;
    }

    /**
     * The mean alone.
     *
     * @return the kind
     */
    public static MomentKind mean() {
        return MEAN;
    }

    /**
     * The mean, and the variance of each entry.
     *
     * @return the kind
     */
    public static MomentKind diagonal() {
        return DIAGONAL;
    }

    /**
     * The mean and the covariance.
     *
     * @return the kind
     */
    public static MomentKind full() {
        return FULL;
    }

    /** What an ensemble takes that is not told. */
    static MomentKind suiting(int parameters) {
        return parameters <= LARGEST_FULL ? FULL : DIAGONAL;
    }

    /**
     * The same, and beside it mean and covariance of Dᵀθ: with {@link #mean()} the cheap way to a few directions of a
     * large model.
     *
     * @param columns D, P × k, k ≥ 1, finite. Not modified.
     * @return a new kind
     * @throws IllegalArgumentException if there is no column or a number is not finite
     */
    public MomentKind withDirections(DMatrixRMaj columns) {
        Checks.notNull("MomentKind.withDirections", "columns", columns);
        Checks.atLeast("MomentKind.withDirections", "number of columns", columns.numCols, 1);
        Checks.finite("MomentKind.withDirections", "columns", columns);
        return new MomentKind(spread, columns.copy());
    }

    /**
     * A copy of the directions.
     *
     * @return D, P × k; empty if there are none
     */
    public Optional<DMatrixRMaj> directions() {
        return directions == null ? Optional.empty() : Optional.of(directions.copy());
    }

    Spread spread() {
        return spread;
    }

    /** D, not copied. */
    @Nullable
    DMatrixRMaj columns() {
        return directions;
    }

    @Override
    public String toString() {
        String text = spread == Spread.NONE ? "mean" : spread == Spread.DIAGONAL ? "diagonal" : "full";
        return directions == null ? text : text + " with " + directions.numCols + " directions";
    }

    /** How much of a covariance is kept. */
    enum Spread {
        /** Nothing. */
        NONE,
        /** The variances. */
        DIAGONAL,
        /** All of it. */
        FULL;

        /** How many numbers that is for so many entries of θ. */
        long numbers(long size) {
            return switch (this) {
                case NONE -> 0;
                case DIAGONAL -> size;
                case FULL -> size * size;
            };
        }
    }
}
