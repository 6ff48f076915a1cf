package dev.lowland.core.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.lowland.core.lane.LaneCode;
import dev.lowland.core.lane.LaneLoop;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nothing allocates once it is compiled. For the vector twin this also shows that the compiler keeps vectors in
 * registers: where it does not, every vector is an object.
 */
@Tag("alone")
final class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CALLS = 200;
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    static Stream<Arguments> calls() {
        List<Arguments> calls = new ArrayList<>();
        Twins.all().forEach(kernels -> addKernels(calls, kernels));
        addRandom(calls);
        return calls.stream();
    }

    private static void addKernels(List<Arguments> calls, KernelSet k) {
        int n = 403;
        double[] x = Twins.gaussians(n, 1);
        double[] positive = x.clone();
        k.square(n, x, positive);
        double[] y = Twins.gaussians(n, 2);
        double[] z = Twins.gaussians(n, 3);
        double[] out = new double[n];
        double[] a = Twins.gaussians(300 * 37, 4);
        double[] b = Twins.gaussians(300 * 90, 5);
        double[] c = new double[70 * 90];
        for (MatrixForm form : MatrixForm.values()) {
            for (boolean add : new boolean[] {false, true}) {
                String name = "multiply " + form + (add ? " add" : " set");
                add(calls, k, name + " large", () -> k.multiply(form, add, 37, 90, 300, a, 0, b, 0, c, 0));
                add(calls, k, name + " medium", () -> k.multiply(form, add, 70, 64, 66, a, 0, b, 0, c, 0));
                add(calls, k, name + " narrow", () -> k.multiply(form, add, 31, 20, 30, a, 0, b, 0, c, 0));
                add(calls, k, name + " row", () -> k.multiply(form, add, 1, 75, 67, a, 0, b, 0, c, 0));
                add(calls, k, name + " column", () -> k.multiply(form, add, 75, 1, 67, a, 0, b, 0, c, 0));
                add(calls, k, name + " small", () -> k.multiply(form, add, 5, 6, 7, a, 0, b, 0, c, 0));
                for (int sharing = 0; sharing < 4; sharing++) {
                    boolean aShared = (sharing & 1) != 0;
                    boolean bShared = (sharing & 2) != 0;
                    add(
                            calls,
                            k,
                            name + " lanes " + aShared + " " + bShared,
                            () -> k.multiplyLanes(form, add, 3, 5, 4, 67, a, 0, aShared, b, 0, bShared, c, 0));
                }
            }
        }
        addConvolutions(calls, k);
        addCompiled(calls, k);
        ElementwiseFunction.of(k).forEach((name, function) -> {
            add(calls, k, name, () -> function.apply(n, positive, out));
            add(calls, k, name + " of any", () -> function.apply(n, x, out));
        });
        add(calls, k, "tanhAndSlope", () -> k.tanhAndSlope(n, x, out, z));
        add(calls, k, "scale", () -> k.scale(n, 1.5, x, out));
        add(calls, k, "addRepeated", () -> k.addRepeated(2, 5, 19, x, 1, y, 2, out, 3));
        add(calls, k, "multiplyRepeated", () -> k.multiplyRepeated(1, 2, 100, x, 1, y, 2, out, 3));
        add(calls, k, "subtractRepeated", () -> k.subtractRepeated(2, 5, 19, x, 1, y, 2, out, 3));
        add(calls, k, "subtractFromRepeated", () -> k.subtractFromRepeated(1, 1, 200, x, 1, y, 2, out, 3));
        add(calls, k, "dot", () -> out[0] = k.dot(n, x, 0, y, 0));
        add(calls, k, "sum", () -> out[0] = k.sum(n, x, 0));
        add(calls, k, "sumMiddle", () -> k.sumMiddle(3, 67, 2, x, out));
        add(calls, k, "sumMiddle wide", () -> k.sumMiddle(1, 5, 67, x, out));
        add(calls, k, "sumMiddle rows", () -> k.sumMiddle(6, 67, 1, x, out));
        add(calls, k, "sumLanes", () -> k.sumLanes(2, 11, 17, x, out));
        add(calls, k, "broadcastMiddle", () -> k.broadcastMiddle(5, 7, 11, x, out));
        add(calls, k, "transpose", () -> k.transpose(1, 13, 31, 1, x, out));
        add(calls, k, "sliceMiddle", () -> k.sliceMiddle(5, 7, 2, 3, 11, x, out));
        add(calls, k, "padMiddle", () -> k.padMiddle(5, 7, 2, 3, 11, x, out));
        add(calls, k, "axpy", () -> k.axpy(n, 1e-9, x, 0, y, 0));
        add(calls, k, "sgdStep", () -> k.sgdStep(n, 1e-9, x, y));
        int[] entries = new int[n];
        long[] keys = new long[19];
        long[] streams = new long[19];
        add(calls, k, "fillUniform", () -> k.fillUniform(1, 2, 5, n, out, 0, 1));
        add(calls, k, "fillGaussian", () -> k.fillGaussian(1, 2, 5, n, out, 0, 1));
        add(calls, k, "fillSigns", () -> k.fillSigns(1, 2, 5, 70 * 90, c, 0, 1));
        add(calls, k, "fillIndices", () -> k.fillIndices(1, 2, 5, n, 10, entries, 0, 1));
        add(calls, k, "fillLanesUniform", () -> k.fillLanesUniform(keys, streams, 5, 21, 19, out, 0));
        add(calls, k, "fillLanesGaussian", () -> k.fillLanesGaussian(keys, streams, 5, 21, 19, out, 0));
        add(calls, k, "fillLanesSigns", () -> k.fillLanesSigns(keys, streams, 5, 21, 19, out, 0));
        add(calls, k, "fillLanesIndices", () -> k.fillLanesIndices(keys, streams, 5, 21, 19, 10, entries, 0));
        add(calls, k, "heavyBallStep", () -> k.heavyBallStep(n, 1e-9, 0.5, x, y, z));
    }

    private static void addConvolutions(List<Arguments> calls, KernelSet k) {
        double[] x = Twins.gaussians(5 * 12 * 19, 6);
        double[] y = Twins.gaussians(11 * 12 * 19, 7);
        double[] f = Twins.gaussians(11 * 5 * 9, 8);
        double[] out = new double[11 * 12 * 19];
        for (int stride = 1; stride <= 2; stride++) {
            Window w = new Window(12, 19, 3, 3, stride, 1);
            String name = " stride " + stride;
            add(calls, k, "convolve" + name, () -> k.convolve(w, 5, 11, 1, x, 0, false, f, 0, false, out, 0));
            add(
                    calls,
                    k,
                    "convolveToImage" + name,
                    () -> k.convolveToImage(w, 5, 11, 1, y, 0, false, f, 0, false, out, 0));
            add(
                    calls,
                    k,
                    "convolveToFilters" + name,
                    () -> k.convolveToFilters(w, true, 5, 11, 1, x, 0, false, y, 0, false, out, 0));
        }
    }

    /** A kernel with many constants, which HotSpot must not keep in objects. */
    private static void addCompiled(List<Arguments> calls, KernelSet k) {
        LaneCode code = LaneCode.of(64, 1);
        int sum = code.constant(1);
        for (int e = 0; e < 6; e++) {
            int x = code.load(0, e);
            int part = code.multiply(code.constant(1.0 / (e + 3)), x);
            sum = code.add(sum, code.multiply(part, code.subtract(code.constant(e + 1.5), x)));
        }
        for (int e = 0; e < 6; e++) {
            code.store(0, e, code.add(code.load(0, e), code.multiply(code.constant(-1e-12 * (e + 1)), sum)));
        }
        LaneLoop kernel = k.compile(code);
        double[][] arrays = {Twins.gaussians(6 * 64, 9)};
        int[] offsets = new int[1];
        add(calls, k, "compiled", () -> kernel.run(arrays, offsets));
    }

    private static void addRandom(List<Arguments> calls) {
        RandomStream stream = RandomStream.of(1, 2, Purpose.TEST);
        double[] out = new double[500];
        int[] indices = new int[500];
        calls.add(Arguments.of("fillUniform", (Runnable) () -> stream.fillUniform(5, 101, out, 0, 3)));
        calls.add(Arguments.of("fillGaussian", (Runnable) () -> stream.fillGaussian(5, 101, out, 0, 3)));
        calls.add(Arguments.of("fillSigns", (Runnable) () -> stream.fillSigns(5, 101, out, 0, 3)));
        calls.add(Arguments.of("fillIndices", (Runnable) () -> stream.fillIndices(5, 101, 10, indices, 0, 3)));
        calls.add(Arguments.of("gaussian", (Runnable) () -> out[0] = stream.gaussian(7)));
    }

    private static void add(List<Arguments> calls, KernelSet kernels, String name, Runnable call) {
        calls.add(Arguments.of(kernels.name() + " " + name, call));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void allocatesNothingOnceCompiled(String name, Runnable call) {
        long start = System.nanoTime();
        long allocated;
        do {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                call.run();
            }
            allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        } while (allocated != 0 && System.nanoTime() - start < PATIENCE_NANOS);
        assertEquals(0, allocated, name + ": bytes in " + CALLS + " calls");
    }
}
