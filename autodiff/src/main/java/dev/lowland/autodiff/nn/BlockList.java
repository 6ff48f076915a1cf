package dev.lowland.autodiff.nn;

import dev.lowland.core.check.Checks;
import java.util.ArrayList;
import java.util.List;

/** Collects the blocks of a model, one after the other from 0. */
final class BlockList {
    private final String model;
    private final List<ParameterBlock> blocks = new ArrayList<>();
    private int end;

    BlockList(String model) {
        this.model = model;
    }

    /** The next block; refused where θ would become longer than an array can be. */
    BlockList add(String name, List<ParameterMatrix> matrices) {
        long length = matrices.stream().mapToLong(ParameterMatrix::length).sum();
        Checks.atMost(model, "number of parameters", end + length, ModelRules.LARGEST);
        blocks.add(new ParameterBlock(name, end, matrices));
        end += (int) length;
        return this;
    }

    BlockList add(String name, ParameterMatrix... matrices) {
        return add(name, List.of(matrices));
    }

    int size() {
        return blocks.size();
    }

    List<ParameterBlock> blocks() {
        return List.copyOf(blocks);
    }
}
