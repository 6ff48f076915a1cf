package dev.lowland.cli.command;

import dev.lowland.cli.problem.NearestNames;
import dev.lowland.cli.report.LedgerJson;
import dev.lowland.cli.report.LedgerText;
import dev.lowland.cli.report.RunInfo;
import dev.lowland.cli.report.SeedsText;
import dev.lowland.cli.study.ReferenceTable;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimProgress;
import dev.lowland.theory.claim.Theory;
import dev.lowland.theory.claim.Verdict;
import dev.lowland.theory.ledger.Ledger;
import dev.lowland.theory.ledger.LedgerRun;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lowland verify}: checks the ledger of claims. */
@Command(
        name = "verify",
        description = {
            "Checks the claims of the theory: each is predicted, measured, and laid beside the wrong theories that the data must refuse.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footer = {"", "Exit status 1 if a claim FAILS or is INCONCLUSIVE."})
final class VerifyCommand implements Callable<Integer> {
    private final Console console;
    private final Ledger ledger;

    @Parameters(paramLabel = "CLAIM", arity = "0..*", description = "Names of claims; none means all.")
    private List<String> names = List.of();

    @Option(names = "--thorough", description = "Spend about ten times the samples.")
    private boolean thorough;

    @Option(
            names = "--timings",
            description =
                    "Put the seconds of each claim into the JSON. Without it they are null there, so that the same seed gives "
                            + "the same bytes with any number of threads; the table always has them.")
    private boolean timings;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description =
                    "Check N seeds in a row, from --seed on (after the largest comes the least), and print a line for each: how often is there a false alarm?")
    private int seeds = 1;

    @Mixin
    private CommonOptions common = new CommonOptions();

    VerifyCommand(Console console, Ledger ledger) {
        this.console = console;
        this.ledger = ledger;
    }

    @Override
    public Integer call() {
        List<String> legal = ledger.names();
        for (String name : names) {
            if (!legal.contains(name)) {
                throw new UsageException("CLAIM", "'" + name + "'", NearestNames.rule(name, legal));
            }
        }
        common.check();
        if (seeds < 1) {
            throw new UsageException("--seeds", String.valueOf(seeds), "at least 1");
        }
        if (seeds > 1) {
            return checkSeeds(ledger.select(names));
        }
        LedgerRun run = check(ledger.select(names), common.seed());
        RunInfo info = Version.describe(command());
        String json = LedgerJson.text(run, info, thorough, timings);
        common.deliver(
                console,
                LedgerText.text(run),
                json,
                folder -> folder.write(
                        run,
                        info,
                        thorough,
                        json,
                        names.isEmpty() ? ReferenceTable.compute(common.seed(), common.threads()) : null));
        return run.verdict() == Verdict.HOLDS ? ExitStatus.WELL : ExitStatus.NOT_SO;
    }

    private int checkSeeds(Ledger chosen) {
        if (common.wantsFiles()) {
            throw new UsageException("--seeds", "beside --json or --report", "alone; replay one seed for them");
        }
        SeedsText log = new SeedsText();
        console.out().print(log.header());
        for (int i = 0; i < seeds; i++) {
            console.out().print(log.line(check(chosen, common.seed() + i)));
            console.out().flush();
        }
        console.out().print(log.total());
        console.out().flush();
        return log.allHold() ? ExitStatus.WELL : ExitStatus.NOT_SO;
    }

    private LedgerRun check(Ledger chosen, long seed) {
        ClaimContext context =
                new ClaimContext(seed, common.threads(), thorough, ClaimProgress.silent(), Theory.paper());
        try (Progress progress = new Progress(console, "verify")) {
            return LedgerRun.run(
                    chosen, context, new Listener(progress, chosen.claims().size()));
        }
    }

    private String command() {
        return "lowland verify" + (names.isEmpty() ? "" : " " + String.join(" ", names))
                + (thorough ? " --thorough" : "") + " --seed " + common.seed();
    }

    private static final class Listener implements LedgerRun.Listener {
        private final Progress progress;
        private final int count;
        private int index;

        Listener(Progress progress, int count) {
            this.progress = progress;
            this.count = count;
        }

        @Override
        public void started(Claim claim, int startedIndex, int startedCount) {
            index = startedIndex;
            progress.advance((double) index / count, claim.name());
        }

        @Override
        public void advanced(Claim claim, double fraction, String activity) {
            progress.advance((index + fraction) / count, claim.name() + ": " + activity);
        }
    }
}
