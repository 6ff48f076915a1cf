package dev.lowland.optim.sgd;

import dev.lowland.autodiff.program.UpdateProgram;
import dev.lowland.autodiff.program.Workspace;

/** A step without momentum by one run of one program over the whole batch, in every lane, which changes θ in place. */
final class WholeUpdate {

    private final UpdateProgram program;
    private final Workspace workspace;
    private final DrawnInputs inputs;
    private final double[][] arguments;

    /** Changes the parameters; targets are looked at in each call. */
    WholeUpdate(UpdateProgram program, DrawnInputs inputs, double[] parameters, double[] targets) {
        this.program = program;
        this.workspace = program.newWorkspace();
        this.inputs = inputs;
        this.arguments = inputs.arguments(parameters, targets);
    }

    /** Takes the step; allocates nothing. The samples drawn are in the indices, laned, from an offset on. */
    void take(int[] indices, int offset) {
        inputs.gather(indices, offset);
        program.run(workspace, arguments);
    }
}
