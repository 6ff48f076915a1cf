package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Primitive;
import dev.lowland.autodiff.lowering.Computation;
import dev.lowland.autodiff.lowering.FixedPart;
import dev.lowland.core.fixed.FixedPair;
import dev.lowland.core.kernel.contract.KernelSet;
import java.util.Optional;

/**
 * x + y, x − y or x ∘ y where one operand is a {@link Repeat}, or where operands begin inside their arrays: the values
 * are read from where they are, and never copied. A bias is added so. The sums and products are those of the ops in
 * turn, so the bits are the same.
 *
 * @param kind which of the three
 * @param view the view of the repeat
 * @param repeatedLeft whether the left operand is the repeated one
 */
record Stretched(Kind kind, View view, boolean repeatedLeft) implements Computation {

    /** The ops of two operands that work entry by entry. */
    enum Kind {
        ADD,
        SUBTRACT,
        MULTIPLY
    }

    /** The computation for a repeated operand, empty if it is no repeat. */
    static Optional<Computation> of(Kind kind, int operand, Primitive producer) {
        return producer instanceof Repeat repeat
                ? Optional.of(new Stretched(kind, repeat.view(), operand == 0))
                : Optional.empty();
    }

    /** Whether something begins inside its array, where the kernels, which take whole arrays, do not reach. */
    static boolean needed(Layout layout) {
        return layout.offset(0) != 0 || layout.offset(1) != 0 || layout.resultOffset() != 0;
    }

    /** The op itself, entry by entry, on operands that begin anywhere. */
    static Evaluator entries(Kind kind, Layout layout) {
        return new Stretched(kind, new View(1, 1, layout.result().size()), false).evaluator(layout);
    }

    /** The op itself, entry by entry, as a loop of fixed sizes. */
    static Optional<FixedPart> fixedEntries(Kind kind, Layout layout) {
        return new Stretched(kind, new View(1, 1, layout.result().size()), false).fixed(layout);
    }

    @Override
    public Optional<FixedPart> fixed(Layout layout) {
        int whole = repeatedLeft ? 1 : 0;
        FixedPair.Kind pair = switch (kind) {
            case ADD -> FixedPair.Kind.ADD;
            case MULTIPLY -> FixedPair.Kind.MULTIPLY;
            case SUBTRACT -> repeatedLeft ? FixedPair.Kind.SUBTRACT_FROM : FixedPair.Kind.SUBTRACT;
        };
        return Optional.of(FixedPart.of(new FixedPair(
                pair,
                whole == 0,
                view.outer(),
                view.n(),
                view.inner(),
                layout.offset(whole),
                layout.offset(1 - whole),
                layout.resultOffset())));
    }

    @Override
    public String name() {
        return kind.name().toLowerCase(java.util.Locale.ROOT) + " repeated(" + view + ")";
    }

    @Override
    public boolean inPlace() {
        return true;
    }

    @Override
    public boolean heedsOffsets() {
        return true;
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        int whole = repeatedLeft ? 1 : 0;
        int start = layout.offset(whole);
        int repeatedStart = layout.offset(1 - whole);
        int resultStart = layout.resultOffset();
        int outer = view.outer();
        int n = view.n();
        int inner = view.inner() * layout.lanes();
        KernelSet kernels = layout.kernels();
        return switch (kind) {
            case ADD ->
                (buffers, operands, result) -> kernels.addRepeated(
                        outer,
                        n,
                        inner,
                        buffers[operands[whole]],
                        start,
                        buffers[operands[1 - whole]],
                        repeatedStart,
                        buffers[result],
                        resultStart);
            case MULTIPLY ->
                (buffers, operands, result) -> kernels.multiplyRepeated(
                        outer,
                        n,
                        inner,
                        buffers[operands[whole]],
                        start,
                        buffers[operands[1 - whole]],
                        repeatedStart,
                        buffers[result],
                        resultStart);
            case SUBTRACT ->
                repeatedLeft
                        ? (buffers, operands, result) -> kernels.subtractFromRepeated(
                                outer,
                                n,
                                inner,
                                buffers[operands[whole]],
                                start,
                                buffers[operands[1 - whole]],
                                repeatedStart,
                                buffers[result],
                                resultStart)
                        : (buffers, operands, result) -> kernels.subtractRepeated(
                                outer,
                                n,
                                inner,
                                buffers[operands[whole]],
                                start,
                                buffers[operands[1 - whole]],
                                repeatedStart,
                                buffers[result],
                                resultStart);
        };
    }
}
