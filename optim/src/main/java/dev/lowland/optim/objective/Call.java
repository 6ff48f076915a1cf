package dev.lowland.optim.objective;

import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.program.Workspace;

/** A program with a workspace and the arrays of its arguments. For one thread. */
final class Call {

    private final Program program;
    private final Workspace workspace;
    private final double[][] inputs;
    private final double[][] outputs;

    Call(Program program, int inputCount, int outputCount) {
        this.program = program;
        this.workspace = program.newWorkspace();
        this.inputs = new double[inputCount][];
        this.outputs = new double[outputCount][];
    }

    Call input(int i, double[] values) {
        inputs[i] = values;
        return this;
    }

    Call output(int i, double[] values) {
        outputs[i] = values;
        return this;
    }

    void run() {
        program.run(workspace, inputs, outputs);
    }
}
