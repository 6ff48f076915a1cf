package dev.lowland.core.kernel;

import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.kernel.scalar.ScalarKernels;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the vector twin: whether it loads at all, and whether it is worth using.
 *
 * <p>The twin is loaded by name, after the module is seen to be there, so that no other class refers to the incubating
 * module.
 *
 * @param kernels the twin, if it loads and its self-test passes; else null
 * @param obstacle why the twin cannot be used; null if it can
 * @param advice why the twin should not be used unless asked for; null if it should
 */
record VectorProbe(
        @Nullable KernelSet kernels,
        @Nullable String obstacle,
        @Nullable String advice) {
    private static final String MODULE = "jdk.incubator.vector";
    private static final String TWIN = "dev.lowland.core.kernel.vector.VectorKernels";

    /** Found when first used. */
    private static final class Found {
        static final VectorProbe PROBE = probe();
    }

    static VectorProbe find() {
        return Found.PROBE;
    }

    /** What speaks against the twin, as far as can be seen without loading it, which takes a while. */
    static Optional<String> hindrance() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return Optional.of("module " + MODULE + " is not there");
        }
        String machine = System.getProperty("java.vm.name", "");
        if (!machine.contains("HotSpot") && !machine.contains("OpenJDK")) {
            return Optional.of("the virtual machine " + machine + " is not known to compile the Vector API");
        }
        String mode = System.getProperty("java.vm.info", "");
        boolean compiles = mode.contains("mixed mode") || mode.contains("compiled mode");
        return !compiles || mode.contains("emulated-client")
                ? Optional.of("the virtual machine runs without its optimising compiler (" + mode + ")")
                : Optional.empty();
    }

    private static VectorProbe probe() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return blocked("module " + MODULE + " is not there");
        }
        KernelSet twin;
        int width;
        try {
            Class<?> type = Class.forName(TWIN);
            twin = (KernelSet) type.getDeclaredMethod("create").invoke(null);
            width = (int) type.getDeclaredMethod("widthInBits").invoke(null);
        } catch (InvocationTargetException e) {
            return blocked("the vector kernels did not start: " + e.getCause());
        } catch (ReflectiveOperationException | LinkageError e) {
            return blocked("the vector kernels did not load: " + e);
        }
        String failure = KernelSelfTest.firstDifference(ScalarKernels.INSTANCE, twin);
        if (failure != null) {
            return blocked("the vector kernels failed their self-test: " + failure);
        }
        return new VectorProbe(twin, null, advice(width));
    }

    private static VectorProbe blocked(String obstacle) {
        return new VectorProbe(null, obstacle, obstacle);
    }

    /** Only HotSpot's second compiler turns the Vector API into vector instructions; elsewhere it is very slow. */
    private static @Nullable String advice(int width) {
        return hindrance().orElse(width < 256 ? "vectors have " + width + " bits only" : null);
    }
}
