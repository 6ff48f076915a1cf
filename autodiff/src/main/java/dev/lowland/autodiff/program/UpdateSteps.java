package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.lowering.FixedPart;
import dev.lowland.autodiff.lowering.Lowering;
import dev.lowland.core.fixed.FixedLoop;
import dev.lowland.core.fixed.FixedScale;
import dev.lowland.core.kernel.contract.KernelSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The steps that change an input in place, after everything that reads it: one a part of an {@link Update}. */
final class UpdateSteps {
    private final KernelSet kernels;
    private final int lanes;
    private final Steps steps;

    UpdateSteps(KernelSet kernels, int lanes, Steps steps) {
        this.kernels = kernels;
        this.lanes = lanes;
        this.steps = steps;
    }

    /** Adds the steps; operands that lie in the input itself are copied first. */
    void add(Update update, Function<Node, Storage> storage) {
        Storage target = storage.apply(update.theta());
        List<List<Storage>> operands = new ArrayList<>();
        for (Update.Part part : update.parts()) {
            List<Storage> storages = new ArrayList<>();
            for (Node node : part.operands()) {
                Storage given = storage.apply(node);
                storages.add(given.whole == target ? steps.copy(given) : given);
            }
            if (part.product() == null) {
                storages.replaceAll(steps::laned);
            }
            operands.add(storages);
        }
        for (int p = 0; p < operands.size(); p++) {
            steps.add(step(update, update.parts().get(p), operands.get(p), target));
        }
    }

    private Step step(Update update, Update.Part part, List<Storage> operands, Storage target) {
        int start = Storage.size(part.start(), lanes, "what lies before a part of an update");
        int size = Storage.size(part.shape().size(), lanes, "a part of an update");
        Lowering product = part.product();
        Evaluator evaluator;
        FixedLoop fixed;
        if (product == null) {
            double factor = update.factor();
            int from = operands.get(0).offset;
            evaluator = (buffers, slots, result) ->
                    kernels.axpy(size, factor, buffers[slots[0]], from, buffers[result], start);
            fixed = new FixedScale(true, size, factor, from, start);
        } else {
            List<Shape> shapes = part.operands().stream().map(Node::shape).toList();
            List<Boolean> flags = operands.stream().map(s -> s.shared).toList();
            List<Integer> offsets = operands.stream().map(s -> s.offset).toList();
            Layout layout = new Layout(kernels, shapes, part.shape(), lanes, flags, offsets, start);
            evaluator = product.accumulator().orElseThrow().apply(layout);
            fixed = product.fixedAccumulator(layout).orElse(null);
        }
        String operation = product == null ? "scale(" + update.factor() + ")" : product.name();
        List<String> labels = part.operands().stream().map(Node::label).toList();
        String where = part.shape() + " at " + part.start() + (lanes == 1 ? "" : " × " + lanes + " lanes");
        return new Step(
                evaluator,
                operands,
                target,
                null,
                false,
                lanes > 1 || fixed == null ? null : FixedPart.of(fixed),
                new StepText(update.theta().label() + " +", operation, labels, where));
    }
}
