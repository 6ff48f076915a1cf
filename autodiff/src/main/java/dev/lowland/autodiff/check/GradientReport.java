package dev.lowland.autodiff.check;

import dev.lowland.core.check.Checks;
import java.util.List;
import java.util.Locale;

/**
 * What a {@link GradientCheck} found.
 *
 * @param variable the label of the variable
 * @param checks how many derivatives were compared
 * @param worstError the largest relative error among them
 * @param faults those beyond the tolerance, in the order they were found
 */
public record GradientReport(String variable, int checks, double worstError, List<Fault> faults) {

    /**
     * One derivative that differs from differences.
     *
     * @param order 1 for the first derivative
     * @param mode the transform it came from: reverse, forward or jet2
     * @param index the entry of the variable, row-major; −1 for a derivative along a random direction
     * @param derivative the value by the transform
     * @param difference the value by differences
     * @param error |derivative − difference| relative to the largest derivative of that order
     * @param op the first op on the way whose own rule differs from differences, or words that say there is none
     */
    public record Fault(
            int order, String mode, int index, double derivative, double difference, double error, String op) {
        /** Refuses null. */
        public Fault {
            Checks.notNull("gradient report", "mode", mode);
            Checks.notNull("gradient report", "op", op);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "order %d by %s, %s: %.16g, by differences %.16g, relative error %.1e; came through %s",
                    order,
                    mode,
                    index < 0 ? "along a random direction" : "entry " + index,
                    derivative,
                    difference,
                    error,
                    op);
        }
    }

    /** Keeps its own list. */
    public GradientReport {
        Checks.notNull("gradient report", "variable", variable);
        Checks.noNulls("gradient report", "faults", faults);
        faults = List.copyOf(faults);
    }

    /**
     * Whether every derivative agrees.
     *
     * @return true if there is no fault
     */
    public boolean passed() {
        return faults.isEmpty();
    }

    /** The whole report, one line for each of the first ten faults. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "gradient check for %s: %d derivatives compared, %d differ, largest relative error %.1e",
                variable,
                checks,
                faults.size(),
                worstError));
        faults.stream().limit(10).forEach(fault -> text.append("\n  ").append(fault));
        return text.toString();
    }
}
