package dev.lowland.optim.ensemble;

import java.util.ArrayList;
import java.util.List;

/**
 * Which replicas of which settings lie in which block, in the order of the settings. A setting begins where a block of
 * its own ensemble would: it either fills blocks, or shares one with others. Immutable.
 *
 * @param blocks each a list of parts, from lane 0 on
 */
record BlockPlan(List<List<Part>> blocks) {

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

    /** So many replicas of each of so many settings, in blocks of so many lanes. */
    static BlockPlan of(int settings, int replicas, int lanes) {
        List<List<Part>> blocks = new ArrayList<>();
        List<Part> open = new ArrayList<>();
        int used = 0;
        for (int s = 0; s < settings; s++) {
            for (int first = 0, block = 0; first < replicas; first += lanes, block++) {
                int count = Math.min(lanes, replicas - first);
                if (used + count > lanes) {
                    blocks.add(List.copyOf(open));
                    open.clear();
                    used = 0;
                }
                open.add(new Part(s, block, first, used, count));
                used += count;
            }
        }
        blocks.add(List.copyOf(open));
        return new BlockPlan(List.copyOf(blocks));
    }
}
