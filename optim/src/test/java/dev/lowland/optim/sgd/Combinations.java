package dev.lowland.optim.sgd;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.random.RandomLanes;
import dev.lowland.optim.batch.BatchLaw;
import dev.lowland.optim.batch.Batches;
import dev.lowland.optim.noise.Flips;
import dev.lowland.optim.noise.Noise;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.noise.NoisePlace;
import dev.lowland.optim.noise.ParameterNoise;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.rule.Regularization;
import dev.lowland.optim.rule.Rules;
import dev.lowland.optim.rule.UpdateRule;
import dev.lowland.optim.schedule.Schedule;
import dev.lowland.optim.schedule.Schedules;
import dev.lowland.optim.support.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;

/** Every combination of the parts of a step, on small problems that they suit. */
final class Combinations {

    private static final int N = 7;
    private static final Problems NUMBERS = Problems.unfitted(Models.quadratic(2), N, 3);
    private static final Problems PAIRS = Problems.unfitted(Models.deepLinear(2, 2), N, 4);
    private static final Problems LABELS = Problems.labelled(Models.quadratic(2), Losses.logistic(0.2), N, 5);
    private static final NoiseLaw OWN = NoiseLaw.of("SQUARED", NoisePlace.TARGETS, Combinations::centredSquares);
    private static final NoiseLaw OWN_KICKS = NoiseLaw.of("UNIFORM", NoisePlace.ENTRIES, Combinations::uniform);

    private Combinations() {}

    /** An optimiser and what it runs on. */
    record Combination(Optimiser optimiser, Problems problem) {
        Objective objective() {
            return problem.objective();
        }
    }

    private record Noisy(Noise noise, Problems problem) {}

    /** (z² − 1)/√2. */
    private static void centredSquares(RandomLanes streams, long position, int count, double[] out, int offset) {
        streams.fillGaussian(position, count, out, offset);
        for (int e = offset; e < out.length; e++) {
            out[e] = (out[e] * out[e] - 1) / Math.sqrt(2);
        }
    }

    private static void uniform(RandomLanes streams, long position, int count, double[] out, int offset) {
        streams.fillUniform(position, count, out, offset);
        for (int e = offset; e < out.length; e++) {
            out[e] = (out[e] - 0.5) * Math.sqrt(12);
        }
    }

    static List<UpdateRule> rules() {
        return List.of(
                Rules.plain(),
                Rules.heavyBall(0.8),
                Rules.nesterov(0.8),
                Rules.rmsprop(),
                Rules.adam(),
                Rules.adamw(0.1),
                Rules.normalised(),
                Rules.sam(0.05),
                Rules.sam(0.05, Rules.adam()),
                Rules.sign());
    }

    private static List<Schedule> schedules() {
        return List.of(
                Schedules.constant(0.02),
                Schedules.steps(0.02, 0.5, 9),
                Schedules.cosine(0.02, 0.001, 20).withWarmUp(5),
                Schedules.exponential(0.02, 0.002, 15),
                Schedule.of("halving", k -> 0.02 / (1 + k)));
    }

    private static List<BatchLaw> batches() {
        return List.of(
                Batches.full(),
                Batches.withReplacement(3),
                Batches.distinct(3),
                Batches.withoutReplacement(3),
                Batches.withoutReplacementKeepingShort(3),
                Batches.given(new int[][] {{0, 1}, {2, 3}, {6}}));
    }

    private static List<Noisy> noises() {
        DMatrixRMaj factor = Problems.gaussian(4, 2, new Random(3));
        return List.of(
                new Noisy(Noise.none(), NUMBERS),
                new Noisy(Noise.none(), LABELS),
                new Noisy(Noise.byLoss(0.3), NUMBERS),
                new Noisy(Noise.rademacher(0.3), PAIRS),
                new Noisy(Noise.gaussian(0.3), NUMBERS),
                new Noisy(Noise.gaussian(0.3).withDeviations(0.1, 0.5), PAIRS),
                new Noisy(Noise.flips(), LABELS),
                new Noisy(Noise.flips(Flips.uniform(0.3)), LABELS),
                new Noisy(Noise.transitions(new DMatrixRMaj(2, 2, true, 0.9, 0.1, 0.4, 0.6)), LABELS),
                new Noisy(Noise.explicit(ParameterNoise.ofFactor(0.01, factor)), NUMBERS),
                new Noisy(Noise.explicit(ParameterNoise.ofFactor(0.01, theta -> theta)), LABELS),
                new Noisy(Noise.antiCorrelated(0.01), NUMBERS),
                new Noisy(Noise.of(OWN, 0.2), NUMBERS),
                new Noisy(Noise.of(OWN_KICKS, 0.01), LABELS));
    }

    private static Regularization regularization(int i, UpdateRule rule) {
        Regularization none = Regularization.none();
        boolean decays = rule.name().equals("adamw");
        return switch (i % 4) {
            case 0 -> none;
            case 1 -> none.withClipNorm(0.5);
            case 2 ->
                decays ? none.withClipValue(0.3) : none.withWeightDecay(0.1).withClipValue(0.3);
            default -> decays ? none : none.withDecoupledWeightDecay(0.1);
        };
    }

    /** All of them, in an order that mixes the parts. */
    static List<Combination> all() {
        List<Combination> all = new ArrayList<>();
        for (UpdateRule rule : rules()) {
            for (Schedule schedule : schedules()) {
                for (BatchLaw batch : batches()) {
                    for (Noisy noisy : noises()) {
                        Optimiser optimiser = Optimiser.of(rule, schedule)
                                .withBatches(batch)
                                .withNoise(noisy.noise)
                                .withRegularization(regularization(all.size() / 7, rule))
                                .withSeed(17);
                        all.add(new Combination(optimiser, noisy.problem));
                    }
                }
            }
        }
        return all;
    }
}
