package dev.lowland.optim.sgd;

import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import org.jspecify.annotations.Nullable;

/** Follows gradients, plainly or as a heavy ball, and adds what noise there is on the parameters. For one thread. */
final class Descent {

    private final KernelSet kernels = Kernels.active();
    private final double learningRate;
    private final double momentum;
    private final double[] parameters;
    private final double[] velocity;
    private final Draws draws;
    private final @Nullable ParameterKicks kicks;

    /** Changes the state. */
    Descent(SgdProgram compiled, LanedState state, Draws draws) {
        this.learningRate = compiled.sgd().learningRate();
        this.momentum = compiled.sgd().momentum();
        this.parameters = state.parameters();
        this.velocity = state.velocity();
        this.draws = draws;
        ParameterNoise noise = compiled.sgd().parameterNoise().orElse(null);
        this.kicks = !compiled.law().addsToParameters() || noise == null
                ? null
                : new ParameterKicks(compiled, noise, parameters);
    }

    /** Takes a step, whose numbers have been drawn; allocates nothing. */
    void follow(double[] gradient, long step) {
        double[] kick = kicks == null ? null : kicks.at(draws.noise(), draws.noiseOffset(step));
        if (momentum == 0) {
            kernels.sgdStep(parameters.length, learningRate, gradient, parameters);
        } else {
            kernels.heavyBallStep(parameters.length, learningRate, momentum, gradient, velocity, parameters);
        }
        if (kick != null) {
            add(kick, parameters);
            if (momentum != 0) {
                add(kick, velocity);
            }
        }
    }

    private static void add(double[] kick, double[] to) {
        for (int e = 0; e < kick.length; e++) {
            to[e] += kick[e];
        }
    }
}
