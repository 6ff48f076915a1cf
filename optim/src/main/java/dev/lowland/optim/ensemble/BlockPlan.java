package dev.lowland.optim.ensemble;

import java.util.ArrayList;
import java.util.List;

/**
 * Which replicas of which settings lie in which block, in the order of the settings. A setting either fills blocks of
 * its own, as its own ensemble would, or shares one with others. Immutable.
 *
 * @param settings how many
 * @param replicas of each of them
 * @param lanes of a block
 */
record BlockPlan(int settings, int replicas, int lanes) {

    /**
     * Neighbouring replicas of one setting.
     *
     * @param setting which
     * @param block how many parts of this setting come before
     * @param firstReplica the first of them
     * @param lane where they begin
     * @param count how many
     */
    record Part(int setting, int block, int firstReplica, int lane, int count) {}

    /** How many blocks there are. */
    int blocks() {
        return Math.toIntExact(
                replicas >= lanes ? (long) settings * blocksOfSetting() : quotient(settings, settingsOfBlock()));
    }

    private int blocksOfSetting() {
        return quotient(replicas, lanes);
    }

    private int settingsOfBlock() {
        return lanes / replicas;
    }

    /** Rounded up. */
    private static int quotient(int a, int b) {
        return (a - 1) / b + 1;
    }

    /** The parts of a block, from lane 0 on. */
    List<Part> parts(int block) {
        if (replicas >= lanes) {
            int before = block % blocksOfSetting();
            int first = before * lanes;
            return List.of(new Part(block / blocksOfSetting(), before, first, 0, Math.min(lanes, replicas - first)));
        }
        List<Part> parts = new ArrayList<>();
        int first = block * settingsOfBlock();
        for (int s = first; s < Math.min(settings, first + settingsOfBlock()); s++) {
            parts.add(new Part(s, 0, 0, (s - first) * replicas, replicas));
        }
        return parts;
    }
}
