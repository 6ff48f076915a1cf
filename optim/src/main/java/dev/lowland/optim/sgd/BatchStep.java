package dev.lowland.optim.sgd;

import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.program.UpdateProgram;
import dev.lowland.optim.gradient.BatchChunks;
import dev.lowland.optim.gradient.BatchGradient;
import dev.lowland.optim.gradient.BatchPrograms;
import dev.lowland.optim.gradient.ChunkedGradient;
import dev.lowland.optim.gradient.DrawnInputs;
import dev.lowland.optim.gradient.WholeGradient;
import dev.lowland.optim.gradient.WholeUpdate;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Takes steps over batches of one size: in place, or by a gradient that a rule follows. For one caller. */
final class BatchStep implements AutoCloseable {

    private final @Nullable WholeUpdate update;
    private final @Nullable BatchGradient gradient;

    private BatchStep(@Nullable WholeUpdate update, @Nullable BatchGradient gradient) {
        this.update = update;
        this.gradient = gradient;
    }

    static BatchStep of(
            SgdProgram compiled,
            BatchPrograms programs,
            DrawnInputs inputs,
            double[] parameters,
            double[] targets,
            double[] coefficients) {
        UpdateProgram inPlace = programs.update();
        if (inPlace != null) {
            double[] rates = compiled.isVaried() ? coefficients : null;
            return new BatchStep(new WholeUpdate(inPlace, inputs, parameters, targets, rates), null);
        }
        Program whole = programs.whole();
        if (whole != null) {
            return new BatchStep(null, new WholeGradient(whole, inputs, parameters, targets));
        }
        BatchChunks chunks = programs.chunks();
        return new BatchStep(null, chunks == null ? null : chunked(compiled, chunks, parameters, targets));
    }

    private static ChunkedGradient chunked(
            SgdProgram compiled, BatchChunks chunks, double[] parameters, double[] targets) {
        return new ChunkedGradient(
                chunks,
                compiled.objective().data(),
                compiled.isFullBatch(),
                compiled.optimiser().threads(),
                parameters,
                targets);
    }

    /** Inputs of a batch of one size, as its programs take them. */
    static DrawnInputs inputs(SgdProgram compiled, BatchPrograms programs) {
        boolean given = compiled.isFullBatch() || programs.chunks() != null;
        return new DrawnInputs(compiled.objective().data(), compiled.lanes(), given ? 0 : programs.size());
    }

    /** Takes one, whose numbers have been drawn; allocates nothing. False if it was to stop: nothing has changed. */
    boolean take(Descent descent, int[] indices, int offset, long step, BooleanSupplier stop) {
        if (update != null) {
            update.take(indices, offset);
            return true;
        }
        return gradient == null || descent.take(gradient, offset, step, stop);
    }

    @Override
    public void close() {
        if (gradient != null) {
            gradient.close();
        }
    }
}
