package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Evaluable;
import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Primitive;
import org.jspecify.annotations.Nullable;

/**
 * x + y, x − y or x ∘ y where one operand is a {@link Repeat}: the repeated value is read from where it is, and never copied. A bias is
 * added so. The sums and products are those of the ops in turn, so the bits are the same.
 *
 * @param kind which of the three
 * @param view the view of the repeat
 * @param repeatedLeft whether the left operand is the repeated one
 */
record Stretched(Kind kind, View view, boolean repeatedLeft) implements Evaluable {

    /** The ops of two operands that work entry by entry. */
    enum Kind {
        ADD,
        SUBTRACT,
        MULTIPLY
    }

    /** The computation for a repeated operand, null if it is no repeat. */
    static @Nullable Stretched of(Kind kind, int operand, Primitive producer) {
        return producer instanceof Repeat repeat ? new Stretched(kind, repeat.view(), operand == 0) : null;
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
    public Evaluator evaluator(Layout layout) {
        int whole = repeatedLeft ? 1 : 0;
        int inner = view.inner() * layout.lanes();
        return switch (kind) {
            case ADD ->
                (buffers, operands, result) ->
                        add(inner, buffers[operands[whole]], buffers[operands[1 - whole]], buffers[result]);
            case MULTIPLY ->
                (buffers, operands, result) ->
                        multiply(inner, buffers[operands[whole]], buffers[operands[1 - whole]], buffers[result]);
            case SUBTRACT ->
                repeatedLeft
                        ? (buffers, operands, result) ->
                                subtractFrom(inner, buffers[operands[1]], buffers[operands[0]], buffers[result])
                        : (buffers, operands, result) ->
                                subtract(inner, buffers[operands[0]], buffers[operands[1]], buffers[result]);
        };
    }

    private void add(int inner, double[] x, double[] repeated, double[] out) {
        for (int o = 0, at = 0; o < view.outer(); o++) {
            for (int k = 0; k < view.n(); k++, at += inner) {
                for (int i = 0; i < inner; i++) {
                    out[at + i] = x[at + i] + repeated[o * inner + i];
                }
            }
        }
    }

    private void multiply(int inner, double[] x, double[] repeated, double[] out) {
        for (int o = 0, at = 0; o < view.outer(); o++) {
            for (int k = 0; k < view.n(); k++, at += inner) {
                for (int i = 0; i < inner; i++) {
                    out[at + i] = x[at + i] * repeated[o * inner + i];
                }
            }
        }
    }

    private void subtract(int inner, double[] x, double[] repeated, double[] out) {
        for (int o = 0, at = 0; o < view.outer(); o++) {
            for (int k = 0; k < view.n(); k++, at += inner) {
                for (int i = 0; i < inner; i++) {
                    out[at + i] = x[at + i] - repeated[o * inner + i];
                }
            }
        }
    }

    private void subtractFrom(int inner, double[] x, double[] repeated, double[] out) {
        for (int o = 0, at = 0; o < view.outer(); o++) {
            for (int k = 0; k < view.n(); k++, at += inner) {
                for (int i = 0; i < inner; i++) {
                    out[at + i] = repeated[o * inner + i] - x[at + i];
                }
            }
        }
    }
}
