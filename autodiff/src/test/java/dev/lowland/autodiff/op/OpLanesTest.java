package dev.lowland.autodiff.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Jet2;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.core.kernel.Kernels;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every op and its derivatives over lanes: each lane has the bits of the single run, whichever inputs the lanes share.
 */
@Tag("slow")
@Tag("once")
class OpLanesTest {
    private static final int LANES = 3;
    private static int settingsDone;
    private static int numbersCompared;

    static List<Setting.Plan> settings() {
        return Setting.all(OpCatalogue.all(), 7);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everyLaneHasTheBitsOfTheSingleRun(Setting.Plan plan) {
        Setting setting = plan.make();
        Node gradient = Reverse.gradient(setting.s, setting.x);
        Node product = Forward.jvp(gradient, setting.x, setting.v);
        Node curvature = Jet2.collapsed(setting.f, setting.x, setting.v);
        List<Node> outputs = List.of(setting.f, gradient, product, curvature);
        Program program = Program.compile(Kernels.scalar(), setting.inputList(), outputs);
        for (int flags = 0; flags < 4; flags++) {
            numbersCompared += compare(setting, program, outputs, flags);
        }
        settingsDone++;
    }

    @AfterAll
    static void enoughNumbersWereCompared() {
        assertTrue(
                settingsDone < settings().size() || numbersCompared > 40_000,
                "only " + numbersCompared + " numbers compared");
    }

    /** Flags: bit 0, whether x is shared; bit 1, whether the rest is. */
    private static int compare(Setting setting, Program program, List<Node> outputs, int flags) {
        List<Node> inputs = setting.inputList();
        int count = inputs.size();
        boolean[] shared = new boolean[count];
        double[][] wide = new double[count][];
        double[][][] single = new double[LANES][count][];
        Random random = new Random(flags);
        for (int i = 0; i < count; i++) {
            Node input = inputs.get(i);
            shared[i] = (flags & (input == setting.x ? 1 : 2)) != 0;
            double[] values = setting.inputs.get(input);
            wide[i] = shared[i] ? values : new double[values.length * LANES];
            for (int l = 0; l < LANES; l++) {
                single[l][i] = values.clone();
                for (int e = 0; !shared[i] && e < values.length; e++) {
                    boolean whole = values[e] == Math.rint(values[e]);
                    single[l][i][e] = whole ? values[e] : values[e] * (1 + random.nextDouble() / 50);
                    wide[i][e * LANES + l] = single[l][i][e];
                }
            }
        }
        Program laned = program.forLanes(LANES, shared);
        double[][] found = arrays(outputs, LANES);
        laned.run(laned.newWorkspace(), wide, found);
        int compared = 0;
        for (int l = 0; l < LANES; l++) {
            double[][] expected = arrays(outputs, 1);
            program.run(program.newWorkspace(), single[l], expected);
            for (int i = 0; i < expected.length; i++) {
                for (int e = 0; e < expected[i].length; e++) {
                    compared++;
                    assertEquals(
                            Double.doubleToLongBits(expected[i][e]),
                            Double.doubleToLongBits(found[i][e * LANES + l]),
                            setting + ", " + outputs.get(i) + ", sharing " + flags);
                }
            }
        }
        return compared;
    }

    private static double[][] arrays(List<Node> nodes, int lanes) {
        return nodes.stream().map(n -> new double[n.shape().size() * lanes]).toArray(double[][]::new);
    }
}
