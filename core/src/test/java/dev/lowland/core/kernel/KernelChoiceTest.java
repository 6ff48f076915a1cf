package dev.lowland.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.lowland.core.kernel.contract.KernelSet;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which twin is chosen for which wish and which machine. The scalar kernels play the vector ones here. */
final class KernelChoiceTest {
    private static final KernelSet TWIN = wrong("nothing", "vector (512 bits)");
    private static final VectorProbe GOOD = new VectorProbe(TWIN, null, null);
    private static final VectorProbe NARROW = new VectorProbe(TWIN, null, "vectors have 128 bits only");
    private static final VectorProbe ABSENT = new VectorProbe(null, "module x is not there", "module x is not there");

    private static KernelChoice choose(String wish, VectorProbe probe) {
        return KernelChoice.choose(wish, "off", () -> Optional.ofNullable(probe.advice()), () -> probe);
    }

    @Test
    void autoTakesVectorsWhereTheyPay() {
        assertSame(TWIN, choose("auto", GOOD).active());
        assertEquals(
                "vector (512 bits): the Vector API is there and wide enough",
                choose("auto", GOOD).describe());
        assertEquals(
                "scalar: vectors have 128 bits only", choose("auto", NARROW).describe());
        assertEquals("scalar: module x is not there", choose("auto", ABSENT).describe());
    }

    @Test
    void withAWarmUpTheTwinIsLookedAtLater() {
        KernelChoice later = KernelChoice.choose("auto", "on", Optional::empty, () -> fail("loaded at once"));
        assertEquals("vector when compiled, scalar until then: the Vector API is there", later.describe());
        KernelChoice never =
                KernelChoice.choose("auto", "on", () -> Optional.of("no module"), () -> fail("loaded in vain"));
        assertEquals("scalar: no module", never.describe());
        assertSame(
                TWIN,
                KernelChoice.choose("vector", "on", Optional::empty, () -> GOOD).active());
        assertEquals(
                "scalar: asked for by -Dlowland.simd",
                KernelChoice.choose("scalar", "on", Optional::empty, () -> fail("loaded in vain"))
                        .describe());
        KernelChoice unknown = KernelChoice.choose("auto", "hot", Optional::empty, () -> GOOD);
        assertNull(unknown.active());
        assertEquals("-Dlowland.warmup is hot, must be on or off", unknown.describe());
    }

    @Test
    void aWishIsMetOrFailsWithWhatToDo() {
        assertEquals(
                "scalar: asked for by -Dlowland.simd", choose("scalar", GOOD).describe());
        assertEquals(
                "vector (512 bits): asked for by -Dlowland.simd",
                choose("vector", NARROW).describe());
        KernelChoice impossible = choose("vector", ABSENT);
        assertNull(impossible.active());
        assertEquals(
                "-Dlowland.simd=vector: cannot use the Vector API, as module x is not there;"
                        + " start Java 17 or later with --add-modules jdk.incubator.vector",
                impossible.describe());
        KernelChoice unknown = choose("avx", GOOD);
        assertNull(unknown.active());
        assertEquals("-Dlowland.simd is avx, must be auto, scalar or vector", unknown.describe());
    }

    /** A line for whoever did not ask for plain Java and has it, with the reason; else only for who looks closely. */
    @Test
    void plainJavaThatNobodyAskedForIsSaid() {
        assertEquals(Level.INFO, choose("auto", NARROW).level(null));
        assertEquals(Level.INFO, choose("auto", ABSENT).level("auto"));
        assertEquals(Level.DEBUG, choose("scalar", ABSENT).level("scalar"));
        assertEquals(Level.DEBUG, choose("auto", GOOD).level(null));
        assertEquals(Level.DEBUG, choose("vector", ABSENT).level("vector"));
    }

    @Test
    void theSelfTestFindsWrongResults() {
        assertNull(KernelSelfTest.firstDifference(Kernels.scalar(), wrong("nothing", "right")));
        for (String method : new String[] {"multiply", "dot", "tanh"}) {
            String found = KernelSelfTest.firstDifference(Kernels.scalar(), wrong(method, "wrong"));
            assertTrue(found.startsWith(method + " "), found);
        }
    }

    /** The scalar kernels, with one method that does nothing, or answers 0. */
    private static KernelSet wrong(String broken, String name) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("name")) {
                return name;
            }
            if (method.getName().equals(broken)) {
                return method.getReturnType() == double.class ? 0.0 : null;
            }
            return method.invoke(Kernels.scalar(), arguments);
        };
        return (KernelSet)
                Proxy.newProxyInstance(KernelSet.class.getClassLoader(), new Class<?>[] {KernelSet.class}, handler);
    }
}
