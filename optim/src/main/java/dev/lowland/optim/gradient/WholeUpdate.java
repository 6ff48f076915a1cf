package dev.lowland.optim.gradient;

import dev.lowland.autodiff.program.UpdateProgram;
import dev.lowland.autodiff.program.Workspace;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A step without momentum by one run of one program over the whole batch, in every lane, which changes θ in place. */
public final class WholeUpdate {

    private final UpdateProgram program;
    private final Workspace workspace;
    private final DrawnInputs inputs;
    private final double[][] arguments;

    /** Changes the parameters; targets, and the rates if the program takes them, are looked at in each call. */
    public WholeUpdate(
            UpdateProgram program,
            DrawnInputs inputs,
            double[] parameters,
            double[] targets,
            double @Nullable [] rates) {
        this.program = program;
        this.workspace = program.newWorkspace();
        this.inputs = inputs;
        double[][] given = inputs.arguments(parameters, targets);
        if (rates == null) {
            this.arguments = given;
        } else {
            this.arguments = Arrays.copyOf(given, given.length + 1);
            this.arguments[given.length] = rates;
        }
    }

    /** Takes the step; allocates nothing. The samples drawn are in the indices, laned, from an offset on. */
    public void take(int[] indices, int offset) {
        inputs.gather(indices, offset);
        program.run(workspace, arguments);
    }
}
