package dev.lowland.cli.study;

import dev.lowland.core.linalg.Norms;
import dev.lowland.optim.flow.SlowFlowResult;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Where the slow flow goes along another drift than ∇R.
 *
 * @param status how it ended
 * @param reason why there is no end, empty if there is one
 * @param end Φ_T, P × 1; null where it did not get there
 * @param displacement ‖Φ_T − θ‖₂; NaN where it did not get there
 * @param difference how far it is from the end of the flow with R; NaN where one of them did not get there
 * @param errorEstimate the stated error of {@code end}; 0 if all steps were plain
 * @param restStep where it came to rest; empty if it was not seen to
 * @param path the displacements on the way
 */
public record OtherFlow(
        Status status,
        String reason,
        @Nullable DMatrixRMaj end,
        double displacement,
        double difference,
        double errorEstimate,
        OptionalLong restStep,
        List<Step> path) {

    /** How a flow ended. */
    public enum Status {
        /** All steps were taken. */
        FINISHED,
        /** The drift has no value at the next point. */
        UNDEFINED,
        /** It left the range of numbers. */
        DIVERGED,
        /** It was stopped on the way. */
        STOPPED,
        /** It was not begun: it would take too long, or too much memory. */
        TOO_LARGE,
        /** It was not begun: the batches have no covariance that it could come from. */
        NO_THEORY
    }

    /**
     * A displacement on the way.
     *
     * @param step k
     * @param displacement ‖Φ_k − θ‖₂
     */
    public record Step(long step, double displacement) {}

    static OtherFlow notBegun(Status status, String reason) {
        return new OtherFlow(status, reason, null, Double.NaN, Double.NaN, 0, OptionalLong.empty(), List.of());
    }

    static OtherFlow of(SlowFlowResult result, DMatrixRMaj theta, @Nullable DMatrixRMaj reference) {
        List<Step> path = new ArrayList<>();
        for (SlowFlowResult.Point point : result.path()) {
            path.add(new Step(point.step(), Norms.distance(point.parameters(), theta)));
        }
        return switch (result.status()) {
            case FINISHED -> {
                DMatrixRMaj end = result.parameters();
                yield new OtherFlow(
                        Status.FINISHED,
                        "",
                        end,
                        Norms.distance(end, theta),
                        reference == null ? Double.NaN : Norms.distance(end, reference),
                        result.errorEstimate(),
                        result.restStep(),
                        List.copyOf(path));
            }
            case UNDEFINED -> ended(Status.UNDEFINED, "the drift has no value after step ", result, path);
            case STOPPED -> ended(Status.STOPPED, "it was stopped after step ", result, path);
            case DIVERGED -> ended(Status.DIVERGED, "it diverged after step ", result, path);
        };
    }

    private static OtherFlow ended(Status status, String reason, SlowFlowResult result, List<Step> path) {
        return new OtherFlow(
                status,
                reason + result.steps(),
                null,
                Double.NaN,
                Double.NaN,
                0,
                OptionalLong.empty(),
                List.copyOf(path));
    }
}
