package dev.lowland.optim.noise;

import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.program.Workspace;
import dev.lowland.core.check.Checks;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * What noise adds to the parameters of some replicas side by side in one step: √(ηλ) C(θ) z, or s z in every entry, or
 * s(z′ − z) with the numbers z′ of the next step. Sums go over the columns of C in order, the same for one lane and for
 * many, so both have the same bits where C has. For one thread; allocates nothing in a step.
 */
public final class NoiseKicks {

    private final int lanes;
    private final int columns;
    private final boolean takenBack;
    private final double @Nullable [] constant;
    private final double[] laned;
    private final double[] kicks;
    private final @Nullable Program program;
    private final @Nullable Workspace workspace;
    private final double[][] inputs;
    private final double[][] outputs;

    private NoiseKicks(
            int size,
            int lanes,
            int columns,
            boolean takenBack,
            double @Nullable [] constant,
            @Nullable Program factor) {
        this.lanes = lanes;
        this.columns = columns;
        this.takenBack = takenBack;
        this.constant = constant;
        this.program = factor;
        this.workspace = factor == null ? null : factor.newWorkspace();
        this.kicks = new double[size * lanes];
        this.laned = new double[factor == null ? 0 : size * columns * lanes];
        this.inputs = new double[1][];
        this.outputs = new double[][] {laned};
    }

    /**
     * Kicks of a given covariance.
     *
     * @param noise gives C
     * @param parameters P ≥ 1
     * @param lanes how many replicas, at least 1
     * @return the kicks
     * @throws IllegalArgumentException if C has not P rows
     */
    public static NoiseKicks of(ParameterNoise noise, int parameters, int lanes) {
        Checks.notNull("NoiseKicks.of", "noise", noise);
        check(parameters, lanes);
        DMatrixRMaj constant = noise.constant(parameters);
        if (constant != null) {
            return new NoiseKicks(parameters, lanes, constant.numCols, false, constant.data, null);
        }
        Program single = noise.program(parameters);
        int columns = single.outputs().get(0).shape().columns();
        Checks.room("NoiseKicks.of", "lanes", lanes, 2.0 * parameters * columns * lanes);
        return new NoiseKicks(
                parameters, lanes, columns, false, null, lanes == 1 ? single : single.forLanes(lanes, false));
    }

    /**
     * Kicks in every entry alike.
     *
     * @param takenBack whether each is taken away again by the next step
     * @param parameters P ≥ 1
     * @param lanes how many replicas, at least 1
     * @return the kicks
     */
    public static NoiseKicks ofEntries(boolean takenBack, int parameters, int lanes) {
        check(parameters, lanes);
        return new NoiseKicks(parameters, lanes, parameters, takenBack, null, null);
    }

    private static void check(int parameters, int lanes) {
        Checks.atLeast("NoiseKicks", "parameters", parameters, 1);
        Checks.atLeast("NoiseKicks", "lanes", lanes, 1);
        Checks.room("NoiseKicks", "parameters", parameters, 2.0 * parameters * lanes);
    }

    /**
     * Numbers a lane takes in a step.
     *
     * @return the columns of C, or P
     */
    public int columns() {
        return columns;
    }

    /**
     * The kicks at θ. Allocates nothing.
     *
     * @param theta laned, P·lanes numbers. Not modified.
     * @param z laned numbers of the step, and behind them those of the next. Not modified.
     * @param offset where those of the step begin
     * @param scales one for each lane: √(ηλ) or s. Not modified.
     * @return laned, P·lanes numbers, the object's own; to be read only, until the next call
     * @throws IllegalArgumentException if an array is too short
     */
    public double[] at(double[] theta, double[] z, int offset, double[] scales) {
        Checks.span("NoiseKicks.at", "theta", theta, 0, kicks.length, 1);
        Checks.span("NoiseKicks.at", "z", z, offset, (takenBack ? 2 : 1) * columns * lanes, 1);
        Checks.span("NoiseKicks.at", "scales", scales, 0, lanes, 1);
        if (constant != null) {
            Arrays.fill(kicks, 0);
            for (int e = 0; e < kicks.length / lanes * columns; e++) {
                addConstant(constant[e], e / columns * lanes, z, offset + e % columns * lanes);
            }
        } else if (program != null && workspace != null) {
            Arrays.fill(kicks, 0);
            inputs[0] = theta;
            program.run(workspace, inputs, outputs);
            for (int e = 0; e < laned.length / lanes; e++) {
                addLaned(e * lanes, e / columns * lanes, z, offset + e % columns * lanes);
            }
        } else {
            takeEntries(z, offset);
        }
        for (int e = 0; e < kicks.length; e += lanes) {
            for (int l = 0; l < lanes; l++) {
                kicks[e + l] *= scales[l];
            }
        }
        return kicks;
    }

    private void takeEntries(double[] z, int offset) {
        System.arraycopy(z, offset, kicks, 0, kicks.length);
        if (takenBack) {
            for (int e = 0; e < kicks.length; e++) {
                kicks[e] = z[offset + kicks.length + e] - kicks[e];
            }
        }
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
