package dev.lowland.core.kernel;

import dev.lowland.core.kernel.adaptive.AdaptiveKernels;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.kernel.scalar.ScalarKernels;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which kernels are used, and why.
 *
 * @param active the kernels in use; null if the wish cannot be met
 * @param reason why, without line breaks
 */
record KernelChoice(@Nullable KernelSet active, String reason) {
    static final String PROPERTY = "lowland.simd";
    static final String WARM_UP = "lowland.warmup";

    private static final String LOGGER = "dev.lowland.core.kernel.Kernels";

    /**
     * Chooses for the values of the properties.
     *
     * @param wish auto, scalar or vector; null is auto
     * @param warmUp on or off; null is off
     * @return the choice
     */
    static KernelChoice make(@Nullable String wish, @Nullable String warmUp) {
        KernelChoice choice = choose(
                wish == null ? "auto" : wish,
                warmUp == null ? "off" : warmUp,
                VectorProbe::hindrance,
                VectorProbe::find);
        System.getLogger(LOGGER).log(choice.level(wish), "kernels: {0}", choice.describe());
        return choice;
    }

    /** Chooses; the hindrance is what can be said without loading the vector twin. */
    static KernelChoice choose(
            String wish, String warmUp, Supplier<Optional<String>> hindrance, Supplier<VectorProbe> probe) {
        if (!warmUp.equals("on") && !warmUp.equals("off")) {
            return new KernelChoice(null, "-D" + WARM_UP + " is " + warmUp + ", must be on or off");
        }
        return switch (wish) {
            case "scalar" -> new KernelChoice(ScalarKernels.INSTANCE, "asked for by -D" + PROPERTY);
            case "vector" -> forced(probe.get());
            case "auto" -> warmUp.equals("off") ? immediate(probe.get()) : adaptive(hindrance.get(), probe);
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

    private static KernelChoice immediate(VectorProbe probe) {
        return probe.advice() == null
                ? new KernelChoice(probe.kernels(), "the Vector API is there and wide enough")
                : new KernelChoice(ScalarKernels.INSTANCE, probe.advice());
    }

    private static KernelChoice adaptive(Optional<String> hindrance, Supplier<VectorProbe> probe) {
        return hindrance
                .map(reason -> new KernelChoice(ScalarKernels.INSTANCE, reason))
                .orElseGet(() ->
                        new KernelChoice(AdaptiveKernels.with(() -> advised(probe.get())), "the Vector API is there"));
    }

    /** The vector twin where it should be used. */
    private static Optional<KernelSet> advised(VectorProbe probe) {
        if (probe.advice() != null) {
            System.getLogger(LOGGER).log(Level.INFO, "kernels: scalar for good: {0}", probe.advice());
            return Optional.empty();
        }
        return Optional.ofNullable(probe.kernels());
    }

    /** Who did not ask for plain Java should know why it is slow. */
    Level level(@Nullable String wish) {
        return ScalarKernels.INSTANCE.equals(active) && !"scalar".equals(wish) ? Level.INFO : Level.DEBUG;
    }

    String describe() {
        return active == null ? reason : active.name() + ": " + reason;
    }
}
