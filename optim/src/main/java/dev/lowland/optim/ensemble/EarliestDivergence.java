package dev.lowland.optim.ensemble;

/**
 * The earliest divergence that any block has found so far. A block may give up once it is past that step, because it
 * could only find a later one; so the final answer does not depend on who was first.
 */
final class EarliestDivergence {

    private volatile long step = Long.MAX_VALUE;
    /** Meaningful once a step has been found. */
    private int replica;

    /** A replica left the range of numbers with this step. */
    synchronized void report(long divergedStep, int divergedReplica) {
        if (divergedStep < step || (divergedStep == step && divergedReplica < replica)) {
            replica = divergedReplica;
            step = divergedStep;
        }
    }

    boolean found() {
        return step < Long.MAX_VALUE;
    }

    /** The step, or the largest long while none diverged. */
    long step() {
        return step;
    }

    synchronized int replica() {
        return replica;
    }
}
