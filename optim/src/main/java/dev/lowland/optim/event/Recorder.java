package dev.lowland.optim.event;

/** Which recorder there is: asked once. */
final class Recorder {

    static final Events INSTANCE = find();

    private Recorder() {}

    private static Events find() {
        boolean there = ModuleLayer.boot().findModule("jdk.jfr").isPresent();
        return there ? new FlightRecorderEvents() : silence();
    }

    /** A recorder that does nothing. */
    static Events silence() {
        return new Silence();
    }

    private static final class Silence implements Events {

        private static final Span NOTHING = (outcome, steps) -> {};

        @Override
        public Span compile(String optimiser, int parameters, int lanes) {
            return NOTHING;
        }

        @Override
        public Span run(String optimiser, int parameters, long replicas, long steps) {
            return NOTHING;
        }

        @Override
        public void divergence(long step, int replica) {
            // nobody listens
        }
    }
}
