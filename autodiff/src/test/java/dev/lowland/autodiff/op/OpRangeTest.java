package dev.lowland.autodiff.op;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Op;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Jet2;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every function of one number over all numbers at which it is one, from denormal ones over saturation to the largest,
 * with both twins: its value and its derivatives to order 3, in every nesting of forward, reverse and 2-jet, against
 * decimal arithmetic with sixty digits and more. Errors are counted in units of the last place of the exact number,
 * wherever it stands and however small it is; only between two numbers a quarter apart on which a derivative has two
 * signs, which is next to a zero of it, in those of the larger of the derivatives there.
 */
@Tag("slow")
class OpRangeTest {
    private static final double[] ALLOWED = {4, 16, 16, 64};

    static Stream<OpCase> functions() {
        return OpCatalogue.all().stream().filter(each -> each.exact().isPresent());
    }

    /** Both signs of numbers spread evenly in their logarithms: denormal, small, ordinary, and huge ones. */
    private static double[] points() {
        double[][] stretches = {{-323, -300, 5}, {-300, -3, 8}, {-3, 1, 32}, {1, 2.95, 30}, {2.95, 308, 10}};
        List<Double> points = new ArrayList<>();
        for (double[] stretch : stretches) {
            for (int i = 0; i < stretch[2]; i++) {
                double turn = (i + 1) * 0.6180339887498949;
                double x = Math.pow(10, stretch[0] + (stretch[1] - stretch[0]) * (turn - Math.floor(turn)));
                points.add(x);
                points.add(-x);
            }
        }
        for (double x : new double[] {Double.MIN_VALUE, Double.MIN_NORMAL, 0.549, 1, 4.25, 1e160, Double.MAX_VALUE}) {
            points.add(x);
            points.add(-x);
        }
        return points.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static Optional<Series> exact(UnaryOperator<Series> function, double x) {
        try {
            return Optional.of(function.apply(Series.at(x)));
        } catch (ArithmeticException outside) {
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void hasItsDigitsEverywhere(OpCase function) {
        UnaryOperator<Series> definition = function.exact().orElseThrow();
        List<Double> inside = new ArrayList<>();
        List<Series> exact = new ArrayList<>();
        for (double x : points()) {
            exact(definition, x).ifPresent(series -> {
                inside.add(x);
                exact.add(series);
            });
        }
        assertTrue(inside.size() > 80, function + " has " + inside.size() + " points only");
        double[] x = inside.stream().mapToDouble(Double::doubleValue).toArray();
        List<KernelSet> twins = new ArrayList<>(List.of(Kernels.scalar()));
        Kernels.vector().ifPresent(twins::add);
        for (KernelSet twin : twins) {
            values(function, x, twin).forEach((word, found) -> {
                int order = word.chars().map(c -> c == 'J' ? 2 : 1).sum();
                for (int i = 0; i < x.length; i++) {
                    check(function, word, order, x[i], exact.get(i).derivative(order), found[i]);
                }
            });
        }
    }

    private static void check(OpCase function, String word, int order, double x, BigDecimal exact, double found) {
        double rounded = exact.doubleValue();
        double ulps = Decimals.ulps(found, exact, rounded);
        if (ulps <= ALLOWED[order]) {
            return;
        }
        String what = function + (order == 0 ? "" : ", " + word) + ", at " + x + ": " + found + " for " + rounded
                + ", off by " + ulps + " ulp";
        UnaryOperator<Series> definition = function.exact().orElseThrow();
        BigDecimal below = definition.apply(Series.at(x * 0.8)).derivative(order);
        BigDecimal above = definition.apply(Series.at(x * 1.25)).derivative(order);
        assertTrue(below.signum() * above.signum() < 0, what);
        double near = below.abs().max(above.abs()).doubleValue();
        assertTrue(Decimals.ulps(found, exact, near) <= ALLOWED[order], what + ", also next to its zero");
    }

    /** The value, and each derivative in each way, by a program of one of the twins. */
    private static Map<String, double[]> values(OpCase function, double[] x, KernelSet kernels) {
        Graph graph = new Graph();
        Node input = graph.input("x", Shape.of(1, x.length));
        Map<String, Node> nodes = new TreeMap<>();
        nodes.put("", function.build().apply(new Node[] {input}));
        for (String word : List.of("F", "R", "J", "FF", "FR", "RF", "RR", "JF", "JR", "FFF", "RRR", "FRR")) {
            Node before = nodes.get(word.substring(0, word.length() - 1));
            nodes.put(word, derivative(word.charAt(word.length() - 1), before, input));
        }
        Program program = Program.compile(kernels, List.of(input), new ArrayList<>(nodes.values()));
        double[][] out = new double[nodes.size()][x.length];
        program.run(program.newWorkspace(), new double[][] {x}, out);
        Map<String, double[]> found = new TreeMap<>();
        int i = 0;
        for (String word : nodes.keySet()) {
            found.put(word, out[i++]);
        }
        return found;
    }

    private static Node derivative(char mode, Node f, Node x) {
        return switch (mode) {
            case 'F' -> Forward.jvp(f, x, Ops.ones(x));
            case 'R' -> Reverse.gradient(Ops.sum(f), x);
            default -> Jet2.collapsed(f, x, Ops.ones(x));
        };
    }

    @Test
    void everyElementaryFunctionHasAnExactOne() {
        EnumSet<Elementary> missing = EnumSet.allOf(Elementary.class);
        functions().forEach(function -> {
            Node x = new Graph().input("x", Shape.of(1, 1));
            Op op = function.build().apply(new Node[] {x}).op();
            if (op instanceof Elementary elementary) {
                missing.remove(elementary);
            }
        });
        assertTrue(missing.isEmpty(), "without an exact value: " + missing);
        assertFalse(functions().noneMatch(function -> function.method().contains("gelu")));
    }
}
