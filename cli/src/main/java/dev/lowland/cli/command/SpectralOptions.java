package dev.lowland.cli.command;

import dev.lowland.optim.flatness.RegularizerMethod;
import dev.lowland.optim.flatness.RegularizerSettings;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** How what comes from the spectrum of ∇²L is computed. */
final class SpectralOptions {
    private static final Map<String, RegularizerMethod> METHODS = Map.of(
            "automatic", RegularizerMethod.AUTOMATIC,
            "exact", RegularizerMethod.EXACT,
            "stochastic", RegularizerMethod.STOCHASTIC);

    @Option(
            names = "--method",
            paramLabel = "M",
            description = "automatic (exact up to 2,000 parameters), exact or stochastic (default: ${DEFAULT-VALUE}).")
    private String method = "automatic";

    @Option(
            names = "--probes",
            paramLabel = "N",
            description = "Random vectors of a stochastic estimate (default: ${DEFAULT-VALUE}).")
    private int probes = RegularizerSettings.standard().probes();

    @Option(
            names = "--standard-error",
            paramLabel = "SHARE",
            description = "Add random vectors until the standard error of R is this share of R.")
    private double target;

    @Option(
            names = "--max-probes",
            paramLabel = "N",
            description = "But no more of them than this (default: ${DEFAULT-VALUE}).")
    private int maxProbes = 4096;

    void check() {
        if (!METHODS.containsKey(method.toLowerCase(Locale.ROOT))) {
            throw new UsageException("--method", "'" + method + "'", "one of automatic, exact, stochastic");
        }
        if (probes < 2) {
            throw new UsageException("--probes", String.valueOf(probes), "at least 2, for a standard error");
        }
        if (!(target >= 0 && target <= Double.MAX_VALUE)) {
            throw new UsageException("--standard-error", String.valueOf(target), "positive and finite");
        }
        if (maxProbes < 2) {
            throw new UsageException("--max-probes", String.valueOf(maxProbes), "at least 2");
        }
    }

    /** The settings, with the seed and the threads that were asked for. */
    RegularizerSettings settings(CommonOptions common) {
        return RegularizerSettings.standard()
                .withMethod(METHODS.getOrDefault(method.toLowerCase(Locale.ROOT), RegularizerMethod.AUTOMATIC))
                .withProbes(probes)
                .withTarget(target, maxProbes)
                .withSeed(common.seed())
                .withThreads(common.threads());
    }
}
