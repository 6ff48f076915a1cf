package dev.lowland.optim.ensemble;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.sgd.SgdStepper;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/** Takes down where the replicas of each block are, and puts them there. Blocks have rows of their own. */
final class FinalStates {

    private static final String VELOCITY = "velocity";

    private final DMatrixRMaj parameters;
    private final DMatrixRMaj velocities;

    FinalStates(int replicas, int size) {
        this.parameters = new DMatrixRMaj(replicas, size);
        this.velocities = new DMatrixRMaj(replicas, size);
    }

    /** Of the counted lanes. */
    void keep(SgdStepper stepper, int counted) {
        keep(stepper.parameters(), stepper, counted, parameters);
        keep(stepper.velocity(), stepper, counted, velocities);
    }

    private static void keep(double[] laned, SgdStepper stepper, int counted, DMatrixRMaj out) {
        for (int l = 0; l < counted; l++) {
            for (int i = 0; i < out.numCols; i++) {
                out.data[(stepper.firstReplica() + l) * out.numCols + i] = laned[i * stepper.lanes() + l];
            }
        }
    }

    EnsembleState at(long step) {
        return EnsembleState.lent(step, parameters, Map.of(VELOCITY, velocities));
    }

    /** Lanes that do not count do as the last one that does. */
    static void load(EnsembleState from, SgdStepper stepper, int counted) {
        DMatrixRMaj velocities = from.liveMemory().get(VELOCITY);
        if (velocities == null) {
            throw Checks.error(
                    "Ensemble.resume",
                    "memory of from",
                    from.liveMemory().keySet().toString(),
                    "[" + VELOCITY + "]");
        }
        stepper.restore(
                from.step(), laned(from.liveParameters(), stepper, counted), laned(velocities, stepper, counted));
    }

    private static double[] laned(DMatrixRMaj states, SgdStepper stepper, int counted) {
        int lanes = stepper.lanes();
        double[] laned = new double[states.numCols * lanes];
        for (int l = 0; l < lanes; l++) {
            int replica = stepper.firstReplica() + Math.min(l, counted - 1);
            for (int i = 0; i < states.numCols; i++) {
                laned[i * lanes + l] = states.data[replica * states.numCols + i];
            }
        }
        return laned;
    }
}
