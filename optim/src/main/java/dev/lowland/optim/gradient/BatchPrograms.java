package dev.lowland.optim.gradient;

import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.program.UpdateProgram;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.objective.Objective;
import org.jspecify.annotations.Nullable;

/**
 * What computes a step over a batch of one size: the whole step in place, or the gradient, or its parts. Immutable,
 * shared by threads.
 *
 * @param size samples of the batch
 * @param whole the gradient; null where the step is in place or the batch is cut
 * @param update θ −= η · gradient; null where a rule or noise wants the gradient, or the batch is cut
 * @param chunks the gradient of parts; null where the batch is whole
 */
public record BatchPrograms(
        int size,
        @Nullable Program whole,
        @Nullable UpdateProgram update,
        @Nullable BatchChunks chunks) {

    /** Compiles, for a batch that is full or drawn. The rate is that of a step in place, and ignored if it is not. */
    public static BatchPrograms of(
            Objective objective, NoiseLaw law, int size, boolean full, int lanes, InPlace inPlace, double rate) {
        if (lanes == 1 && BatchChunks.suit(size, objective.parameterCount())) {
            BatchChunks cut = BatchChunks.compile(
                    size,
                    samples ->
                            StepGraph.of(objective, law, samples, size, false).program());
            return new BatchPrograms(size, null, null, cut);
        }
        StepGraph graph = StepGraph.of(objective, law, size, size, full);
        if (inPlace == InPlace.NO) {
            Program single = graph.program();
            return new BatchPrograms(size, lanes == 1 ? single : single.forLanes(lanes), null, null);
        }
        UpdateProgram single = inPlace == InPlace.AT_ONE_RATE ? graph.update(rate) : graph.updateAtGivenRate();
        return new BatchPrograms(size, null, lanes == 1 ? single : single.forLanes(lanes), null);
    }

    /** Whether a step changes θ in place. */
    public enum InPlace {
        /** It gives a gradient. */
        NO,
        /** With a rate that is in the program. */
        AT_ONE_RATE,
        /** With a rate for each lane, that is given. */
        AT_GIVEN_RATES
    }

    /** Bytes of the temporaries of a whole step; 0 where the batch is cut. */
    public long workspaceBytes() {
        if (update != null) {
            return update.workspaceBytes();
        }
        return whole == null ? 0 : whole.workspaceBytes();
    }
}
