package dev.lowland.autodiff.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.lane.LaneCode;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * On random graphs: program = interpreter = every lane = a staged program, bit for bit with the scalar kernels, in
 * workspaces full of NaN, without allocation.
 */
@Tag("slow")
class ProgramProperties {
    private static final int LANES = 3;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
    void programsDoWhatTheInterpreterDoes(@ForAll long seed) {
        compare(seed);
    }

    @Property(tries = 100_000, shrinking = ShrinkingMode.OFF)
    @Tag("long")
    void programsDoWhatTheInterpreterDoesAHundredThousandTimes(@ForAll long seed) {
        compare(seed);
    }

    /** The comparison for one graph. */
    static void compare(long seed) {
        RandomGraph random = new RandomGraph(seed);
        KernelSet kernels = Kernels.scalar();
        Program program = Program.compile(kernels, random.inputs, random.outputs);
        double[][] in = new double[random.inputs.size()][];
        for (int i = 0; i < in.length; i++) {
            in[i] = random.values.of(random.inputs.get(i));
        }
        double[][] out = arrays(random.outputs, 1);
        Workspace workspace = program.newWorkspace();
        workspace.poison(Double.NaN);
        program.run(workspace, in, out);
        withoutAllocation(seed, () -> program.run(workspace, in, out));
        for (int i = 0; i < out.length; i++) {
            double[] expected = random.values.evaluate(random.outputs.get(i));
            for (int e = 0; e < expected.length; e++) {
                same(expected[e], out[i][e], seed, random.outputs.get(i));
            }
        }
        if (seed % 4 == 0) {
            written(seed, random, in);
        }
        lanes(seed, random, program);
        straight(seed, random, program);
        stages(seed, random, program);
    }

    /** Written down as one class, the program has the bits that it had instruction by instruction, on both twins. */
    private static void written(long seed, RandomGraph random, double[][] in) {
        Stream.concat(Stream.of(Kernels.scalar()), Kernels.vector().stream()).forEach(kernels -> {
            Code code = new Code(kernels, random.inputs, 0, random.outputs, 1, new boolean[random.inputs.size()]);
            Workspace workspace = new Workspace(code);
            double[][] expected = arrays(random.outputs, 1);
            double[][] actual = arrays(random.outputs, 1);
            for (double[][] out : List.of(expected, actual)) {
                workspace.poison(Double.NaN);
                System.arraycopy(in, 0, workspace.buffers, 0, in.length);
                code.run(workspace);
                code.copyOutputs(workspace.buffers, out);
                code.write();
            }
            for (int i = 0; i < actual.length; i++) {
                for (int e = 0; e < actual[i].length; e++) {
                    same(expected[i][e], actual[i][e], seed, random.outputs.get(i));
                }
            }
        });
    }

    /** Runs allocate nothing. The first one may load classes, and the machine may allocate once for its own ends. */
    private static void withoutAllocation(long seed, Runnable run) {
        run.run();
        long least = Long.MAX_VALUE;
        for (int repeat = 0; repeat < 4 && least > 0; repeat++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            run.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        long bytes = least;
        assertEquals(0, bytes, () -> "seed " + seed + ": bytes allocated by a run");
    }

    /** Split at random: prepared once, run for two values of the late inputs, with the bits of the whole program. */
    private static void stages(long seed, RandomGraph random, Program program) {
        Random flags = new Random(~seed);
        List<Node> early = new ArrayList<>(random.inputs);
        List<Node> late = new ArrayList<>();
        for (Node input : random.inputs) {
            if (flags.nextBoolean()) {
                early.remove(input);
                late.add(input);
            }
        }
        StagedProgram staged = program.split(late.toArray(new Node[0]));
        Workspace parts = staged.newWorkspace();
        parts.poison(Double.NaN);
        double[][] earlyValues =
                early.stream().map(input -> random.values.of(input).clone()).toArray(double[][]::new);
        staged.prepare(parts, earlyValues);
        for (double[] values : earlyValues) {
            Arrays.fill(values, Double.NaN);
        }
        Workspace whole = program.newWorkspace();
        double[][] expected = arrays(random.outputs, 1);
        double[][] actual = arrays(random.outputs, 1);
        for (int pass = 0; pass < 2; pass++) {
            double factor = 1 + pass / 4.0;
            double[][] in = random.inputs.stream()
                    .map(input -> scaled(random.values.of(input), late.contains(input) ? factor : 1))
                    .toArray(double[][]::new);
            double[][] lateValues = late.stream()
                    .map(input -> scaled(random.values.of(input), factor))
                    .toArray(double[][]::new);
            program.run(whole, in, expected);
            staged.run(parts, lateValues, actual);
            for (int i = 0; i < actual.length; i++) {
                for (int e = 0; e < actual[i].length; e++) {
                    same(expected[i][e], actual[i][e], seed, random.outputs.get(i));
                }
            }
            withoutAllocation(seed, () -> staged.run(parts, lateValues, actual));
        }
    }

    private static double[] scaled(double[] values, double factor) {
        return Arrays.stream(values).map(value -> value * factor).toArray();
    }

    /** Lane l of an input that is not shared is the input times 1 + l/8. */
    private static void lanes(long seed, RandomGraph random, Program program) {
        Random flags = new Random(seed);
        int count = random.inputs.size();
        boolean[] shared = new boolean[count];
        double[][] in = new double[count][];
        double[][] single = new double[count][];
        for (int i = 0; i < count; i++) {
            shared[i] = flags.nextBoolean();
            double[] values = random.values.of(random.inputs.get(i));
            single[i] = values.clone();
            in[i] = shared[i] ? values : new double[values.length * LANES];
            for (int e = 0; !shared[i] && e < values.length; e++) {
                for (int l = 0; l < LANES; l++) {
                    in[i][e * LANES + l] = values[e] * (1 + l / 8.0);
                }
            }
        }
        Program wide = program.forLanes(LANES, shared);
        double[][] out = arrays(random.outputs, LANES);
        Workspace workspace = wide.newWorkspace();
        workspace.poison(Double.NaN);
        wide.run(workspace, in, out);
        withoutAllocation(seed, () -> wide.run(workspace, in, out));
        double[][] one = arrays(random.outputs, 1);
        Workspace singleWorkspace = program.newWorkspace();
        for (int l = 0; l < LANES; l++) {
            for (int i = 0; i < count; i++) {
                double[] values = random.values.of(random.inputs.get(i));
                for (int e = 0; e < values.length; e++) {
                    single[i][e] = shared[i] ? values[e] : values[e] * (1 + l / 8.0);
                }
            }
            program.run(singleWorkspace, single, one);
            for (int i = 0; i < one.length; i++) {
                for (int e = 0; e < one[i].length; e++) {
                    same(one[i][e], out[i][e * LANES + l], seed, random.outputs.get(i));
                }
            }
        }
    }

    /**
     * Where a program can be written down as straight-line code, that has the bits of the program on lanes. Returns
     * whether it can.
     */
    static boolean straight(long seed, RandomGraph random, Program program) {
        int count = random.inputs.size();
        LaneCode code = LaneCode.of(LANES, count + random.outputs.size());
        List<int[]> given = new ArrayList<>();
        double[][] arrays = new double[count + random.outputs.size()][];
        double[][] in = new double[count][];
        for (int i = 0; i < count; i++) {
            double[] values = random.values.of(random.inputs.get(i));
            given.add(code.loadAll(i, values.length));
            in[i] = new double[values.length * LANES];
            for (int e = 0; e < in[i].length; e++) {
                in[i][e] = values[e / LANES] * (1 + e % LANES / 8.0);
            }
            arrays[i] = in[i];
        }
        Optional<List<int[]>> results = program.write(code, given);
        if (results.isEmpty()) {
            return false;
        }
        for (int i = 0; i < random.outputs.size(); i++) {
            int[] values = results.get().get(i);
            arrays[count + i] = new double[values.length * LANES];
            for (int e = 0; e < values.length; e++) {
                code.store(count + i, e, values[e]);
            }
        }
        if (code.size() > LaneCode.LARGEST) {
            return false;
        }
        Kernels.scalar().compile(code).run(arrays, new int[arrays.length]);
        double[][] expected = arrays(random.outputs, LANES);
        Program wide = program.forLanes(LANES);
        wide.run(wide.newWorkspace(), in, expected);
        for (int i = 0; i < expected.length; i++) {
            for (int e = 0; e < expected[i].length; e++) {
                same(expected[i][e], arrays[count + i][e], seed, random.outputs.get(i));
            }
        }
        return true;
    }

    private static double[][] arrays(List<Node> nodes, int lanes) {
        return nodes.stream().map(n -> new double[n.shape().size() * lanes]).toArray(double[][]::new);
    }

    private static void same(double expected, double actual, long seed, Node node) {
        assertEquals(
                Double.doubleToLongBits(expected),
                Double.doubleToLongBits(actual),
                () -> "seed " + seed + ", node " + node + ": " + expected + " became " + actual);
    }

    @Test
    void theGeneratorMakesGraphsWorthComparing() {
        int derivatives = 0;
        int finite = 0;
        int straight = 0;
        for (long seed = 0; seed < 200; seed++) {
            RandomGraph graph = new RandomGraph(seed);
            derivatives += graph.values.graph.size() > 40 ? 1 : 0;
            Program program = Program.compile(Kernels.scalar(), graph.inputs, graph.outputs);
            straight += straight(seed, graph, program) ? 1 : 0;
            for (Node output : graph.outputs) {
                finite += Double.isFinite(graph.values.evaluate(output)[0]) ? 1 : 0;
            }
        }
        assertEquals(
                true,
                derivatives > 60 && finite > 250 && straight > 20,
                derivatives + " large graphs, " + finite + " finite outputs, " + straight + " as straight-line code");
    }
}
