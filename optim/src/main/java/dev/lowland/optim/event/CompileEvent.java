package dev.lowland.optim.event;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** The steps of an optimiser were compiled. */
@Name("dev.lowland.Compile")
@Label("Compile")
@Category("Lowland")
final class CompileEvent extends Event {

    @Label("Optimiser")
    String optimiser = "";

    @Label("Parameters")
    int parameters;

    @Label("Lanes")
    int lanes;
}
