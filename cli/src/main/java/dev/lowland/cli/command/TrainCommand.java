package dev.lowland.cli.command;

import dev.lowland.cli.problem.FileReason;
import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.problem.ProblemReader;
import dev.lowland.cli.report.ResultFiles;
import dev.lowland.cli.report.TrainingLog;
import dev.lowland.cli.report.view.TrainingView;
import dev.lowland.cli.train.Training;
import dev.lowland.cli.train.TrainingRow;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.optim.sgd.RunStatus;
import dev.lowland.optim.state.SavedState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lowland train}: one long run, measured on the way, that can be taken up again. */
@Command(
        name = "train",
        description = {"Runs the optimiser of a problem once, for long, and measures on the way.", ""},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footer = {
            "",
            "With --report the page is written anew while the training goes on. Exit status 1 where it diverges; the JSON then",
            "has the status DIVERGED and the step."
        })
final class TrainCommand implements Callable<Integer> {
    private static final long PAGE_EVERY_NANOS = 3_000_000_000L;

    private final Console console;

    @Parameters(paramLabel = "PROBLEM.json", description = "The problem file.")
    private Path file = Path.of("");

    @Option(names = "--steps", paramLabel = "T", description = "Number of steps (default: that of the problem file).")
    private @Nullable Long steps;

    @Option(names = "--epochs", paramLabel = "E", description = "Number of epochs, in place of steps.")
    private @Nullable Long epochs;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Write every measurement as one line of JSON as soon as it is there.")
    private @Nullable Path log;

    @Mixin
    private LookOptions looks = new LookOptions();

    @Mixin
    private StartOptions start = new StartOptions();

    @Mixin
    private CheckpointOptions checkpoint = new CheckpointOptions();

    @Mixin
    private ThetaOption thetaOut = new ThetaOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        check();
        Problem problem = ProblemReader.read(file);
        long all = steps(problem);
        Optimiser optimiser = problem.optimiser(common.seed()).withThreads(common.threads());
        SavedState kept = checkpoint.load();
        Training.Outcome outcome = problem.study(p -> train(p, optimiser, all, kept));
        boolean diverged = outcome.status() == RunStatus.DIVERGED;
        DMatrixRMaj theta = outcome.run().parameters();
        thetaOut.write(diverged ? null : theta);
        TrainingView view = view(problem, all, outcome, Training.checksum(theta));
        common.deliver(console, view, command());
        if (diverged) {
            console.warn("the run diverged at step "
                    + outcome.run().divergedAtStep().orElseThrow() + " (" + outcome.phase() + ")");
        }
        return diverged ? ExitStatus.NOT_SO : ExitStatus.WELL;
    }

    private void check() {
        if (steps != null && epochs != null) {
            throw new UsageException("--epochs", "beside --steps", "alone");
        }
        if (steps != null) {
            LookOptions.atLeast("--steps", steps, 1);
        }
        if (epochs != null) {
            LookOptions.atLeast("--epochs", epochs, 1);
        }
        looks.check();
        start.check();
        checkpoint.check();
        common.check();
        thetaOut.check();
        if (log != null) {
            try {
                ResultFiles.check(log);
            } catch (IOException e) {
                throw lost(log, e);
            }
        }
    }

    private static UsageException lost(Path log, IOException e) {
        return new UsageException("--log", "'" + log + "' (" + FileReason.of(e) + ")", "a file that can be written");
    }

    private String command() {
        String length = steps != null ? " --steps " + steps : epochs != null ? " --epochs " + epochs : "";
        return "lowland train " + file + length + start.text() + looks.text() + " --seed " + common.seed();
    }

    private long steps(Problem problem) {
        if (steps != null) {
            return steps;
        }
        if (epochs != null) {
            long perEpoch = problem.settings()
                    .optimiser()
                    .batches()
                    .stepsPerEpoch(problem.data().size());
            if (epochs > Long.MAX_VALUE / perEpoch) {
                throw new UsageException("--epochs", epochs.toString(), "at most " + Long.MAX_VALUE / perEpoch);
            }
            return epochs * perEpoch;
        }
        OptionalLong own = problem.settings().steps();
        if (own.isEmpty()) {
            throw new UsageException(
                    "--steps", "missing", "given, or --epochs, or steps or epochs in the problem file");
        }
        return own.getAsLong();
    }

    private static TrainingView view(Problem problem, long all, Training.Outcome outcome, String sha256) {
        return new TrainingView(problem, all, outcome.status(), outcome.run().divergedAtStep(), outcome.rows(), sha256);
    }

    private Training.Outcome train(Problem problem, Optimiser optimiser, long all, @Nullable SavedState kept) {
        try (Progress progress = new Progress(console, "train")) {
            Training training = new Training(
                    problem,
                    optimiser,
                    all,
                    start.start(optimiser.schedule().at(0)),
                    looks.plan(all),
                    new Shown(problem, all, progress),
                    checkpoint.keeper());
            if (kept != null) {
                try {
                    training.takeUp(kept);
                } catch (IllegalArgumentException e) {
                    throw checkpoint.foreign(e);
                }
            }
            return training.run();
        }
    }

    /** Shows how a training is getting on: the bar, the log, and the page now and then. */
    private final class Shown implements Training.Watcher {
        private final Problem problem;
        private final long all;
        private final Progress progress;
        private final @Nullable TrainingLog lines = log == null ? null : new TrainingLog(log);
        private long lastPage = System.nanoTime() - PAGE_EVERY_NANOS;

        Shown(Problem problem, long all, Progress progress) {
            this.problem = problem;
            this.all = all;
            this.progress = progress;
        }

        @Override
        public void rows(RunStatus status, List<TrainingRow> rows) {
            if (lines != null && log != null) {
                try {
                    lines.write(rows);
                } catch (IOException e) {
                    throw lost(log, e);
                }
            }
            long now = System.nanoTime();
            if (status == RunStatus.STOPPED && now - lastPage >= PAGE_EVERY_NANOS) {
                lastPage = now;
                common.renew(new TrainingView(problem, all, status, OptionalLong.empty(), rows, null), command());
            }
        }

        @Override
        public void steps(String phase, long step, long last, double imagesPerSecond, double secondsLeft) {
            String activity = String.format(
                    Locale.ROOT,
                    "%s, step %d, %,.0f images/s, %d:%02d left",
                    phase,
                    step,
                    imagesPerSecond,
                    (long) secondsLeft / 60,
                    (long) secondsLeft % 60);
            progress.begin(phase, (double) step / last, activity);
        }
    }
}
