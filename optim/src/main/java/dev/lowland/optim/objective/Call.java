package dev.lowland.optim.objective;

import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.program.Workspace;
import org.ejml.data.DMatrixRMaj;

/**
 * A program, a workspace and the arrays between the caller and them. Matrices may own longer arrays than they have entries;
 * programs insist on exact ones, so such a matrix goes through an array of the right length.
 */
final class Call {

    private final Program program;
    private final Workspace workspace;
    private final double[][] inputs;
    private final double[][] outputs;
    private final double[][] exactInputs;
    private final double[][] exactOutputs;

    Call(Program program, int[] inputSizes, int[] outputSizes) {
        this.program = program;
        this.workspace = program.newWorkspace();
        this.exactInputs = arrays(inputSizes);
        this.exactOutputs = arrays(outputSizes);
        this.inputs = new double[inputSizes.length][];
        this.outputs = new double[outputSizes.length][];
    }

    private static double[][] arrays(int[] sizes) {
        double[][] arrays = new double[sizes.length][];
        for (int i = 0; i < sizes.length; i++) {
            arrays[i] = new double[sizes[i]];
        }
        return arrays;
    }

    /** Input i is this matrix, read at the next run. */
    Call input(int i, DMatrixRMaj matrix) {
        double[] exact = exactInputs[i];
        if (matrix.data.length == exact.length) {
            inputs[i] = matrix.data;
        } else {
            System.arraycopy(matrix.data, 0, exact, 0, exact.length);
            inputs[i] = exact;
        }
        return this;
    }

    /** The own array of input i, to be filled before the next run. */
    double[] ownInput(int i) {
        inputs[i] = exactInputs[i];
        return exactInputs[i];
    }

    /** The own array of output i, filled by the next run. */
    double[] ownOutput(int i) {
        outputs[i] = exactOutputs[i];
        return exactOutputs[i];
    }

    void run() {
        program.run(workspace, inputs, outputs);
    }

    /** Runs and leaves output 0 in this matrix. */
    void runInto(DMatrixRMaj out) {
        double[] exact = exactOutputs[0];
        if (out.data.length == exact.length) {
            outputs[0] = out.data;
            program.run(workspace, inputs, outputs);
        } else {
            outputs[0] = exact;
            program.run(workspace, inputs, outputs);
            System.arraycopy(exact, 0, out.data, 0, exact.length);
        }
    }
}
