package dev.lowland.jmh.results;

import java.util.List;

/**
 * What is measured right after one another, because it is compared.
 *
 * @param sources in this order
 * @param everyRound whether in every round, or in the first only
 */
record Group(List<Source> sources, boolean everyRound) {

    Group {
        sources = List.copyOf(sources);
    }
}
