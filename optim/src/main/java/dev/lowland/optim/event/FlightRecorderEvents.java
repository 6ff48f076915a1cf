package dev.lowland.optim.event;

/** Events of the Flight Recorder. Loaded only where its module is there. */
final class FlightRecorderEvents implements Events {

    @Override
    public Span compile(String optimiser, int parameters, int lanes) {
        CompileEvent event = new CompileEvent();
        if (!event.isEnabled()) {
            return (outcome, steps) -> {};
        }
        event.optimiser = optimiser;
        event.parameters = parameters;
        event.lanes = lanes;
        event.begin();
        return (outcome, steps) -> event.commit();
    }

    @Override
    public Span run(String optimiser, int parameters, long replicas, long steps) {
        RunEvent event = new RunEvent();
        if (!event.isEnabled()) {
            return (outcome, taken) -> {};
        }
        event.optimiser = optimiser;
        event.parameters = parameters;
        event.replicas = replicas;
        event.steps = steps;
        event.begin();
        return (outcome, taken) -> {
            event.outcome = outcome;
            event.stepsTaken = taken;
            event.commit();
        };
    }

    @Override
    public void divergence(long step, int replica) {
        DivergenceEvent event = new DivergenceEvent();
        event.step = step;
        event.replica = replica;
        event.commit();
    }
}
