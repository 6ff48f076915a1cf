package dev.lowland.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.problem.ProblemReader;
import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.ensemble.Moments;
import dev.lowland.optim.flow.SlowFlow;
import java.io.IOException;
import java.nio.file.Path;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lowland simulate}: the same bytes for the same seed, the theory where it is exact, and runs that diverge. */
@Tag("slow")
class SimulateCommandTest {
    @TempDir
    Path folder;

    private static CommandRun simulate(Path problem, int steps, int replicas, String... more) {
        String[] args = new String[7 + more.length];
        String[] first = {
            "simulate", problem.toString(), "--json", "-", "--steps=" + steps, "--replicas=" + replicas, "--seed=7"
        };
        System.arraycopy(first, 0, args, 0, 7);
        System.arraycopy(more, 0, args, 7, more.length);
        return CommandRun.of(args);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp-momentum", "logistic"})
    void givesTheSameBytesWithAnyThreads(String name) {
        Path problem = Problems.write(folder, name);
        CommandRun one = simulate(problem, 40, 150, "--threads=1");
        CommandRun two = simulate(problem, 40, 150, "--threads=2");
        assertEquals(0, one.status());
        assertEquals(one.out(), two.out());
        String otherSeed = CommandRun.of(
                        "simulate", problem.toString(), "--json", "-", "--steps=40", "--replicas=150", "--seed=8")
                .out();
        assertNotEquals(one.out().replace("\"seed\" : 7", ""), otherSeed.replace("\"seed\" : 8", ""));
    }

    /** The linear model at full batch: the mean of the runs is the slow flow, for ∇R = 0. */
    @Test
    void findsTheMeanWhereTheTheorySaysForALinearModel() throws IOException {
        JsonNode golden = Problems.golden("linear").get("problem");
        ((ObjectNode) golden.get("sgd")).put("batchSize", "full");
        Path problem = Problems.write(folder, "full", golden);
        JsonNode found = simulate(problem, 200, 2000).json();
        double chance = found.get("standardErrorNorm").doubleValue();
        assertTrue(chance > 0);
        assertTrue(found.get("difference").doubleValue() < 4 * chance, found.get("difference") + " of " + chance);
        assertEquals(found.get("predicted"), found.get("predictedQuarterTrace"));
        assertEquals(6, found.get("mean").size());
        assertEquals(6, found.get("standardError").size());
        assertEquals(2000, found.get("replicas").intValue());
        assertEquals("FINISHED", found.get("status").textValue());
        assertTrue(found.get("divergedAtStep").isNull());
    }

    @Test
    void writesTheEnsembleAndTheFlowExactly() throws IOException {
        Path file = Problems.write(folder, "mlp-momentum");
        JsonNode found = simulate(file, 30, 130).json();
        Problem problem = ProblemReader.read(file);
        Moments last = Ensemble.of(problem.objective(), problem.optimiser(7))
                .withReplicas(130)
                .run(problem.theta(), 30)
                .last();
        DMatrixRMaj predicted = SlowFlow.of(problem.objective(), problem.optimiser(7))
                .run(problem.theta(), 30)
                .parameters();
        DMatrixRMaj theta = problem.theta();
        double displacement = 0;
        double difference = 0;
        double chance = 0;
        for (int i = 0; i < theta.getNumElements(); i++) {
            assertEquals(last.mean().get(i), found.get("mean").get(i).doubleValue());
            assertEquals(
                    last.standardError(i), found.get("standardError").get(i).doubleValue());
            assertEquals(predicted.get(i), found.get("predicted").get(i).doubleValue());
            displacement += Math.pow(predicted.get(i) - theta.get(i), 2);
            difference += Math.pow(last.mean().get(i) - predicted.get(i), 2);
            chance += Math.pow(last.standardError(i), 2);
        }
        assertEquals(Math.sqrt(displacement), found.get("displacement").doubleValue(), 1e-14);
        assertEquals(Math.sqrt(difference), found.get("difference").doubleValue(), 1e-14);
        assertEquals(Math.sqrt(chance), found.get("standardErrorNorm").doubleValue(), 1e-14);
        assertNotEquals(found.get("predicted"), found.get("predictedQuarterTrace"));
    }

    @Test
    void saysWhichRunDiverged() throws IOException {
        Path problem = Problems.writeWith(folder, "quadratic", "learningRate", 3);
        CommandRun run = simulate(problem, 500, 70);
        assertEquals(1, run.status());
        JsonNode found = run.json();
        assertEquals("DIVERGED", found.get("status").textValue());
        for (String key : new String[] {"mean", "standardError", "predicted", "difference", "displacement"}) {
            assertTrue(found.get(key).isNull(), key);
        }
        assertEquals(
                "lowland: a run diverged: replica " + found.get("divergedReplica") + " at step "
                        + found.get("divergedAtStep"),
                run.err().strip());
        assertTrue(found.get("divergedAtStep").intValue() > 1);
        assertEquals(
                1,
                CommandRun.of(
                                "simulate",
                                problem.toString(),
                                "--steps=500",
                                "--replicas=2",
                                "--report",
                                folder.resolve("r").toString())
                        .status());
    }

    @Test
    void hasNoPredictionWhereTheRegularizerIsUndefined() throws IOException {
        Path problem = Problems.writeWith(folder, "linear", "learningRate", 0.75);
        CommandRun run = simulate(problem, 3, 70);
        assertEquals(0, run.status());
        assertEquals("UNDEFINED", run.json().get("predictedStatus").textValue());
        assertTrue(run.json().get("predicted").isNull());
        assertTrue(run.json().get("displacement").isNull());
        assertTrue(run.json().get("difference").isNull());
        assertTrue(run.json().get("predictedQuarterTrace").isArray());
        assertEquals(6, run.json().get("mean").size());
        assertEquals(
                "lowland: there is no prediction: the flow is UNDEFINED after step 0",
                run.err().strip());
    }
}
