package dev.lowland.cli.study;

import dev.lowland.core.linalg.Norms;
import dev.lowland.core.linalg.lyapunov.LyapunovStatus;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.fluctuation.Fluctuations;
import dev.lowland.optim.fluctuation.PointFluctuations;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.Optimiser;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * How the runs of a problem's own optimiser jitter about the slow flow at a point, and where that drives them: the
 * stationary covariance S of its recursion with its noise, sampling of mini-batches included, and v = ½∇³L[S]/λ in
 * place of ∇R.
 *
 * @param status whether the numbers are there
 * @param reason why not, empty if they are
 * @param rank how many directions fluctuate; 0 where it is not known
 * @param numbers what follows from S; null unless the status is STABLE
 */
public record PointJitter(
        Status status, String reason, int rank, @Nullable Values numbers) {

    /** Whether there is a stationary covariance. */
    public enum Status {
        /** There is. */
        STABLE,
        /** There is none: the fluctuations grow. */
        UNSTABLE,
        /** It is too near the limit to tell, or a number leaves its range. */
        UNRESOLVED,
        /** The loss is more than the noise explains; S belongs to the valley floor. */
        NOT_AT_ZERO_LOSS,
        /** λ is 0. */
        NO_NOISE,
        /** There are too many outputs for the equation that S solves. */
        TOO_LARGE,
        /** The batches have no covariance that S could come from. */
        NO_THEORY
    }

    /**
     * What follows from S.
     *
     * @param covariance S, P × P; null where it was not asked for
     * @param standardDeviations of the parameters, P × 1
     * @param trace tr S
     * @param topEigenvalue the variance along the direction that fluctuates most
     * @param lossFloor ½ tr(KS), the loss that the fluctuations make
     * @param errorBound a bound on the relative error of S
     * @param drift v, P × 1
     * @param difference ‖P_T(v − ∇R)‖₂, P_T the projector along the valley; NaN where R is undefined
     * @param share the same over ‖P_T∇R‖₂; NaN where that is 0, or R undefined
     * @param sampled whether batches are drawn, the noise of which is then part of S
     */
    public record Values(
            @Nullable DMatrixRMaj covariance,
            DMatrixRMaj standardDeviations,
            double trace,
            double topEigenvalue,
            double lossFloor,
            double errorBound,
            DMatrixRMaj drift,
            double difference,
            double share,
            boolean sampled) {}

    /** A loss of so many times the mean of its fluctuations is one of them. */
    private static final double FLUCTUATES = 10;
    /** Residuals of so small a share of the noise, in the mean square, do not matter to S. */
    private static final double SMALL = 0.01;

    static PointJitter of(
            Objective objective,
            Optimiser sgd,
            double noiseVariance,
            DMatrixRMaj theta,
            double loss,
            @Nullable DMatrixRMaj regularizerGradient,
            boolean withMatrix) {
        double lambda = sgd.regularizationStrength(objective);
        if (lambda == 0) {
            return none(Status.NO_NOISE, "there is no noise", 0);
        }
        Optional<String> unknown = SamplingTheory.missing(objective, sgd);
        if (unknown.isPresent()) {
            return none(Status.NO_THEORY, unknown.get(), 0);
        }
        Optional<String> large = RowsLimit.refuses(objective);
        if (large.isPresent()) {
            return none(Status.TOO_LARGE, large.get(), 0);
        }
        PointFluctuations here = Fluctuations.of(objective, sgd).at(theta);
        if (here.status() != LyapunovStatus.STABLE) {
            return none(
                    here.status() == LyapunovStatus.UNSTABLE ? Status.UNSTABLE : Status.UNRESOLVED,
                    here.reason(),
                    here.rank());
        }
        double explained = Math.max(
                FLUCTUATES * here.lossFloor(),
                SMALL * 0.5 * noiseVariance / objective.loss().curvature());
        if (!(loss <= explained)) {
            return none(
                    Status.NOT_AT_ZERO_LOSS,
                    String.format(
                            Locale.ROOT,
                            "the loss %.3g is more than the noise explains, %.3g; S belongs to the valley floor",
                            loss,
                            explained),
                    here.rank());
        }
        DMatrixRMaj drift = new DMatrixRMaj(theta.numRows, 1);
        if (here.field(drift) == PotentialStatus.UNDEFINED) {
            return none(Status.UNRESOLVED, "the drift leaves the range of numbers", here.rank());
        }
        return new PointJitter(
                Status.STABLE,
                "",
                here.rank(),
                values(
                        here,
                        drift,
                        regularizerGradient,
                        withMatrix,
                        !sgd.batches().isFull()));
    }

    private static PointJitter none(Status status, String reason, int rank) {
        return new PointJitter(status, reason, rank, null);
    }

    private static Values values(
            PointFluctuations here,
            DMatrixRMaj drift,
            @Nullable DMatrixRMaj regularizerGradient,
            boolean withMatrix,
            boolean sampled) {
        int size = drift.numRows;
        DMatrixRMaj deviations = new DMatrixRMaj(size, 1);
        here.variances(deviations);
        for (int i = 0; i < size; i++) {
            deviations.data[i] = Math.sqrt(deviations.data[i]);
        }
        double difference = Double.NaN;
        double share = Double.NaN;
        if (regularizerGradient != null) {
            DMatrixRMaj along = regularizerGradient.copy();
            DMatrixRMaj off = drift.copy();
            for (int i = 0; i < size; i++) {
                off.data[i] -= along.data[i];
            }
            here.removeNormal(off);
            here.removeNormal(along);
            difference = Norms.scaled(off);
            double all = Norms.scaled(along);
            share = all > 0 ? difference / all : Double.NaN;
        }
        DMatrixRMaj matrix = null;
        if (withMatrix) {
            matrix = new DMatrixRMaj(size, size);
            here.covariance(matrix);
        }
        return new Values(
                matrix,
                deviations,
                here.trace(),
                here.largestVariance(),
                here.lossFloor(),
                here.errorBound(),
                drift,
                difference,
                share,
                sampled);
    }
}
