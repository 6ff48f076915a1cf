package dev.lowland.optim.gradient;

import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.program.Workspace;
import java.util.function.BooleanSupplier;

/** The gradient by one run of one program over the whole batch, in every lane. */
public final class WholeGradient implements BatchGradient {

    private final Program program;
    private final Workspace workspace;
    private final DrawnInputs inputs;
    private final double[][] arguments;

    /** Parameters and targets are looked at in each call. On the full batch the inputs are in the program. */
    public WholeGradient(Program program, DrawnInputs inputs, double[] parameters, double[] targets) {
        this.program = program;
        this.workspace = program.newWorkspace();
        this.inputs = inputs;
        this.arguments = inputs.arguments(parameters, targets);
    }

    @Override
    public double[] at(int[] indices, int offset, BooleanSupplier stop) {
        inputs.gather(indices, offset);
        program.run(workspace, arguments);
        return workspace.output(0);
    }

    @Override
    public void close() {
        // the caller is the only thread
    }
}
