package dev.lowland.cli.command;

import dev.lowland.cli.problem.FileReason;
import dev.lowland.cli.report.ResultFiles;
import dev.lowland.cli.train.Training;
import dev.lowland.optim.state.SavedState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the state of a training is kept, how often, and whether it is taken up. */
final class CheckpointOptions {
    private static final double NANOS_PER_MINUTE = 60e9;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Keep the state of the training here; what is there is always whole.")
    private @Nullable Path file;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "N",
            description = "Steps from one state to the next (default: by the clock alone).")
    private long every = Long.MAX_VALUE;

    @Option(
            names = "--checkpoint-minutes",
            paramLabel = "M",
            description = "Minutes from one state to the next (default: ${DEFAULT-VALUE}).")
    private double minutes = 5;

    @Option(
            names = "--resume",
            description =
                    "Go on from the state that was kept, if there is one: to the same bits as if nothing had happened.")
    private boolean resume;

    void check() {
        LookOptions.atLeast("--checkpoint-every", every, 1);
        if (!(minutes > 0)) {
            throw new UsageException("--checkpoint-minutes", String.valueOf(minutes), "positive");
        }
        if (file == null) {
            if (resume) {
                throw new UsageException("--resume", "without --checkpoint", "given with it");
            }
            return;
        }
        try {
            ResultFiles.check(file);
        } catch (IOException e) {
            throw refused(file, e, "a file that can be written");
        }
        if (!resume && Files.exists(file)) {
            throw new UsageException(
                    "--checkpoint", "'" + file + "' (it is there already)", "taken up by --resume, or another file");
        }
    }

    /** The state to go on from; null to begin. */
    @Nullable
    SavedState load() {
        if (!resume || file == null || !Files.exists(file)) {
            return null;
        }
        try {
            return SavedState.load(file);
        } catch (IOException e) {
            throw refused(file, e, "a state of this training");
        }
    }

    /** What the library refuses of a state. */
    UsageException foreign(IllegalArgumentException refusal) {
        return new UsageException(
                "--checkpoint", "'" + file + "' (" + refusal.getMessage() + ")", "a state of this training");
    }

    private static UsageException refused(Path file, IOException e, String rule) {
        return new UsageException("--checkpoint", "'" + file + "' (" + FileReason.of(e) + ")", rule);
    }

    /** Keeps states in the file; nothing where there is none. */
    Training.Keeper keeper() {
        Path place = file;
        if (place == null) {
            return Training.Keeper.NOTHING;
        }
        return new Training.Keeper() {
            private long last = System.nanoTime();
            private long lastStep = -1;

            @Override
            public long every() {
                return every;
            }

            @Override
            public boolean isDue() {
                return (double) (System.nanoTime() - last) > minutes * NANOS_PER_MINUTE;
            }

            @Override
            public void keep(SavedState state, long step) {
                try {
                    state.save(place);
                } catch (IOException e) {
                    String good = lastStep < 0 ? "" : "; the last good one is of step " + lastStep;
                    throw refused(place, e, "a file that can be written" + good);
                }
                last = System.nanoTime();
                lastStep = step;
            }
        };
    }
}
