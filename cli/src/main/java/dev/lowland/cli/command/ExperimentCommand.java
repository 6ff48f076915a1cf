package dev.lowland.cli.command;

import dev.lowland.cli.experiment.Escape;
import dev.lowland.cli.experiment.EscapePlan;
import dev.lowland.cli.experiment.EscapeProblems;
import dev.lowland.cli.experiment.Penalty;
import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.report.view.EscapeView;
import dev.lowland.cli.report.view.PenaltyView;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lowland experiment}: a named experiment of the paper. */
@Command(
        name = "experiment",
        description = {
            "Runs an experiment of the paper: figure-1, the penalty beside its linearisation; figure-3, the escape from bad"
                    + " minima by label noise; figure-4, the same with momentum 0.9; escape, both of them.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footer = {
            "",
            "An escape takes minutes on images of 14×14 pixels, and on CIFAR-10 with the settings of the paper weeks."
        })
final class ExperimentCommand implements Callable<Integer> {
    private static final String PENALTY = "figure-1";
    private static final Map<String, List<Double>> ESCAPES = escapes();

    private final Console console;

    @Parameters(paramLabel = "NAME", description = "figure-1, figure-3, figure-4 or escape.")
    private String name = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Folder of Fashion-MNIST, of MNIST or of CIFAR-10 in its binary version (default: images from a seed).")
    private @Nullable Path data;

    @Option(names = "--seeds", paramLabel = "N", description = "Runs of each setting (default: ${DEFAULT-VALUE}).")
    private int seeds = 5;

    @Option(names = "--steps", paramLabel = "T", description = "Steps of each run (default: those of the experiment).")
    private @Nullable Long steps;

    @Mixin
    private CommonOptions common = new CommonOptions();

    ExperimentCommand(Console console) {
        this.console = console;
    }

    private static Map<String, List<Double>> escapes() {
        Map<String, List<Double>> momenta = new LinkedHashMap<>();
        momenta.put("figure-3", List.of(0.0));
        momenta.put("figure-4", List.of(0.9));
        momenta.put("escape", List.of(0.0, 0.9));
        return momenta;
    }

    @Override
    public Integer call() {
        LookOptions.atLeast("--seeds", seeds, 2);
        if (steps != null) {
            LookOptions.atLeast("--steps", steps, 1);
        }
        common.check();
        String command = "lowland experiment " + name + " --seed " + common.seed();
        if (name.equals(PENALTY)) {
            common.deliver(console, new PenaltyView(Penalty.of(1)), command);
            return ExitStatus.WELL;
        }
        List<Double> momenta = ESCAPES.get(name);
        if (momenta == null) {
            throw new UsageException("NAME", "'" + name + "'", "one of " + PENALTY + ", figure-3, figure-4, escape");
        }
        Problem problem = EscapeProblems.problem(Optional.ofNullable(data));
        EscapePlan usual = EscapeProblems.plan(problem, momenta, seeds);
        EscapePlan plan = steps == null ? usual : usual.withSteps(steps);
        Escape escape = problem.study(p -> {
            try (Progress progress = new Progress(console, name)) {
                return Escape.of(p, plan, common.seed(), common.threads(), progress::advance);
            }
        });
        String subject = name.equals("escape")
                ? "Figures 3 and 4 of the paper"
                : name.replace("figure-", "Figure ") + " of the paper";
        common.deliver(console, new EscapeView(escape, subject), command);
        boolean diverged = escape.curves().stream().anyMatch(curve -> curve.diverged() > 0);
        return diverged ? ExitStatus.NOT_SO : ExitStatus.WELL;
    }
}
