package dev.lowland.core.kernel;

import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.kernel.scalar.ScalarKernels;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Which twin is used, and why.
 *
 * @param active the twin in use; null if the wish cannot be met
 * @param reason why, without line breaks
 */
record KernelChoice(@Nullable KernelSet active, String reason) {
    static final String PROPERTY = "lowland.simd";

    private static final String LOGGER = "dev.lowland.core.kernel.Kernels";

    /**
     * Chooses for a value of the property.
     *
     * @param wish auto, scalar or vector; null is auto
     * @return the choice
     */
    static KernelChoice make(@Nullable String wish) {
        KernelChoice choice = choose(wish == null ? "auto" : wish, VectorProbe.find());
        System.getLogger(LOGGER).log(Level.DEBUG, "kernels: {0}", choice.describe());
        return choice;
    }

    static KernelChoice choose(String wish, VectorProbe probe) {
        return switch (wish) {
            case "scalar" -> new KernelChoice(ScalarKernels.INSTANCE, "asked for by -D" + PROPERTY);
            case "vector" -> forced(probe);
            case "auto" ->
                probe.advice() == null
                        ? new KernelChoice(probe.kernels(), "the Vector API is there and wide enough")
                        : new KernelChoice(ScalarKernels.INSTANCE, probe.advice());
            default -> new KernelChoice(null, "-D" + PROPERTY + " is " + wish + ", must be auto, scalar or vector");
        };
    }

    private static KernelChoice forced(VectorProbe probe) {
        String reason = probe.kernels() == null
                ? "-D" + PROPERTY + "=vector: cannot use the Vector API, as " + probe.obstacle()
                        + "; start Java 17 or later with --add-modules jdk.incubator.vector"
                : "asked for by -D" + PROPERTY;
        return new KernelChoice(probe.kernels(), reason);
    }

    String describe() {
        return active == null ? reason : active.name() + ": " + reason;
    }
}
