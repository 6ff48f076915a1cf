package dev.lowland.cli.command;

import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.problem.ProblemReader;
import dev.lowland.cli.report.view.InspectionView;
import dev.lowland.cli.study.Inspection;
import dev.lowland.optim.flatness.RegularizerCost;
import dev.lowland.optim.flatness.RegularizerMethod;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lowland inspect}: how flat one point is. */
@Command(
        name = "inspect",
        description = {
            "How flat one point is: loss, gradient, Hessian, the regularization strength λ, the regularizer R and its gradient, the fluctuations S",
            "of the runs with their drift, and the (ε, γ) of the stationary point near by.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footer = {
            "",
            "Up to 2,000 parameters all numbers are exact. Beyond, what comes from the spectrum is estimated with random vectors:",
            "method is then stochastic, each estimate has its standard error beside it, and regularizerStatus may be UNCERTAIN.",
            "In the JSON methods says of every number how it was got. What does not exist, or takes too much, is null there, a status and reasons say why,",
            "and the exit status is 0."
        })
final class InspectCommand implements Callable<Integer> {
    /** The largest P for which the JSON has the Hessian and S without being asked. */
    private static final int HESSIAN_UP_TO = 64;

    private final Console console;

    @Parameters(paramLabel = "PROBLEM.json", description = "The problem file.")
    private Path file = Path.of("");

    @Option(
            names = "--hessian",
            description = "Put the Hessian and S into the JSON however large they are (otherwise up to " + HESSIAN_UP_TO
                    + " parameters).")
    private boolean hessian;

    @Mixin
    private SpectralOptions spectral = new SpectralOptions();

    @Mixin
    private ThetaOption thetaOut = new ThetaOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    InspectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        common.check();
        spectral.check();
        thetaOut.check();
        Problem problem = ProblemReader.read(file);
        boolean withHessian = hessian || problem.model().parameterCount() <= HESSIAN_UP_TO;
        Inspection inspection = problem.study(p -> inspect(p, withHessian));
        thetaOut.write(problem.theta());
        common.deliver(console, new InspectionView(inspection), "lowland inspect " + file);
        return ExitStatus.WELL;
    }

    private Inspection inspect(Problem problem, boolean withHessian) {
        try (Progress progress = new Progress(console, "inspect")) {
            return Inspection.of(
                    problem,
                    spectral.settings(common),
                    withHessian,
                    cost -> warnIfLong(problem, cost),
                    progress::advance);
        }
    }

    /** An estimate is soon there, and its end in sight. */
    private void warnIfLong(Problem problem, RegularizerCost cost) {
        boolean exact = spectral.settings(common).resolved(problem.model().parameterCount()) == RegularizerMethod.EXACT;
        if (exact) {
            console.warnIfLong("R and ∇R take", cost, "--method stochastic estimates them");
        }
    }
}
