package dev.lowland.cli.study;

/** Steps at which a path is looked at. */
final class Checkpoints {
    private Checkpoints() {}

    /**
     * 0, the multiples of the smallest of 1, 2, 5, 10, 20, … of which at most {@code parts} fit, and {@code steps};
     * growing. With one part these are 0 and {@code steps}.
     */
    static long[] upTo(long steps, int parts) {
        if (steps == 0) {
            return new long[] {0};
        }
        long spacing = parts == 1 ? steps : spacing(steps, parts);
        int whole = (int) ((steps - 1) / spacing);
        long[] checkpoints = new long[whole + 2];
        for (int i = 1; i <= whole; i++) {
            checkpoints[i] = i * spacing;
        }
        checkpoints[whole + 1] = steps;
        return checkpoints;
    }

    private static long spacing(long steps, int parts) {
        long power = 1;
        while (true) {
            for (long factor : new long[] {1, 2, 5}) {
                if ((steps - 1) / (factor * power) < parts) {
                    return factor * power;
                }
            }
            power *= 10;
        }
    }
}
