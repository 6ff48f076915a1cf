package dev.lowland.cli.command;

import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.problem.ProblemReader;
import dev.lowland.cli.report.view.SimulationView;
import dev.lowland.cli.study.Simulation;
import dev.lowland.optim.flow.FlowStatus;
import dev.lowland.optim.sgd.RunStatus;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lowland simulate}: where the runs go, beside where the theory says that they go. */
@Command(
        name = "simulate",
        description = {
            "Runs SGD with label noise many times from one point, and lays the mean of the runs beside the slow flow Φ.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footer = {"", "Exit status 1 where a run diverges; the JSON then has the status DIVERGED and null results."})
final class SimulateCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "PROBLEM.json", description = "The problem file.")
    private Path file = Path.of("");

    @Option(names = "--steps", paramLabel = "T", required = true, description = "Number of steps of each run.")
    private long steps;

    @Option(names = "--replicas", paramLabel = "N", required = true, description = "Number of runs, at least 2.")
    private int replicas;

    @Mixin
    private ThetaOption thetaOut = new ThetaOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    SimulateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (steps < 0) {
            throw new UsageException("--steps", String.valueOf(steps), "at least 0");
        }
        if (replicas < 2) {
            throw new UsageException("--replicas", String.valueOf(replicas), "at least 2, for a standard error");
        }
        common.check();
        thetaOut.check();
        Problem problem = ProblemReader.read(file);
        Simulation simulation = problem.study(this::simulate);
        thetaOut.write(
                simulation.outcome() == null ? null : simulation.outcome().mean());
        common.deliver(
                console,
                new SimulationView(simulation),
                "lowland simulate " + file + " --steps " + steps + " --replicas " + replicas + " --seed "
                        + common.seed());
        return judge(simulation);
    }

    private Simulation simulate(Problem problem) {
        try (Progress progress = new Progress(console, "simulate")) {
            return Simulation.of(
                    problem,
                    steps,
                    replicas,
                    common.seed(),
                    common.threads(),
                    done -> progress.advance(done, replicas + " runs"));
        }
    }

    private int judge(Simulation simulation) {
        if (simulation.status() == RunStatus.DIVERGED) {
            console.warn("a run diverged: replica "
                    + simulation.divergedReplica().orElseThrow() + " at step "
                    + simulation.divergedAtStep().orElseThrow());
            return ExitStatus.NOT_SO;
        }
        if (simulation.predicted().status() != FlowStatus.FINISHED) {
            console.warn("there is no prediction: the flow is "
                    + simulation.predicted().status() + " after step "
                    + simulation.predicted().stepsTaken());
        }
        return ExitStatus.WELL;
    }
}
