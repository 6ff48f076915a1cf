package dev.lowland.autodiff.lowering;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import java.util.Optional;

/** What a program asks of a computation, whoever made it. */
public interface Computation {

    /**
     * The name by which listings call it.
     *
     * @return a short word, with its fixed numbers where it has any
     */
    String name();

    /**
     * Prepares the evaluation for given shapes.
     *
     * @param layout shapes, lanes and kernels
     * @return an evaluator that allocates nothing when run, and that threads may share
     */
    Evaluator evaluator(Layout layout);

    /**
     * The evaluation of one lane as a loop of fixed sizes, with the bits of {@link #evaluator}: for small models, in
     * which the sizes cost more than the work.
     *
     * @param layout shapes, offsets and kernels; of one lane
     * @return the loop, if there is one
     */
    default Optional<FixedPart> fixed(Layout layout) {
        return Optional.empty();
    }

    /**
     * Whether the result may be written over an operand of the same size.
     *
     * @return true for entry-by-entry ops
     */
    default boolean inPlace() {
        return false;
    }

    /**
     * Whether the evaluator reads operands that begin somewhere inside their arrays. Where it does not, such operands
     * are copied first.
     *
     * @return true if {@link Layout#offset(int)} is heeded
     */
    default boolean heedsOffsets() {
        return false;
    }

    /**
     * Whether the evaluator writes a value that begins somewhere inside its array. Where it does not, the value is
     * copied there.
     *
     * @return true if {@link Layout#resultOffset()} is heeded
     */
    default boolean heedsResultOffset() {
        return heedsOffsets();
    }

    /**
     * Whether the evaluator copes with operands of which some have lanes and some are shared by all lanes. Where it
     * does not, the shared ones are spread first.
     *
     * @return true if {@link Layout#shared(int)} is heeded
     */
    default boolean mixesLanes() {
        return false;
    }
}
