package dev.lowland.core.kernel;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the vector twin: whether it loads at all, and whether it is worth using.
 *
 * <p>The twin is loaded by name, after the module is seen to be there, so that no other class refers to the incubating module.
 */
final class VectorProbe {
    private static final String MODULE = "jdk.incubator.vector";
    private static final String TWIN = "dev.lowland.core.kernel.VectorKernels";

    private final @Nullable KernelSet kernels;
    private final String obstacle;
    private final String advice;

    private VectorProbe(@Nullable KernelSet kernels, String obstacle, String advice) {
        this.kernels = kernels;
        this.obstacle = obstacle;
        this.advice = advice;
    }

    /** Found when first used. */
    private static final class Found {
        static final VectorProbe PROBE = probe();
    }

    static VectorProbe find() {
        return Found.PROBE;
    }

    /** The twin, if it loads and its self-test passes. */
    Optional<KernelSet> kernels() {
        return Optional.ofNullable(kernels);
    }

    /** Why the twin cannot be used; empty if it can. */
    String obstacle() {
        return obstacle;
    }

    /** Why the twin should not be used unless asked for; empty if it should. */
    String advice() {
        return advice;
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
        if (!failure.isEmpty()) {
            return blocked("the vector kernels failed their self-test: " + failure);
        }
        return new VectorProbe(twin, "", advice(width));
    }

    private static VectorProbe blocked(String obstacle) {
        return new VectorProbe(null, obstacle, obstacle);
    }

    /** Only HotSpot's second compiler turns the Vector API into vector instructions; elsewhere it is very slow. */
    private static String advice(int width) {
        String machine = System.getProperty("java.vm.name", "");
        if (!machine.contains("HotSpot") && !machine.contains("OpenJDK")) {
            return "the virtual machine " + machine + " is not known to compile the Vector API";
        }
        String compiler = System.getProperty("sun.management.compiler", "");
        if (!compiler.contains("Tiered")) {
            return "the compiler " + compiler + " is not known to compile the Vector API";
        }
        return width < 256 ? "vectors have " + width + " bits only" : "";
    }
}
