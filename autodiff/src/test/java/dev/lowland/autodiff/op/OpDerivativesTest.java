package dev.lowland.autodiff.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.check.ComplexStep;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.program.Interpreter;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.autodiff.transform.Vmap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every op of the catalogue in every variable: the value against its definition; derivatives to order 4 by every
 * nesting of forward, reverse and 2-jet against the complex step, with vmap at every place of the nesting; differences
 * where the op is only piecewise analytic; and duality. The number of checks and the worst errors are printed.
 */
@Tag("slow")
class OpDerivativesTest {
    private static final int ORDER = 4;
    private static final int ORDER_WITH_TWO_VMAPS = 2;
    private static final double[] WEIGHTS = {0.7, -1.3};
    private static final Tally TALLY = new Tally();
    private static int settingsDone;

    static List<Setting.Plan> settings() {
        return Setting.all(OpCatalogue.all(), 20);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void valuesAndDerivatives(Setting.Plan plan) {
        Setting setting = plan.make();
        value(setting);
        words(setting, 3);
        duality(setting);
        settingsDone++;
    }

    @ParameterizedTest
    @MethodSource("settings")
    @Tag("long")
    void withVmapToOrderFour(Setting.Plan plan) {
        words(plan.make(), ORDER);
        settingsDone++;
    }

    @AfterAll
    static void enoughChecksRan() {
        System.out.printf("op catalogue: %d settings%n%s", settingsDone, TALLY);
        assertTrue(settingsDone < settings().size() || TALLY.total() >= 70_000, TALLY + " are too few");
    }

    private static void value(Setting setting) {
        Tensor[] operands = new Tensor[setting.source.operands().size()];
        double[] packed = setting.inputs.get(setting.x);
        int start = 0;
        for (Node input : setting.inputList()) {
            if (input.label().matches("x\\d")) {
                int i = Integer.parseInt(input.label().substring(1));
                operands[i] = new Tensor(input.shape(), setting.inputs.get(input));
            }
        }
        for (int i = 0; i < operands.length; i++) {
            if (operands[i] == null) {
                Shape shape = setting.source.operands().get(i).shape();
                operands[i] = new Tensor(shape, java.util.Arrays.copyOfRange(packed, start, start + shape.size()));
                start += shape.size();
            }
        }
        Tensor expected = setting.source.reference().apply(operands);
        assertEquals(expected.shape(), setting.f.shape(), setting + "");
        double[] found = new Interpreter().evaluate(setting.f, setting.inputs);
        for (int i = 0; i < found.length; i++) {
            double size = Math.max(Math.abs(expected.at(i)), 1e-2);
            TALLY.check("value", setting + "", expected.at(i), found[i], size, 1e-12);
        }
    }

    private static void words(Setting setting, int orderWithVmap) {
        Words words = new Words(setting.s, setting.x, setting.v);
        Map<String, Node> nodes = new LinkedHashMap<>();
        Words entries = new Words(setting.f, setting.x, setting.v);
        Node sizes = Ops.abs(setting.c);
        for (int order = 0; order <= ORDER; order++) {
            nodes.put("size" + order, Ops.dot(sizes, Ops.abs(entries.apply("F".repeat(order)))));
        }
        Node pair = Axes.concat(Axis.GROUPS, setting.v, Ops.scale(setting.v, 2));
        for (String word : Words.upTo(ORDER)) {
            nodes.put(word, words.apply(word));
            nodes.put("directions " + word, Vmap.map(words.apply(word), setting.v, pair));
        }
        Map<String, Node> mapped = mapped(setting, words, pair, orderWithVmap);
        Map<Node, double[]> there = new HashMap<>(setting.inputs);
        there.put(setting.x, setting.otherPoint);
        Map<String, double[]> here = run(nodes, setting, setting.inputs);
        Map<String, double[]> other = run(nodes, setting, there);
        Map<String, double[]> both = run(mapped, setting, setting.inputs);
        for (String word : Words.upTo(ORDER)) {
            int order = Words.order(word);
            String place = word + " of " + setting;
            String kind = "order " + order;
            double size = Math.max(here.get("size" + order)[0], 1e-300);
            double found = here.get(word)[0];
            String shorter = word.substring(0, word.length() - 1) + (word.endsWith("J") ? "F" : "");
            Node before = words.apply(shorter);
            double[] step =
                    ComplexStep.standard().derivative(before, setting.x, setting.inputs.get(setting.v), setting.inputs);
            TALLY.check(kind + " against complex step", place, step[0], found, size, 1e-12);
            if (!setting.source.smooth()) {
                TALLY.check(kind + " against differences", place, difference(before, setting), found, size + 1, 1e-9);
            }
            double[] directions = here.get("directions " + word);
            TALLY.check(kind + ", vmap over directions", place, found, directions[0], size, 1e-12);
            double scaled = found * (1 << order);
            TALLY.check(kind + ", vmap over directions", place, scaled, directions[1], size * (1 << order), 1e-12);
            double expected = WEIGHTS[0] * found + WEIGHTS[1] * other.get(word)[0];
            double otherSize = size + other.get("size" + order)[0];
            for (int split = 0; order <= orderWithVmap && split <= word.length(); split++) {
                String name = word.substring(0, split) + "V" + word.substring(split);
                String where = name + " of " + setting;
                TALLY.check(kind + ", vmap within", where, expected, both.get(name)[0], otherSize, 1e-12);
                for (int p = 0; order <= ORDER_WITH_TWO_VMAPS && p < 2; p++) {
                    double factor = p == 0 ? 1 : 1 << order;
                    double mappedTwice = both.get("directions " + name)[p];
                    TALLY.check(
                            kind + ", vmap of vmap", where, factor * expected, mappedTwice, factor * otherSize, 1e-12);
                }
            }
        }
    }

    /** Words with a vmap over two points in every place: the weighted sum of the plain words at the two. */
    private static Map<String, Node> mapped(Setting setting, Words words, Node pair, int orderWithVmap) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        double[] first = setting.inputs.get(setting.x);
        double[] points = new double[2 * first.length];
        System.arraycopy(first, 0, points, 0, first.length);
        System.arraycopy(setting.otherPoint, 0, points, first.length, first.length);
        Node stack = setting.graph.input("stack", setting.x.shape().stacked(2));
        setting.inputs.put(stack, points);
        Node weights = setting.graph.constant(Shape.of(2, 1, 1), WEIGHTS);
        Map<String, Words> outer = new HashMap<>();
        for (String word : Words.upTo(orderWithVmap)) {
            for (int split = 0; split <= word.length(); split++) {
                Words outside = outer.computeIfAbsent(word.substring(0, split), inside -> {
                    Node values = Vmap.map(words.apply(inside), setting.x, stack);
                    return new Words(Ops.dot(weights, values), stack, Stacks.tile(setting.v, 2));
                });
                String name = word.substring(0, split) + "V" + word.substring(split);
                Node node = outside.apply(word.substring(split));
                nodes.put(name, node);
                if (Words.order(word) <= ORDER_WITH_TWO_VMAPS) {
                    nodes.put("directions " + name, Vmap.map(node, setting.v, pair));
                }
            }
        }
        return nodes;
    }

    private static Map<String, double[]> run(Map<String, Node> nodes, Setting setting, Map<Node, double[]> inputs) {
        List<Node> list = setting.inputList();
        Program program = Program.compile(list, new ArrayList<>(nodes.values()));
        double[][] in = list.stream().map(inputs::get).toArray(double[][]::new);
        Map<String, double[]> results = new HashMap<>();
        nodes.forEach((name, node) -> results.put(name, new double[node.shape().size()]));
        double[][] out = nodes.keySet().stream().map(results::get).toArray(double[][]::new);
        program.run(program.newWorkspace(), in, out);
        return results;
    }

    /** ⟨∇s, v⟩ by central differences, extrapolated twice. */
    private static double difference(Node s, Setting setting) {
        double coarse = central(s, setting, 4e-3);
        double middle = central(s, setting, 2e-3);
        double fine = central(s, setting, 1e-3);
        double once = (4 * middle - coarse) / 3;
        double twice = (4 * fine - middle) / 3;
        return (16 * twice - once) / 15;
    }

    private static double central(Node s, Setting setting, double h) {
        return (shifted(s, setting, h) - shifted(s, setting, -h)) / (2 * h);
    }

    private static double shifted(Node s, Setting setting, double h) {
        double[] moved = setting.inputs.get(setting.x).clone();
        double[] v = setting.inputs.get(setting.v);
        for (int i = 0; i < moved.length; i++) {
            moved[i] += h * v[i];
        }
        Map<Node, double[]> inputs = new HashMap<>(setting.inputs);
        inputs.put(setting.x, moved);
        return new Interpreter().evaluate(s, inputs)[0];
    }

    /** ⟨w, J v⟩ = ⟨Jᵀ w, v⟩ for f, and for its gradient. */
    private static void duality(Setting setting) {
        Node gradient = Reverse.gradient(setting.s, setting.x);
        Node u = setting.gaussian("u", setting.x.shape());
        dual(setting, "duality of f", setting.f, setting.c);
        dual(setting, "duality of the gradient", gradient, u);
        dual(setting, "duality of a Hessian-vector product", Forward.jvp(gradient, setting.x, u), u);
    }

    private static void dual(Setting setting, String kind, Node f, Node w) {
        Node pushed = Forward.jvp(f, setting.x, setting.v);
        Node pulled = Reverse.vjp(f, w, List.of(setting.x)).get(0);
        Node size = Ops.dot(Ops.abs(w), Ops.abs(pushed));
        Map<String, Node> nodes = new LinkedHashMap<>();
        nodes.put("left", Ops.dot(w, pushed));
        nodes.put("right", Ops.dot(pulled, setting.v));
        nodes.put("size", Ops.add(size, Ops.dot(Ops.abs(pulled), Ops.abs(setting.v))));
        Map<String, double[]> found = run(nodes, setting, setting.inputs);
        double scale = Math.max(found.get("size")[0], 1e-300);
        TALLY.check(kind, setting + "", found.get("left")[0], found.get("right")[0], scale, 1e-13);
    }
}
