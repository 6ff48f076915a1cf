package dev.lowland.optim.data;

import dev.lowland.core.check.Checks;

/** What the sources of this package check of a request; the products are wider than int. */
final class RowRange {
    private RowRange() {}

    static void check(String operation, RowSource source, int first, int count, double[] out, int offset) {
        Checks.notNull(operation, "out", out);
        Checks.atLeast(operation, "first", first, 0);
        Checks.atLeast(operation, "count", count, 0);
        Checks.atMost(operation, "first + count", (long) first + count, source.rowCount());
        checkEnd(operation, out, offset, (long) count * source.columnCount());
    }

    static void checkRow(String operation, RowSource source, int row, double[] out, int offset, int stride) {
        Checks.notNull(operation, "out", out);
        Checks.index(operation, "row", row, source.rowCount());
        Checks.atLeast(operation, "stride", stride, 1);
        checkEnd(operation, out, offset, (source.columnCount() - 1L) * stride + 1);
    }

    private static void checkEnd(String operation, double[] out, int offset, long numbers) {
        Checks.atLeast(operation, "offset", offset, 0);
        if (offset + numbers > out.length) {
            throw Checks.error(operation, "out", "of length " + out.length, "of length at least " + (offset + numbers));
        }
    }
}
