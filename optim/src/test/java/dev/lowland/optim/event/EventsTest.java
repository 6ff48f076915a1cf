package dev.lowland.optim.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.Run;
import dev.lowland.optim.sgd.RunStatus;
import dev.lowland.optim.support.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Flight Recorder is told. */
class EventsTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    @Tag("slow")
    void compilingRunsAndDivergence() throws IOException {
        Problems problem = Problems.table(3);
        LabelNoiseSgd sgd = LabelNoiseSgd.of(0.01).withLabelNoise(0.1);
        Path file = folder.resolve("events.jfr");
        Run diverged;
        try (Recording recording = new Recording()) {
            recording.start();
            sgd.run(problem.objective(), problem.theta(), 20);
            diverged = sgd.withLearningRate(50).run(problem.objective(), problem.theta(), 20);
            Ensemble.of(problem.objective(), sgd).withReplicas(3).run(problem.theta(), 10);
            recording.stop();
            recording.dump(file);
        }
        assertEquals(RunStatus.DIVERGED, diverged.status());
        List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("dev.lowland."))
                .toList();
        List<RecordedEvent> runs = named(events, "Run");
        assertEquals(3, runs.size());
        assertEquals("FINISHED", runs.get(0).getString("outcome"));
        assertEquals(20, runs.get(0).getLong("stepsTaken"));
        assertEquals("DIVERGED", runs.get(1).getString("outcome"));
        assertEquals(3, runs.get(2).getLong("replicas"));
        RecordedEvent divergence = named(events, "Divergence").get(0);
        assertEquals(diverged.divergedAtStep().orElseThrow(), divergence.getLong("step"));
        assertTrue(named(events, "Compile").size() >= 3);
        assertEquals(6, named(events, "Compile").get(0).getInt("parameters"));
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("dev.lowland." + name))
                .toList();
    }

    /** What does nothing where there is no recorder. */
    @Test
    void silenceIsNoFault() {
        Events silence = Recorder.silence();
        silence.compile("x", 1, 1).end("compiled", 0);
        silence.run("x", 1, 1, 1).end("FINISHED", 1);
        silence.divergence(1, 0);
    }
}
