package dev.lowland.autodiff.nn;

import dev.lowland.core.check.Checks;
import java.util.ArrayList;
import java.util.List;

/** Collects the blocks of a model, one after the other from 0. */
final class BlockList {
    /** Sums stop here, far beyond what is allowed, so that none overflows. */
    private static final long ENOUGH = 1L << 60;

    private final String model;
    private final List<String> names = new ArrayList<>();
    private final List<List<ParameterMatrix>> contents = new ArrayList<>();
    private long parameters;

    BlockList(String model) {
        this.model = model;
    }

    BlockList add(String name, List<ParameterMatrix> matrices) {
        names.add(name);
        contents.add(matrices);
        for (ParameterMatrix matrix : matrices) {
            parameters = Math.min(parameters + (long) matrix.rows() * matrix.columns(), ENOUGH);
        }
        return this;
    }

    BlockList add(String name, ParameterMatrix... matrices) {
        return add(name, List.of(matrices));
    }

    int size() {
        return names.size();
    }

    /** The blocks; refused where θ would be longer than an array can be. */
    List<ParameterBlock> blocks() {
        Checks.atMost(model, "number of parameters", parameters, ModelRules.LARGEST);
        List<ParameterBlock> blocks = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < names.size(); i++) {
            ParameterBlock block = new ParameterBlock(names.get(i), start, contents.get(i));
            blocks.add(block);
            start = block.end();
        }
        return List.copyOf(blocks);
    }
}
