package dev.lowland.cli.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.theory.arbitrary.InterpolatingProblem;
import dev.lowland.theory.arbitrary.LabelNoise;
import dev.lowland.theory.arbitrary.ModelChoice;
import dev.lowland.theory.arbitrary.ModelKind;
import dev.lowland.theory.arbitrary.StepSize;
import dev.lowland.theory.arbitrary.Trial;
import dev.lowland.theory.experiment.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the arbitraries print is a problem file that gives the same run again. */
class TrialFileTest {

    @TempDir
    private Path folder;

    @Test
    void theSmallestTrialReplays() throws IOException {
        assertReplays(new Trial(
                new InterpolatingProblem(new ModelChoice(ModelKind.LINEAR, 1, 1), 1, 1, 0L),
                new StepSize(1.0, 0.0),
                LabelNoise.of(NoiseLaw.RADEMACHER, 1.0),
                0L));
    }

    @ParameterizedTest
    @EnumSource
    void everyKindReplays(ModelKind kind) throws IOException {
        assertReplays(new Trial(
                new InterpolatingProblem(new ModelChoice(kind, 2, 3), 3, 2, 17),
                new StepSize(1.5, 0.9),
                LabelNoise.of(NoiseLaw.RADEMACHER, 0.3).withBatchSize(2),
                5));
    }

    private void assertReplays(Trial trial) throws IOException {
        Problem problem = ProblemReader.read(Files.writeString(folder.resolve("trial.json"), trial.problemFile()));
        Setting setting = trial.setting();
        LabelNoiseSgd sgd = trial.sgd(setting);
        Optimiser read = problem.optimiser(trial.seed());
        assertEquals(0, problem.objective().loss(problem.theta()));
        assertEquals(
                Regularizer.of(setting.objective(), sgd).at(setting.theta()).value(),
                Regularizer.of(problem.objective(), read).at(problem.theta()).value());
        assertArrayEquals(
                sgd.run(setting.objective(), setting.theta(), 20).parameters().data,
                read.run(problem.objective(), problem.theta(), 20).parameters().data);
    }
}
