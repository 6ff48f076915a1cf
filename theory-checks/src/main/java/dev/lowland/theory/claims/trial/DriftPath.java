package dev.lowland.theory.claims.trial;

import dev.lowland.optim.flow.FlowStatus;
import dev.lowland.optim.flow.SlowFlowResult;
import dev.lowland.theory.experiment.Dense;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Predicted displacements from the start at the checkpoints, P × 1 each; NaN where the prediction is undefined.
 *
 * @param name whose prediction
 * @param weak at λ
 * @param strong at 4λ
 */
public record DriftPath(String name, List<DMatrixRMaj> weak, List<DMatrixRMaj> strong) {

    /** The path of whoever says that nothing moves. */
    public static DriftPath still(String name, int parameters) {
        List<DMatrixRMaj> nothing = Collections.nCopies(DriftTrial.CHECKPOINTS, new DMatrixRMaj(parameters, 1));
        return new DriftPath(name, nothing, nothing);
    }

    /** What a flow went from the start. */
    public static List<DMatrixRMaj> displacements(SlowFlowResult flow, DMatrixRMaj start) {
        List<DMatrixRMaj> out = new ArrayList<>();
        for (int i = 0; i < DriftTrial.CHECKPOINTS; i++) {
            out.add(
                    flow.status() == FlowStatus.FINISHED
                            ? Dense.minus(flow.path().get(i).parameters(), start)
                            : Dense.scaled(Double.NaN, start));
        }
        return out;
    }

    /** {@link TwoStrengths#combined} at the end. */
    public DMatrixRMaj end() {
        int last = DriftTrial.CHECKPOINTS - 1;
        return TwoStrengths.combined(weak.get(last), strong.get(last));
    }

    /** Projections on a direction, {@link TwoStrengths#combined}, at every checkpoint. */
    public double[] along(DMatrixRMaj direction) {
        double[] out = new double[DriftTrial.CHECKPOINTS];
        for (int i = 0; i < out.length; i++) {
            out[i] = TwoStrengths.combined(Dense.dot(direction, weak.get(i)), Dense.dot(direction, strong.get(i)));
        }
        return out;
    }
}
