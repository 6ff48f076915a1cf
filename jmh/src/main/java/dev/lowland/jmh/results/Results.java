package dev.lowland.jmh.results;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All that the page and the file are made of.
 *
 * @param facts machine and versions
 * @param measured every number
 * @param plan knows what the work needs at least
 * @param roofline of this run, empty if it was not measured
 * @param notes what could not be measured and why
 * @param quick whether the numbers mean nothing
 */
record Results(
        Map<String, String> facts,
        Measurements measured,
        Plan plan,
        Optional<Roofline> roofline,
        List<String> notes,
        boolean quick) {

    /** The least time of a measurement over its time, in percent. */
    OptionalDouble percentOfLimit(String name) {
        OptionalDouble time = measured.median(name);
        if (time.isEmpty() || roofline.isEmpty()) {
            return OptionalDouble.empty();
        }
        OptionalDouble limit = roofline.get().limit(plan.work(name));
        return limit.isEmpty() ? limit : OptionalDouble.of(100 * limit.getAsDouble() / time.getAsDouble());
    }
}
