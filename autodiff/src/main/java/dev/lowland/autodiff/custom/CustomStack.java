package dev.lowland.autodiff.custom;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Stacks;
import dev.lowland.autodiff.transform.Vmap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A custom op, or a stack of one, for several problems at once. The value comes stacked; the reverse rule is that of
 * one problem, mapped over the stack.
 *
 * @param inner the op of one problem
 * @param count number of problems
 * @param batched which operands are stacks, the value last and always
 */
record CustomStack(ValueLast inner, int count, List<Boolean> batched) implements ValueLast {

    /** Keeps its own list. */
    CustomStack {
        batched = List.copyOf(batched);
    }

    /** The stack of values of an op whose operands are stacks or shared. */
    static Node apply(ValueLast op, int count, Node[] operands, boolean[] batched) {
        int last = op.arity();
        Node[] all = operands.clone();
        List<Boolean> flags = new ArrayList<>();
        boolean any = false;
        for (int i = 0; i < last; i++) {
            flags.add(batched[i]);
            any |= batched[i];
        }
        flags.add(true);
        if (count == 1 || !any) {
            return operands[last].graph().apply(op, all);
        }
        if (!batched[last]) {
            all[last] = Stacks.tile(all[last], count);
        }
        return all[last].graph().apply(new CustomStack(op, count, flags), all);
    }

    @Override
    public String name() {
        return inner.name() + "×" + count;
    }

    @Override
    public int arity() {
        return inner.arity();
    }

    @Override
    public Node batched(int problems, Node[] operands, boolean[] stacked) {
        return apply(this, problems, operands, stacked);
    }

    @Override
    public @Nullable Node pull(Node node, int operand, Node cotangent) {
        Graph graph = node.graph();
        Node[] points = node.operands();
        List<Node> variables = new ArrayList<>();
        List<Node> stacks = new ArrayList<>();
        for (int i = 0; i < points.length; i++) {
            if (batched.get(i)) {
                stacks.add(points[i]);
                points[i] = graph.input(points[i].label(), single(points[i].shape()));
                variables.add(points[i]);
            }
        }
        Node one = graph.input(cotangent.label(), single(cotangent.shape()));
        variables.add(one);
        stacks.add(cotangent);
        Node pulled = inner.pull(graph.apply(inner, points), operand, one);
        if (pulled == null) {
            return null;
        }
        Node mapped = Vmap.map(pulled, variables, stacks);
        return batched.get(operand) ? mapped : Stacks.sumStack(mapped, count);
    }

    private Shape single(Shape shape) {
        return Shape.of(shape.groups() / count, shape.rows(), shape.columns());
    }
}
