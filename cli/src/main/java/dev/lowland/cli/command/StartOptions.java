package dev.lowland.cli.command;

import dev.lowland.cli.train.Start;
import dev.lowland.cli.train.Start.Kind;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a training begins. */
final class StartOptions {
    private static final Map<String, Kind> KINDS =
            Map.of("given", Kind.GIVEN, "full-batch", Kind.FULL_BATCH, "adversarial", Kind.ADVERSARIAL);

    @Option(
            names = "--start",
            paramLabel = "S",
            description =
                    "given: θ of the problem file; full-batch: from there gradient descent on all samples, without noise;"
                            + " adversarial: random labels are memorised first, then the true ones (default: ${DEFAULT-VALUE}).")
    private String kind = "given";

    @Option(
            names = "--start-rate",
            paramLabel = "η",
            description = "Learning rate while the start is made (default: that of the first step of the problem).")
    private @Nullable Double rate;

    @Option(
            names = "--start-steps",
            paramLabel = "N",
            description = "Most steps of each part of it (default: ${DEFAULT-VALUE}).")
    private long steps = 100_000;

    @Option(
            names = "--start-loss",
            paramLabel = "L",
            description =
                    "It is made when every sample is predicted and the loss is at most this (default: ${DEFAULT-VALUE}).")
    private double loss = 0.01;

    @Option(
            names = "--start-copies",
            paramLabel = "N",
            description = "Copies of the samples with random labels (default: ${DEFAULT-VALUE}).")
    private int copies = 10;

    void check() {
        if (!KINDS.containsKey(kind)) {
            throw new UsageException("--start", "'" + kind + "'", "one of given, full-batch, adversarial");
        }
        if (rate != null && !(rate > 0 && rate <= Double.MAX_VALUE)) {
            throw new UsageException("--start-rate", String.valueOf(rate), "positive and finite");
        }
        if (steps < 1) {
            throw new UsageException("--start-steps", String.valueOf(steps), "at least 1");
        }
        if (!(loss > 0)) {
            throw new UsageException("--start-loss", String.valueOf(loss), "positive");
        }
        if (copies < 1) {
            throw new UsageException("--start-copies", String.valueOf(copies), "at least 1");
        }
    }

    /** The start; {@code usual} is η where none was given. */
    Start start(double usual) {
        return new Start(KINDS.getOrDefault(kind, Kind.GIVEN), rate == null ? usual : rate, steps, loss, copies);
    }

    /** As one types them, with a space before; empty where nothing else than the problem's own θ is asked for. */
    String text() {
        if (KINDS.getOrDefault(kind, Kind.GIVEN) == Kind.GIVEN) {
            return "";
        }
        return " --start " + kind + (rate == null ? "" : " --start-rate " + rate) + " --start-steps " + steps
                + " --start-loss " + loss + " --start-copies " + copies;
    }
}
