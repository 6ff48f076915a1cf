package dev.lowland.optim.sgd;

import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.program.Workspace;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * √(ηλ) C(θ) z of some replicas side by side. Sums go over the columns of C in order, the same for one lane and for
 * many, so both have the same bits where C has. For one thread; allocates nothing in a step.
 */
final class ParameterKicks {

    private final int lanes;
    private final int columns;
    private final double scale;
    private final double @Nullable [] constant;
    private final double[] laned;
    private final double[] kicks;
    private final @Nullable Program program;
    private final @Nullable Workspace workspace;
    private final double[][] inputs;
    private final double[][] outputs;

    ParameterKicks(SgdProgram compiled, ParameterNoise noise, double[] parameters) {
        int size = compiled.objective().parameterCount();
        DMatrixRMaj matrix = noise.constant(size);
        lanes = compiled.lanes();
        columns = compiled.noiseColumns();
        scale = Math.sqrt(compiled.sgd().learningRate() * noise.strength());
        kicks = new double[size * lanes];
        constant = matrix == null ? null : matrix.data;
        program = compiled.factor();
        workspace = program == null ? null : program.newWorkspace();
        laned = new double[program == null ? 0 : size * columns * lanes];
        inputs = new double[][] {parameters};
        outputs = new double[][] {laned};
    }

    /** The kicks at the parameters as they are; z is laned, from the offset on. */
    double[] at(double[] z, int offset) {
        Arrays.fill(kicks, 0);
        if (constant != null) {
            for (int e = 0; e < kicks.length / lanes * columns; e++) {
                addConstant(constant[e], e / columns * lanes, z, offset + e % columns * lanes);
            }
        } else if (program != null && workspace != null) {
            program.run(workspace, inputs, outputs);
            for (int e = 0; e < laned.length / lanes; e++) {
                addLaned(e * lanes, e / columns * lanes, z, offset + e % columns * lanes);
            }
        }
        for (int e = 0; e < kicks.length; e++) {
            kicks[e] *= scale;
        }
        return kicks;
    }

    private void addConstant(double entry, int to, double[] z, int from) {
        for (int l = 0; l < lanes; l++) {
            kicks[to + l] += entry * z[from + l];
        }
    }

    private void addLaned(int at, int to, double[] z, int from) {
        for (int l = 0; l < lanes; l++) {
            kicks[to + l] += laned[at + l] * z[from + l];
        }
    }
}
