package dev.lowland.optim.sgd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.ensemble.EnsembleResult;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.support.Allocation;
import dev.lowland.optim.support.Problems;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The step as one loop against the step instruction by instruction, bit for bit. */
class FusedStepTest {

    private static final int LANES = 16;
    private static final int STEPS = 300;

    private static final List<Model> MODELS =
            List.of(Models.quadratic(3), Models.linear(4), Models.deepLinear(2, 3, 1), Models.matrixSensing(3, 3, 1));

    private static LabelNoiseSgd settings() {
        return LabelNoiseSgd.of(0.01).withLabelNoise(0.2).withSeed(7);
    }

    private static List<LabelNoiseSgd> optimisers() {
        return List.of(
                settings().withFullBatch(),
                settings().withFullBatch().withMomentum(0.9),
                settings().withFullBatch().withNoiseLaw(NoiseLaw.GAUSSIAN),
                settings().withFullBatch().withNoiseLaw(NoiseLaw.NONE),
                settings().withBatchSize(1),
                settings().withBatchSize(2).withMomentum(0.5),
                settings().withBatchSize(2).withNoiseLaw(NoiseLaw.NONE));
    }

    /** A program that has its fused step already. */
    private static SgdProgram withFusedStep(LabelNoiseSgd sgd, Objective objective) {
        SgdProgram program = sgd.compile(objective, LANES);
        assertNull(program.fusedStep(0), "a fused step before it pays");
        assertNotNull(
                program.fusedStep(Long.MAX_VALUE / LANES),
                () -> "no fused step for " + objective.model().kind());
        return program;
    }

    private static void assertSameSteps(LabelNoiseSgd sgd, Objective objective, double[] theta) {
        SgdStepper plain = sgd.compile(objective, LANES).newStepper();
        SgdStepper whole = withFusedStep(sgd, objective).newStepper();
        plain.start(theta, 5);
        whole.start(theta, 5);
        for (int k = 0; k < STEPS; k++) {
            plain.step();
            whole.step();
        }
        assertArrayEquals(plain.parameters(), whole.parameters());
        assertArrayEquals(plain.velocity(), whole.velocity());
        assertEquals(STEPS, whole.stepsTaken());
    }

    @Test
    void everyModelAndEveryNoise() {
        for (Model model : MODELS) {
            Problems problem = Problems.unfitted(model, 4, 3);
            for (LabelNoiseSgd sgd : optimisers()) {
                assertSameSteps(sgd, problem.objective(), problem.theta().data);
            }
        }
    }

    @Test
    void preparingAStepChangesNothing() {
        Problems problem = Problems.unfitted(Models.quadratic(2), 4, 3);
        for (LabelNoiseSgd sgd : optimisers()) {
            SgdStepper plain = sgd.compile(problem.objective(), LANES).newStepper();
            SgdStepper whole = withFusedStep(sgd, problem.objective()).newStepper();
            plain.start(problem.theta().data, 0);
            whole.start(problem.theta().data, 0);
            for (int k = 0; k < 50; k++) {
                plain.prepareStep();
                whole.prepareStep();
                assertArrayEquals(plain.targets(), whole.targets());
                plain.step();
                whole.step();
            }
            assertArrayEquals(plain.parameters(), whole.parameters());
        }
    }

    @Test
    void functionsAndLargeModelsAndSingleRunsHaveNone() {
        Objective tanh = Problems.unfitted(Models.mlp(2, 3, 1).withActivation(Activation.TANH), 4, 3)
                .objective();
        Objective large =
                Problems.unfitted(Models.deepLinear(10, 20, 20, 1), 4, 3).objective();
        Objective small = Problems.unfitted(Models.quadratic(2), 4, 3).objective();
        LabelNoiseSgd sgd = settings().withFullBatch();
        assertNull(sgd.compile(tanh, LANES).fusedStep(Long.MAX_VALUE / LANES));
        assertNull(sgd.compile(large, LANES).fusedStep(Long.MAX_VALUE / LANES));
        assertNull(sgd.compile(small, 1).fusedStep(Long.MAX_VALUE / LANES));
    }

    @Test
    void aProgramMakesItOnce() {
        SgdProgram program = withFusedStep(
                settings().withFullBatch(),
                Problems.unfitted(Models.quadratic(2), 4, 3).objective());
        assertSame(program.fusedStep(0), program.fusedStep(1024));
    }

    @Test
    @Tag("once")
    void allocatesNothing() {
        Problems problem = Problems.unfitted(Models.quadratic(2), 4, 3);
        SgdStepper whole =
                withFusedStep(settings().withFullBatch(), problem.objective()).newStepper();
        whole.start(problem.theta().data, 0);
        for (int k = 0; k < 60_000; k++) {
            whole.step();
        }
        Allocation.checkNone("a fused step", whole::step);
    }

    /** 5·10⁶ vectors of steps are taken in this run, so that its second part is a fused step. */
    @Test
    @Tag("long")
    void aLongRunGoesOverToItWithoutATrace() {
        Problems problem = Problems.unfitted(Models.quadratic(3), 3, 3);
        LabelNoiseSgd sgd = settings().withFullBatch();
        long steps = 700_000;
        Ensemble block = Ensemble.of(problem.objective(), sgd).withReplicas(64);
        EnsembleResult first = block.run(problem.theta(), steps);
        EnsembleResult second = block.run(problem.theta(), steps);
        assertArrayEquals(first.last().mean().data, second.last().mean().data);
    }
}
