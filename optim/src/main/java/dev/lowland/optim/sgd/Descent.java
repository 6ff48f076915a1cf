package dev.lowland.optim.sgd;

import dev.lowland.optim.gradient.BatchGradient;
import dev.lowland.optim.noise.NoiseKicks;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.noise.ParameterNoise;
import dev.lowland.optim.rule.LanedUpdate;
import dev.lowland.optim.rule.UpdateRule;
import dev.lowland.optim.schedule.Schedule;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Follows gradients by a rule, and adds what noise there is on the parameters. For one thread. */
final class Descent {

    private final UpdateRule rule;
    private final LanedUpdate update;
    private final NoiseLaw law;
    private final double[] parameters;
    private final double[][] memory;
    private final Draws draws;
    private final @Nullable NoiseKicks kicks;
    private final double[] scales;
    private final double[] strengths;
    private final Schedule[] schedules;
    private final double[] kept;
    private boolean steady;

    /** Changes the state. */
    Descent(SgdProgram compiled, LanedState state, Draws draws) {
        Optimiser optimiser = compiled.optimiser();
        int lanes = compiled.lanes();
        int size = compiled.objective().parameterCount();
        this.rule = optimiser.rule();
        this.law = compiled.law();
        this.update = LanedUpdate.of(rule, optimiser.regularization(), size, lanes);
        this.parameters = state.parameters();
        this.memory = state.memory();
        this.draws = draws;
        this.scales = new double[lanes];
        this.strengths = new double[lanes];
        this.schedules = new Schedule[lanes];
        this.kept = new double[rule.looksAhead() ? size * lanes : 0];
        ParameterNoise noise = optimiser.noise().onParameters().orElse(null);
        if (law == NoiseLaw.EXPLICIT && noise != null) {
            this.kicks = NoiseKicks.of(noise, size, lanes);
        } else {
            this.kicks = law.addsToParameters() ? NoiseKicks.ofEntries(law.isTakenBack(), size, lanes) : null;
        }
    }

    void start(List<LaneGroup> given) {
        int lane = 0;
        steady = true;
        for (LaneGroup group : given) {
            Optimiser own = group.optimiser();
            update.settle(lane, group.count(), own.rule(), own.schedule(), own.regularization());
            steady &= own.schedule().constant().isPresent();
            for (int end = lane + group.count(); lane < end; lane++) {
                strengths[lane] =
                        own.noise().onParameters().map(ParameterNoise::strength).orElse(0.0);
                scales[lane] = own.noise().deviation();
                schedules[lane] = own.schedule();
            }
        }
        if (kicks != null && steady) {
            scale(0);
        }
    }

    /** η of a step in lane 0. */
    double rate(long step) {
        return schedules[0].at(step);
    }

    private void scale(long step) {
        for (int l = 0; law == NoiseLaw.EXPLICIT && l < scales.length; l++) {
            scales[l] = Math.sqrt(schedules[l].at(step) * strengths[l]);
        }
    }

    /** Takes a step, whose numbers have been drawn; allocates nothing. False if it was to stop: nothing has changed. */
    boolean take(BatchGradient batch, int indexOffset, long step, BooleanSupplier stop) {
        double[] gradient = batch.at(draws.indices(), indexOffset, stop);
        if (gradient == null) {
            return false;
        }
        if (rule.looksAhead()) {
            System.arraycopy(parameters, 0, kept, 0, kept.length);
            update.lookAhead(step, gradient, parameters);
            gradient = batch.at(draws.indices(), indexOffset, stop);
            System.arraycopy(kept, 0, parameters, 0, kept.length);
            if (gradient == null) {
                return false;
            }
        }
        if (kicks == null) {
            update.update(step, gradient, parameters, memory);
            return true;
        }
        if (!steady) {
            scale(step);
        }
        double[] kick = kicks.at(parameters, draws.noise(), draws.noiseOffset(step), scales);
        update.update(step, gradient, parameters, memory);
        add(kick, parameters);
        if (rule.remembersChange()) {
            add(kick, memory[0]);
        }
        return true;
    }

    private static void add(double[] kick, double[] to) {
        for (int e = 0; e < kick.length; e++) {
            to[e] += kick[e];
        }
    }
}
