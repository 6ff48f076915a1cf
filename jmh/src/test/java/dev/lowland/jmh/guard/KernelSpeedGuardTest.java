package dev.lowland.jmh.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * No vector kernel takes more than two and a half times the time of its scalar twin. An honest one takes at most a
 * little more, and a boxed one takes four times as much and more, so that neither a busy machine nor an odd one
 * decides; and what looks slow is looked at twice.
 */
@Tag("slow")
class KernelSpeedGuardTest {
    private static final double LIMIT = 2.5;
    private static final long LEAST_NANOS = 40_000_000L;
    private static final long MOST_NANOS = 4_000_000_000L;

    @Test
    void noVectorKernelIsSlowerThanItsScalarTwinByMoreThanItShouldEverBe() {
        KernelSet vector = chosenVector();
        List<String> slow = new ArrayList<>();
        TwinWork.of(Kernels.scalar(), vector).forEach((name, twins) -> {
            double ratio = ratio(twins);
            if (ratio > LIMIT && ratio(twins) > LIMIT) {
                slow.add(name + " takes " + ratio + " times as long");
            }
        });
        assertEquals(List.of(), slow, "vector kernels slower than their scalar twins by more than " + LIMIT);
    }

    private static double ratio(TwinWork.Pair twins) {
        return new Contest(twins.scalar(), twins.vector()).ratio(LIMIT, LEAST_NANOS, MOST_NANOS);
    }

    @Test
    void aBoxedKernelIsCaught() {
        chosenVector();
        int n = 1003;
        double[] x = new double[n];
        double[] out = new double[1];
        BoxedSum boxed = new BoxedSum();
        KernelSet scalar = Kernels.scalar();
        double ratio = new Contest(() -> out[0] = scalar.sum(n, x, 0), () -> out[0] = boxed.sum(n, x))
                .ratio(0, LEAST_NANOS, 1_000_000_000L);
        assertTrue(ratio > LIMIT, "a sum with its vector on the heap takes only " + ratio + " times as long");
    }

    /**
     * The vector kernels where they are what Lowland chooses; elsewhere, as on a processor with 128 bits, nothing is
     * promised.
     */
    private static KernelSet chosenVector() {
        assumeTrue(Kernels.active().name().startsWith("vector"), Kernels.describe());
        return Kernels.active();
    }
}
