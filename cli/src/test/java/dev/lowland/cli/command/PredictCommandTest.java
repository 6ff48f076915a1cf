package dev.lowland.cli.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.problem.ProblemReader;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.flow.SlowFlow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lowland predict}: the numbers of the slow flow, bit for bit, and where it ends early. */
@Tag("slow")
class PredictCommandTest {
    @TempDir
    Path folder;

    private static double[] numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }

    @Test
    void writesTheFlowExactly() throws IOException {
        Path file = Problems.write(folder, "mlp-momentum");
        JsonNode found = CommandRun.of("predict", file.toString(), "--steps", "250", "--json", "-")
                .json();
        Problem problem = ProblemReader.read(file);
        DMatrixRMaj end = SlowFlow.of(problem.objective(), problem.optimiser(1))
                .run(problem.theta(), 250)
                .parameters();
        assertArrayEquals(end.data, numbers(found.get("theta")));
        assertEquals(problem.objective().loss(end), found.get("loss").doubleValue());
        assertEquals(
                Regularizer.of(problem.objective(), problem.optimiser(1))
                        .at(end)
                        .value(),
                found.get("regularizer").doubleValue());
        double displacement = 0;
        for (int i = 0; i < end.getNumElements(); i++) {
            displacement += Math.pow(end.data[i] - problem.theta().data[i], 2);
        }
        assertEquals(Math.sqrt(displacement), found.get("displacement").doubleValue(), 1e-14);
        assertEquals(250, found.get("steps").intValue());
        assertEquals("FINISHED", found.get("status").textValue());
        assertEquals("DEFINED", found.get("regularizerStatus").textValue());
    }

    @Test
    void staysWithoutSteps() throws IOException {
        Path file = Problems.write(folder, "quadratic");
        JsonNode found = CommandRun.of("predict", file.toString(), "--steps", "0", "--json", "-")
                .json();
        assertArrayEquals(ProblemReader.read(file).theta().data, numbers(found.get("theta")));
        assertEquals(0.0, found.get("displacement").doubleValue());
    }

    @Test
    void endsWhereTheRegularizerDoes() throws IOException {
        Path file = Problems.writeWith(folder, "linear", "learningRate", 0.75);
        CommandRun run = CommandRun.of("predict", file.toString(), "--steps", "10", "--json", "-");
        assertEquals(0, run.status());
        assertEquals("UNDEFINED", run.json().get("status").textValue());
        assertEquals("UNDEFINED", run.json().get("regularizerStatus").textValue());
        assertEquals(0, run.json().get("stepsTaken").intValue());
        for (String key : new String[] {"theta", "loss", "regularizer", "displacement"}) {
            assertTrue(run.json().get(key).isNull(), key);
        }
        assertEquals(
                "lowland: the regularizer is undefined after step 0, and the flow ends there",
                run.err().strip());
        assertEquals(
                0,
                CommandRun.of(
                                "predict",
                                file.toString(),
                                "--steps",
                                "10",
                                "--report",
                                folder.resolve("r").toString())
                        .status());
    }

    /** Beyond 2,000 parameters the flow follows an estimate, and says so. */
    @Test
    void flowsWithEstimatesBeyondTheExactSize() throws IOException {
        Path file = Problems.writeLarge(folder, 2200);
        CommandRun run = CommandRun.of("predict", file.toString(), "--steps", "3", "--json", "-", "--threads", "2");
        assertEquals(0, run.status());
        JsonNode found = run.json();
        assertEquals("stochastic", found.get("method").textValue());
        assertEquals(2200, found.get("theta").size());
        assertTrue(found.get("displacement").doubleValue() > 0);
        assertTrue(found.get("regularizerStandardError").doubleValue() > 0);
        assertTrue(found.get("hessianTraceStandardError").doubleValue() > 0);
        assertTrue(found.get("regularizerStandardError").doubleValue()
                < 0.2 * Math.abs(found.get("regularizer").doubleValue()));
    }
}
