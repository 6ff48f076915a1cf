package dev.lowland.core.linalg.krylov;

import java.util.Comparator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Orders of indices. */
final class Ordering {
    private Ordering() {}

    /** The indices 0..n−1, the one of largest rank first; equal ranks stay in the order of the indices. */
    static int[] descending(int n, IntToDoubleFunction rank) {
        return IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -rank.applyAsDouble(i)))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
