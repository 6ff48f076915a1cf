package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.core.kernel.contract.KernelSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The operands of a step: where they are, and what that makes of its value. */
final class Operands {
    private final List<Node> nodes;
    private final List<Storage> storages = new ArrayList<>();
    /** Whether all lanes share all of them, and so the value. */
    final boolean shared;
    /** Whether one of them changes with the late inputs, and so the value. */
    final boolean late;

    /** The operands where they lie; {@code many} tells whether there is more than one lane. */
    Operands(List<Node> nodes, Function<Node, Storage> storage, boolean many) {
        this.nodes = nodes;
        boolean allShared = many;
        boolean anyLate = false;
        for (Node node : nodes) {
            Storage given = storage.apply(node);
            storages.add(given);
            allShared &= given.shared;
            anyLate |= given.late;
        }
        this.shared = allShared;
        this.late = anyLate;
    }

    /** Takes another form of each operand. */
    void replace(UnaryOperator<Storage> form) {
        storages.replaceAll(form);
    }

    /** Where they are now. */
    List<Storage> storages() {
        return storages;
    }

    /** One constant more, zeros that a folding may write to. */
    Storage more(int size, boolean many) {
        Storage storage = Storage.constant(new double[size], many);
        storages.add(storage);
        return storage;
    }

    /** What an evaluator has to know of them. */
    Layout layout(KernelSet kernels, Shape value, int width, int resultOffset) {
        List<Shape> shapes = nodes.stream().map(Node::shape).toList();
        List<Boolean> flags = storages.stream().map(s -> !shared && s.shared).toList();
        List<Integer> offsets = storages.stream().map(s -> s.offset).toList();
        return new Layout(kernels, shapes, value, width, flags, offsets, resultOffset);
    }
}
