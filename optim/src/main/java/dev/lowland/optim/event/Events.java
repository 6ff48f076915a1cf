package dev.lowland.optim.event;

/** What happens, for whoever records it. Immutable, shared by threads. */
public interface Events {

    /**
     * The recorder of this virtual machine, or one that does nothing.
     *
     * @return the same in every call
     */
    static Events recorder() {
        return Recorder.INSTANCE;
    }

    /** Something has begun; to be ended by the same thread. */
    interface Span {

        /** It is over. */
        void end(String outcome, long steps);
    }

    /** Steps are compiled, in so many lanes, for so many parameters. */
    Span compile(String optimiser, int parameters, int lanes);

    /** A run of so many replicas goes so many steps. */
    Span run(String optimiser, int parameters, long replicas, long steps);

    /** A replica has left the range of numbers with a step, counted from 1. */
    void divergence(long step, int replica);
}
