package dev.lowland.jmh.results;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Something that can be measured, again in every round. */
interface Source {

    /** What is measured, for the progress line. */
    String label();

    /** The names under which it keeps numbers, if not its label alone. */
    default List<String> names() {
        return List.of(label());
    }

    /**
     * Measures once.
     *
     * @return name to nanoseconds (or bytes, for a name that ends in {@link Measurements#BYTES})
     * @throws IOException with one line that says why this cannot be measured here
     */
    Map<String, Double> measure() throws IOException, InterruptedException;
}
