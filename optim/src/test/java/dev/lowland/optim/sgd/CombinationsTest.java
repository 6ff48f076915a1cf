package dev.lowland.optim.sgd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.batch.Batches;
import dev.lowland.optim.noise.Flips;
import dev.lowland.optim.noise.Noise;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.rule.Regularization;
import dev.lowland.optim.rule.Rules;
import dev.lowland.optim.support.Allocation;
import dev.lowland.optim.support.Problems;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Of every combination: the single run is the lane of its replica is the resumed run, and a step allocates nothing. */
class CombinationsTest {

    private static final int STEPS = 30;
    private static final int PART = 13;
    private static final int LANES = 8;
    private static final int FEW = 23;

    @Test
    @Tag("slow")
    void someCombinations() {
        report(check(FEW));
    }

    @Test
    @Tag("long")
    void allCombinations() {
        report(check(1));
    }

    @Test
    @Tag("slow")
    @Tag("once")
    void stepsOfSomeAllocateNothing() {
        stepsAllocateNothing(8 * FEW);
    }

    @Test
    @Tag("long")
    @Tag("once")
    void stepsAllocateNothing() {
        stepsAllocateNothing(1);
    }

    private static void report(int ran) {
        assertTrue(ran > 0);
        System.err.println("combinations of rule, schedule, batches and noise that ran: " + ran);
    }

    private static int check(int stride) {
        List<Combinations.Combination> all = Combinations.all();
        int ran = 0;
        for (int i = 0; i < all.size(); i += stride) {
            lanesAreSingleRuns(all.get(i));
            resumedRunsAreUndisturbed(all.get(i));
            ran++;
        }
        return ran;
    }

    private static void stepsAllocateNothing(int stride) {
        List<Combinations.Combination> all = Combinations.all();
        for (int i = 0; i < all.size(); i += stride) {
            stepsAllocateNothing(all.get(i));
        }
    }

    private static void lanesAreSingleRuns(Combinations.Combination of) {
        double[] theta = of.problem().theta().data;
        SgdStepper block = of.optimiser().compile(of.objective(), LANES).newStepper();
        block.start(theta, 2);
        take(block, STEPS);
        SgdStepper single = of.optimiser().compile(of.objective(), 1).newStepper();
        for (int lane = 0; lane < LANES; lane += 5) {
            single.start(theta, 2 + lane);
            take(single, STEPS);
            for (int e = 0; e < theta.length; e++) {
                double expected = single.parameters()[e];
                double found = block.parameters()[e * LANES + lane];
                assertEquals(expected, found, of.optimiser()::toString);
            }
        }
    }

    private static void take(SgdStepper stepper, int steps) {
        for (int k = 0; k < steps; k++) {
            stepper.step();
        }
    }

    private static void resumedRunsAreUndisturbed(Combinations.Combination of) {
        Optimiser optimiser = of.optimiser();
        Run whole = optimiser.run(of.objective(), of.problem().theta(), STEPS);
        Run part = optimiser.run(of.objective(), of.problem().theta(), PART);
        assertEquals(RunStatus.FINISHED, whole.status());
        Run saved = Run.of(part.state());
        Run resumed = optimiser.withSeed(optimiser.seed()).resume(of.objective(), saved, STEPS - PART);
        assertEquals(STEPS, resumed.steps());
        assertBits(whole.state().parameters(), resumed.state().parameters(), optimiser);
        assertEquals(whole.state().memoryNames(), resumed.state().memoryNames());
        for (String name : whole.state().memoryNames()) {
            assertBits(whole.state().memory(name), resumed.state().memory(name), optimiser);
        }
    }

    private static void assertBits(double[] expected, double[] found, Optimiser optimiser) {
        for (int e = 0; e < expected.length; e++) {
            assertEquals(expected[e], found[e], optimiser::toString);
        }
    }

    private static void stepsAllocateNothing(Combinations.Combination of) {
        SgdStepper block = of.optimiser().compile(of.objective(), LANES).newStepper();
        block.start(of.problem().theta().data, 0);
        Allocation.checkNone(of.optimiser().toString(), block::step);
    }

    @Test
    void illegalCombinationsAreRefusedByName() {
        Optimiser plain = Optimiser.of(Rules.plain(), 0.1);
        Problems numbers = Problems.unfitted(Models.quadratic(2), 7, 3);
        Problems labels = Problems.labelled(Models.quadratic(2), Losses.logistic(0.2), 7, 5);
        refused(
                "Optimiser: noiseLaw is LABEL_FLIP with the square loss, must be one of NONE, RADEMACHER, GAUSSIAN,"
                        + " TRANSITION, EXPLICIT, ANTI_CORRELATED",
                () -> plain.withNoise(Noise.flips()).compile(numbers.objective(), 1));
        refused(
                "Optimiser: noiseLaw is GAUSSIAN with the logistic loss, must be one of NONE, LABEL_FLIP, TRANSITION,"
                        + " EXPLICIT, ANTI_CORRELATED",
                () -> plain.withNoise(Noise.gaussian(1)).compile(labels.objective(), 1));
        refused(
                "Optimiser: noiseLaw is EXPLICIT without parameterNoise, must be given with it",
                () -> plain.withNoise(Noise.none().withLaw(NoiseLaw.EXPLICIT)).compile(numbers.objective(), 1));
        refused(
                "Optimiser: the deviations of the noise is of length 2, must be of length 1",
                () -> plain.withNoise(Noise.gaussian(1).withDeviations(1, 2)).compile(numbers.objective(), 1));
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> plain.withNoise(Noise.flips(Flips.uniform(0.1))).compile(numbers.objective(), 1))
                .getMessage();
        assertTrue(message.startsWith("Flips: target of sample 0 is [") && message.endsWith("], must be -1 or 1"));
        refused(
                "distinct: batchSize is 8, must be at most 7",
                () -> plain.withBatches(Batches.distinct(8)).compile(numbers.objective(), 1));
        refused(
                "Optimiser: weightDecay is given beside adamw, must be that of adamw alone, which has its own",
                () -> Optimiser.of(Rules.adamw(0.1), 0.1)
                        .withRegularization(Regularization.none().withWeightDecay(0.1)));
        Run ofAdam = Optimiser.of(Rules.adam(), 0.1).run(numbers.objective(), numbers.theta(), 3);
        refused(
                "Optimiser.resume: the state is one that remembers [means, squares], must be one that remembers"
                        + " [velocity]",
                () -> Optimiser.of(Rules.heavyBall(0.5), 0.1).resume(numbers.objective(), ofAdam, 1));
    }

    private static void refused(String text, Runnable action) {
        assertEquals(
                text, assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
