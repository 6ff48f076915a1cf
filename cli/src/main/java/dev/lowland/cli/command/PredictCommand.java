package dev.lowland.cli.command;

import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.problem.ProblemReader;
import dev.lowland.cli.report.view.PredictionView;
import dev.lowland.cli.study.FlowChoice;
import dev.lowland.cli.study.FlowChoice.FlowMethod;
import dev.lowland.cli.study.Prediction;
import dev.lowland.optim.flow.FlowStatus;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lowland predict}: where the slow flow goes. */
@Command(
        name = "predict",
        description = {
            "Where the theory says that the mean of the runs goes: gradient descent on L + λR, the slow flow Φ; beside it the same along the drift of the",
            "runs' own fluctuations S, with the noise of drawing mini-batches, and with ¼tr H in place of R.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footer = {
            "",
            "Where R becomes undefined on the way, theta is null in the JSON, status says so, and the exit status is 0;",
            "it is 1 where the flow diverges. In the JSON methods says of every number how it was got, and reasons why what is null is not there."
        })
final class PredictCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "PROBLEM.json", description = "The problem file.")
    private Path file = Path.of("");

    @Option(names = "--steps", paramLabel = "T", required = true, description = "Number of steps.")
    private long steps;

    @Option(
            names = "--flow",
            paramLabel = "HOW",
            description =
                    "plain (every step is taken), long (long steps along the valley, with a stated error) or automatic: long beyond 20,000 steps "
                            + "(default: ${DEFAULT-VALUE}).")
    private String flow = "automatic";

    @Option(
            names = "--tolerance",
            paramLabel = "X",
            description =
                    "How far long steps may end from where plain ones do (default: a millionth of the length of theta).")
    private @Nullable Double tolerance;

    @Mixin
    private SpectralOptions spectral = new SpectralOptions();

    @Mixin
    private ThetaOption thetaOut = new ThetaOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    PredictCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (steps < 0) {
            throw new UsageException("--steps", String.valueOf(steps), "at least 0");
        }
        if (tolerance != null && !(tolerance > 0 && tolerance <= Double.MAX_VALUE)) {
            throw new UsageException("--tolerance", String.valueOf(tolerance), "positive and finite");
        }
        FlowMethod method = Arrays.stream(FlowMethod.values())
                .filter(m -> m.name().equalsIgnoreCase(flow))
                .findFirst()
                .orElseThrow(() -> new UsageException("--flow", "'" + flow + "'", "one of automatic, plain, long"));
        common.check();
        spectral.check();
        thetaOut.check();
        Problem problem = ProblemReader.read(file);
        FlowChoice choice = FlowChoice.of(method);
        FlowChoice chosen = tolerance == null ? choice : choice.withTolerance(tolerance);
        Prediction prediction = problem.study(p -> predict(p, chosen));
        thetaOut.write(prediction.end() == null ? null : prediction.end().theta());
        common.deliver(console, new PredictionView(prediction), "lowland predict " + file + " --steps " + steps);
        if (prediction.status() == FlowStatus.UNDEFINED) {
            console.warn(
                    "the regularizer is undefined after step " + prediction.stepsTaken() + ", and the flow ends there");
        } else if (prediction.status() == FlowStatus.DIVERGED) {
            console.warn("the flow diverged after step " + prediction.stepsTaken());
            return ExitStatus.NOT_SO;
        }
        return ExitStatus.WELL;
    }

    private Prediction predict(Problem problem, FlowChoice choice) {
        try (Progress progress = new Progress(console, "predict")) {
            return Prediction.of(
                    problem,
                    steps,
                    spectral.settings(common),
                    choice,
                    cost -> console.warnIfLong("the flow takes", cost, "fewer steps or --method stochastic take less"),
                    done -> progress.advance(done, "the slow flows"));
        }
    }
}
