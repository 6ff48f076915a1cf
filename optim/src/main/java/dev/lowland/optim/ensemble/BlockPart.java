package dev.lowland.optim.ensemble;

import dev.lowland.optim.sgd.LaneGroup;
import dev.lowland.optim.sgd.SgdStepper;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.ejml.data.DMatrixRMaj;

/** The lanes of one setting in a block that runs, and what they add up to. For one thread. */
final class BlockPart {

    private final SettingRun setting;
    private final BlockPlan.Part part;
    private final BlockSums sums = new BlockSums();
    private boolean diverged;

    BlockPart(SettingRun setting, BlockPlan.Part part) {
        this.setting = setting;
        this.part = part;
    }

    LaneGroup group() {
        return setting.group(part);
    }

    BlockSums sums() {
        return sums;
    }

    int lane() {
        return part.lane();
    }

    int count() {
        return part.count();
    }

    /** The replica in a lane of the block. */
    int replica(int lane) {
        return part.firstReplica() + lane - part.lane();
    }

    /**
     * Whether what it does after a step still counts: no replica of its setting has diverged by then, as far as known.
     */
    boolean isLive(long step) {
        return !diverged && step < setting.divergence().step();
    }

    /** Whether it has diverged itself. */
    boolean hasDiverged() {
        return diverged;
    }

    /** Its first lane that has diverged; empty if none has, or that is known already. */
    OptionalInt firstDiverged(SgdStepper stepper) {
        for (int l = part.lane(); !diverged && l < part.lane() + part.count(); l++) {
            if (stepper.hasDiverged(l)) {
                return OptionalInt.of(l);
            }
        }
        return OptionalInt.empty();
    }

    /** Tells its setting, if a lane has diverged with the last step. */
    void reportDivergence(SgdStepper stepper) {
        OptionalInt lane = firstDiverged(stepper);
        if (lane.isPresent()) {
            diverged = true;
            setting.divergence().report(stepper.stepsTaken(), replica(lane.getAsInt()));
        }
    }

    /** Takes states and moments at a checkpoint. */
    void takeCheckpoint(SgdStepper stepper, MomentKind moments, int checkpoint, BooleanSupplier stop) {
        int lanes = stepper.lanes();
        double[] state = stepper.parameters();
        int size = state.length / lanes;
        if (!setting.states().isEmpty()) {
            DMatrixRMaj kept = setting.states().get(checkpoint);
            for (int l = part.lane(); l < part.lane() + part.count(); l++) {
                for (int i = 0; i < size; i++) {
                    kept.data[replica(l) * size + i] = state[i * lanes + l];
                }
            }
        }
        sums.addCheckpoint(CheckpointSums.of(state, size, lanes, part.lane(), part.count(), moments, stop));
    }
}
