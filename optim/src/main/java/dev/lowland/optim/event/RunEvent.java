package dev.lowland.optim.event;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A single run, or that of an ensemble. */
@Name("dev.lowland.Run")
@Label("Run")
@Category("Lowland")
final class RunEvent extends Event {

    @Label("Optimiser")
    String optimiser = "";

    @Label("Parameters")
    int parameters;

    @Label("Replicas")
    long replicas;

    @Label("Steps")
    long steps;

    @Label("Outcome")
    String outcome = "";

    @Label("Steps Taken")
    long stepsTaken;
}
