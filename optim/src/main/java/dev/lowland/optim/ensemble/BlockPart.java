package dev.lowland.optim.ensemble;

import dev.lowland.optim.ensemble.BlockSums.CheckpointSums;
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

    /** Puts where its replicas have ended before to its lanes: θ, and what the rule remembers. */
    void load(int lanes, double[][] laned) {
        double[][] before = setting.before();
        for (int a = 0; a < laned.length; a++) {
            int size = laned[a].length / lanes;
            int replicas = before[a].length / size;
            for (int l = part.lane(); l < part.lane() + part.count(); l++) {
                for (int e = 0; e < size; e++) {
                    laned[a][e * lanes + l] = before[a][e * replicas + replica(l)];
                }
            }
        }
    }

    /** Takes down where its replicas are, if that is wanted. */
    void keepFinalState(SgdStepper stepper) {
        double[][] kept = setting.finalState();
        if (kept.length == 0 || diverged) {
            return;
        }
        keep(stepper.parameters(), stepper.lanes(), kept[0]);
        int array = 1;
        for (String name : stepper.memoryNames()) {
            keep(stepper.memory(name), stepper.lanes(), kept[array]);
            array++;
        }
    }

    private void keep(double[] laned, int lanes, double[] all) {
        int size = laned.length / lanes;
        int replicas = all.length / size;
        for (int l = part.lane(); l < part.lane() + part.count(); l++) {
            for (int e = 0; e < size; e++) {
                all[e * replicas + replica(l)] = laned[e * lanes + l];
            }
        }
    }
}
