package dev.lowland.examples;

import dev.lowland.autodiff.nn.Initialiser;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.data.ArrayRows;
import dev.lowland.optim.data.ClassRows;
import dev.lowland.optim.data.ElementType;
import dev.lowland.optim.data.RowFile;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.Run;
import dev.lowland.optim.state.SavedState;
import dev.lowland.optim.state.StateSettings;
import dev.lowland.optim.state.States;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Training on images in a file, which saves its state and goes on from there when it is started again. */
public final class ResumedRun {

    private static final int SAMPLES = 500;
    private static final int PIXELS = 64;
    private static final int CLASSES = 3;
    private static final long BETWEEN_SAVES = 20;

    private ResumedRun() {}

    /** Writes images of random bytes, one after the other, to a folder. */
    static Path images(Path folder) throws IOException {
        int[] pixels = new int[SAMPLES * PIXELS];
        RandomStream.of(1, 0, Purpose.DATA).fillIndices(0, pixels.length, 256, pixels, 0, 1);
        byte[] bytes = new byte[pixels.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) pixels[i];
        }
        return Files.write(folder.resolve("images"), bytes);
    }

    /** The run after so many steps, taken from where the file says that it is. */
    static Run run(Path images, Path state, long end) throws IOException {
        int[] labels = new int[SAMPLES];
        RandomStream.of(2, 0, Purpose.DATA).fillIndices(0, SAMPLES, CLASSES, labels, 0, 1);
        Data data = Data.of(
                RowFile.of(images, ElementType.UNSIGNED_BYTE, PIXELS)
                        .withScale(1 / 255.0, -0.5)
                        .open(),
                ClassRows.read(ArrayRows.of(labels, 1), CLASSES));
        var model = Models.mlp(PIXELS, 16, CLASSES);
        Objective objective = Objective.of(model, Losses.crossEntropy(CLASSES, 0.1), data);
        LabelNoiseSgd sgd = LabelNoiseSgd.of(0.05).withBatchSize(16).withMomentum(0.5);
        StateSettings settings = StateSettings.of(sgd, objective);
        Run run = Files.exists(state)
                ? Run.of(States.state(SavedState.load(state), settings))
                : sgd.run(objective, Initialiser.XAVIER.theta(model, 1), 0);
        while (run.steps() < end) {
            run = sgd.resume(objective, run, Math.min(BETWEEN_SAVES, end - run.steps()));
            States.of(run, settings).save(state);
        }
        return run;
    }

    /**
     * Takes a hundred steps more each time that it is started.
     *
     * @param arguments the folder of the images and of the state
     * @throws IOException if it cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Path state = folder.resolve("state");
        long done = Files.exists(state) ? SavedState.load(state).number("step") : 0;
        System.out.println(run(images(folder), state, done + 100));
    }
}
