package dev.lowland.optim.event;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A replica left the range of numbers. */
@Name("dev.lowland.Divergence")
@Label("Divergence")
@Category("Lowland")
final class DivergenceEvent extends Event {

    @Label("Step")
    long step;

    @Label("Replica")
    int replica;
}
