package dev.lowland.autodiff.function;

import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.program.Workspace;
import dev.lowland.core.check.Checks;

/** A program with a workspace and the arrays of its arguments, to be run again and again. For one thread. */
public final class ProgramCall {
    private final Program program;
    private final Workspace workspace;
    private final double[][] inputs;
    private final double[][] outputs;

    /**
     * A call without arrays yet.
     *
     * @param program what to run
     */
    public ProgramCall(Program program) {
        this.program = Checks.notNull("program call", "program", program);
        this.workspace = program.newWorkspace();
        this.inputs = new double[program.inputs().size()][0];
        this.outputs = new double[program.outputs().size()][0];
    }

    /**
     * Gives an input, for all runs until another is given.
     *
     * @param i which input of the program
     * @param values row-major, at least as long as the input; lent, and read in each run
     * @return this
     * @throws IllegalArgumentException if there is no such input
     */
    public ProgramCall input(int i, double[] values) {
        Checks.index("program call", "input", i, inputs.length);
        inputs[i] = Checks.notNull("program call", "values", values);
        return this;
    }

    /**
     * Says where an output goes, in all runs until another place is given.
     *
     * @param i which output of the program
     * @param values at least as long as the output; lent, and modified by each run
     * @return this
     * @throws IllegalArgumentException if there is no such output
     */
    public ProgramCall output(int i, double[] values) {
        Checks.index("program call", "output", i, outputs.length);
        outputs[i] = Checks.notNull("program call", "values", values);
        return this;
    }

    /**
     * Runs the program; allocates nothing.
     *
     * @throws IllegalArgumentException if an array is too short
     */
    public void run() {
        program.run(workspace, inputs, outputs);
    }
}
