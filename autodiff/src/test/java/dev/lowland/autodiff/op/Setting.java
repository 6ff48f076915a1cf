package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A case as a graph with values: f(x) where x is one operand, or all of them packed in one vector, with a direction v,
 * a cotangent c, and a second point.
 */
final class Setting {
    final OpCase source;
    final Graph graph = new Graph();
    final Map<Node, double[]> inputs = new HashMap<>();
    final Node x;
    final Node v;
    final Node c;
    final Node f;
    /** s = ⟨c, f(x)⟩. */
    final Node s;
    /** Another value of x. */
    final double[] otherPoint;

    private final Random random;
    private final String name;

    /** Which operand is the variable; −1 for all. */
    Setting(OpCase source, int variable, long seed) {
        this.source = source;
        this.random = new Random(seed);
        this.name = named(source, variable);
        int count = source.operands().size();
        Node[] operands = new Node[count];
        if (variable >= 0) {
            for (int i = 0; i < count; i++) {
                operands[i] = operand(i);
            }
            x = operands[variable];
            otherPoint = draw(source.operands().get(variable));
        } else {
            x = packed(operands);
            otherPoint = pack(drawAll());
        }
        f = source.build().apply(operands);
        v = gaussian("v", x.shape());
        c = gaussian("c", f.shape());
        s = Ops.dot(c, f);
    }

    /**
     * A setting to be made by the test that uses it, so that what fails while it is built fails there.
     *
     * @param source the case
     * @param variable which operand is the variable; −1 for all
     * @param seed of the values
     */
    record Plan(OpCase source, int variable, long seed) {

        /** Builds the graph. */
        Setting make() {
            return new Setting(source, variable, seed);
        }

        @Override
        public String toString() {
            return named(source, variable);
        }
    }

    private static String named(OpCase source, int variable) {
        return source + (variable < 0 ? ", in all operands" : ", in operand " + variable);
    }

    /** Every case in every variable that is not a control, and in all of them where there are several. */
    static List<Plan> all(List<OpCase> cases, long seed) {
        List<Plan> plans = new ArrayList<>();
        for (OpCase source : cases) {
            int free = 0;
            for (int i = 0; i < source.operands().size(); i++) {
                if (!source.operands().get(i).control()) {
                    plans.add(new Plan(source, i, seed + i));
                    free++;
                }
            }
            if (free > 1) {
                plans.add(new Plan(source, -1, seed - 1));
            }
        }
        return plans;
    }

    /** A new input with standard normal entries. */
    Node gaussian(String label, Shape shape) {
        Node node = graph.input(label, shape);
        inputs.put(
                node,
                random.doubles(shape.size()).map(u -> random.nextGaussian()).toArray());
        return node;
    }

    /** All inputs, in a fixed order. */
    List<Node> inputList() {
        return inputs.keySet().stream()
                .sorted((a, b) -> Integer.compare(a.id(), b.id()))
                .collect(Collectors.toList());
    }

    private double[] draw(OpCase.Operand operand) {
        return operand.domain().draw(random, operand.shape().size());
    }

    private Node operand(int i) {
        OpCase.Operand operand = source.operands().get(i);
        Node node = graph.input("x" + i, operand.shape());
        inputs.put(node, draw(operand));
        return node;
    }

    private List<double[]> drawAll() {
        return source.operands().stream()
                .filter(operand -> !operand.control())
                .map(this::draw)
                .collect(Collectors.toList());
    }

    private static double[] pack(List<double[]> parts) {
        return parts.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
    }

    private Node packed(Node[] operands) {
        double[] values = pack(drawAll());
        Node all = graph.input("packed", Shape.of(values.length, 1));
        inputs.put(all, values);
        int start = 0;
        for (int i = 0; i < operands.length; i++) {
            OpCase.Operand operand = source.operands().get(i);
            if (operand.control()) {
                operands[i] = operand(i);
            } else {
                int size = operand.shape().size();
                operands[i] = Ops.reshape(Ops.sliceRows(all, start, size), operand.shape());
                start += size;
            }
        }
        return all;
    }

    @Override
    public String toString() {
        return name;
    }
}
