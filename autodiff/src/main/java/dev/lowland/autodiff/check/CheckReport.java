package dev.lowland.autodiff.check;

import dev.lowland.core.check.Checks;
import java.util.List;

/**
 * What a check of something that a user has made found.
 *
 * @param subject what was checked, for example {@code model mlp}
 * @param faults what is not as it must be, in the order it was found
 */
public record CheckReport(String subject, List<Fault> faults) {

    /**
     * One thing that is not as it must be: {@code part is found, must be rule}.
     *
     * @param part what of the subject
     * @param found what it is
     * @param rule what it must be
     */
    public record Fault(String part, String found, String rule) {
        /** Refuses null. */
        public Fault {
            Checks.notNull("fault", "part", part);
            Checks.notNull("fault", "found", found);
            Checks.notNull("fault", "rule", rule);
        }

        @Override
        public String toString() {
            return part + " is " + found + ", must be " + rule;
        }
    }

    /** Keeps its own list. */
    public CheckReport {
        Checks.notNull("check report", "subject", subject);
        Checks.noNulls("check report", "faults", faults);
        faults = List.copyOf(faults);
    }

    /**
     * Whether all is as it must be.
     *
     * @return true if there is no fault
     */
    public boolean passed() {
        return faults.isEmpty();
    }

    /**
     * Refuses the subject if there is a fault.
     *
     * @param operation what the caller was asked to do
     * @throws IllegalArgumentException that tells the first fault
     */
    public void require(String operation) {
        Checks.notNull("require", "operation", operation);
        if (!faults.isEmpty()) {
            Fault first = faults.get(0);
            throw Checks.error(operation, first.part(), first.found(), first.rule());
        }
    }

    /** The whole report, a line for each fault. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("check of " + subject + ": ");
        text.append(faults.isEmpty() ? "nothing wrong" : faults.size() + " wrong");
        faults.forEach(fault -> text.append("\n  ").append(fault));
        return text.toString();
    }
}
