package dev.lowland.cli.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Primitive;
import dev.lowland.autodiff.lowering.Lowering;
import dev.lowland.core.check.Checks;
import dev.lowland.optim.objective.Objective;
import dev.lowland.theory.claim.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every public method answers wrong arguments with a refusal that names them, and never with a NaN in silence. */
@Tag("slow")
class PublicMethodsTest {
    private static final long SEED = 20261129;

    /**
     * The largest share of methods that may be tried without a good call to begin with: most are the user's to write.
     */
    private static final double UNREACHED = 0.2;

    @Test
    void wrongArgumentsAreRefusedByName() {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> member : List.of(Checks.class, Graph.class, Objective.class, Claim.class)) {
            classes.addAll(PublicSurface.classes(member));
        }
        classes.removeIf(PublicMethodsTest::isTheLibrarysOwnTool);
        try (Surface surface = new Surface(classes, Parts.all(), SEED)) {
            surface.collect(3);
            surface.run();
            System.err.println("tried " + surface.tried() + ", unreached "
                    + surface.unreached().size());
            surface.unreached().forEach(u -> System.err.println("UNREACHED " + u));
            surface.faults().forEach(u -> System.err.println("FAULT " + u));
            assertEquals(Set.of(), surface.faults(), () -> "seed " + SEED);
            assertTrue(
                    surface.unreached().size() < surface.tried() * UNREACHED,
                    () -> "no good arguments were found for " + surface.unreached());
        }
    }

    /**
     * Checks take the library's own words. The loops of {@code core.kernel.contract} run over arrays whose ranges were
     * checked when a program was compiled, and leave the rest to Java's own checks; rules of operations and of their
     * lowering are called by the compiler alone.
     */
    static boolean isTheLibrarysOwnTool(Class<?> c) {
        return c == Checks.class
                || c.getPackageName().equals("dev.lowland.core.kernel.contract")
                        && c.getSimpleName().endsWith("Kernels")
                || Primitive.class.isAssignableFrom(c)
                || Lowering.class.isAssignableFrom(c);
    }
}
