package dev.lowland.theory.study;

/** Steps at which a path is looked at. */
final class Checkpoints {
    private Checkpoints() {}

    /** 0, {@code steps} and at most {@code between} steps evenly between them, growing. */
    static long[] upTo(long steps, int between) {
        if (steps == 0) {
            return new long[] {0};
        }
        int parts = (int) Math.min(steps, between + 1L);
        long[] checkpoints = new long[parts + 1];
        for (int i = 0; i <= parts; i++) {
            checkpoints[i] = Math.round((double) steps / parts * i);
        }
        checkpoints[parts] = steps;
        return checkpoints;
    }
}
