package dev.lowland.autodiff.lowering;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.core.check.Checks;
import dev.lowland.core.fixed.FixedLoop;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation as a loop of fixed sizes, which a program may write down as bytecode.
 *
 * @param loop reads the operands, in their order, and writes the value
 * @param then what is done to the value afterwards, given the same buffers; null for nothing
 */
public record FixedPart(FixedLoop loop, @Nullable Evaluator then) {

    /** There is a loop. */
    public FixedPart {
        Checks.notNull("fixed part", "loop", loop);
    }

    /**
     * The loop and nothing else.
     *
     * @param loop all there is to do
     * @return the part
     */
    public static FixedPart of(FixedLoop loop) {
        return new FixedPart(loop, null);
    }
}
