package dev.lowland.cli.command;

import dev.lowland.cli.train.LookPlan;
import dev.lowland.cli.train.LookPlan.When;
import java.util.Map;
import picocli.CommandLine.Option;

/** What is measured on the way of a training. */
final class LookOptions {
    private static final Map<String, When> WHEN = Map.of("never", When.NEVER, "ends", When.ENDS, "always", When.ALWAYS);
    /** A training is looked at so many times unless told otherwise. */
    private static final int LOOKS = 20;

    @Option(
            names = "--every",
            paramLabel = "N",
            description = "Steps between measurements (default: a " + LOOKS + "th of all).")
    private long every;

    @Option(
            names = "--curvature-every",
            paramLabel = "N",
            description = "Measurements from one to the next with tr H and λmax (default: ${DEFAULT-VALUE}).")
    private int curvatureEvery = 1;

    @Option(
            names = "--regularizer",
            paramLabel = "W",
            description = "Whether R is estimated: never, at both ends or always (default: ${DEFAULT-VALUE}).")
    private String regularizer = "ends";

    @Option(
            names = "--trace-products",
            paramLabel = "N",
            description = "Products with the Hessian for its trace, at least 6 (default: ${DEFAULT-VALUE}).")
    private int products = 12;

    @Option(
            names = "--trace-batches",
            paramLabel = "N",
            description = "Batches for its trace by the noise of gradients, at least 2 (default: ${DEFAULT-VALUE}).")
    private int batches = 16;

    void check() {
        atLeast("--every", every, 0);
        atLeast("--curvature-every", curvatureEvery, 1);
        atLeast("--trace-products", products, 6);
        atLeast("--trace-batches", batches, 2);
        if (!WHEN.containsKey(regularizer)) {
            throw new UsageException("--regularizer", "'" + regularizer + "'", "one of never, ends, always");
        }
    }

    static void atLeast(String option, long value, long least) {
        if (value < least) {
            throw new UsageException(option, String.valueOf(value), "at least " + least);
        }
    }

    /** The plan of a training of so many steps. */
    LookPlan plan(long steps) {
        long usual = Math.max(1, steps / LOOKS);
        return new LookPlan(
                every == 0 ? usual : every,
                curvatureEvery,
                WHEN.getOrDefault(regularizer, When.ENDS),
                products,
                batches);
    }

    /** As one types them, with a space before. */
    String text() {
        return (every == 0 ? "" : " --every " + every) + " --curvature-every " + curvatureEvery + " --regularizer "
                + regularizer + " --trace-products " + products + " --trace-batches " + batches;
    }
}
