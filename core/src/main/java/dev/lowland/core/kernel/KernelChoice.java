package dev.lowland.core.kernel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Which twin is used, and why.
 *
 * @param active the twin in use
 * @param reason why, without line breaks
 */
record KernelChoice(KernelSet active, String reason) {
    static final String PROPERTY = "lowland.simd";

    /**
     * Chooses for a value of the property.
     *
     * @param wish auto, scalar or vector; null is auto
     * @return the choice
     * @throws IllegalStateException if the wish is none of these, or cannot be met
     */
    static KernelChoice make(@Nullable String wish) {
        KernelChoice choice = choose(wish == null ? "auto" : wish);
        Logger logger = System.getLogger(Kernels.class.getName());
        logger.log(Level.DEBUG, "kernels: {0}", choice.describe());
        return choice;
    }

    private static KernelChoice choose(String wish) {
        switch (wish) {
            case "scalar":
                return new KernelChoice(ScalarKernels.INSTANCE, "asked for by -D" + PROPERTY);
            case "vector":
                VectorProbe forced = VectorProbe.find();
                return new KernelChoice(
                        forced.kernels()
                                .orElseThrow(() -> new IllegalStateException("-D" + PROPERTY
                                        + "=vector: cannot use the Vector API, as " + forced.obstacle()
                                        + "; start Java 17 or later with --add-modules jdk.incubator.vector")),
                        "asked for by -D" + PROPERTY);
            case "auto":
                VectorProbe probe = VectorProbe.find();
                if (!probe.advice().isEmpty()) {
                    return new KernelChoice(ScalarKernels.INSTANCE, probe.advice());
                }
                return new KernelChoice(probe.kernels().orElseThrow(), "the Vector API is there and wide enough");
            default:
                throw new IllegalStateException("-D" + PROPERTY + " is " + wish + ", must be auto, scalar or vector");
        }
    }

    String describe() {
        return active.name() + ": " + reason;
    }
}
