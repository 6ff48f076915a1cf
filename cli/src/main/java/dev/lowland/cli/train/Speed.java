package dev.lowland.cli.train;

/** Images a second: of late, and since the last row. For one thread. */
final class Speed {
    private static final double NANOS = 1e-9;
    private static final int MEMORY = 8;

    private long since;
    private double images;
    private double seconds;
    private double late;

    /** Steps are taken from here on. */
    void begin() {
        since = System.nanoTime();
    }

    /** So many images went through since the last call, or the beginning. */
    void add(double count) {
        long now = System.nanoTime();
        double taken = Math.max(1, now - since) * NANOS;
        since = now;
        images += count;
        seconds += taken;
        late = late == 0 ? count / taken : late + (count / taken - late) / MEMORY;
    }

    /** Of late; 0 where nothing is known yet. */
    double ofLate() {
        return late;
    }

    /** Of the steps since the last row; NaN if there were none. What follows belongs to the next row. */
    double sinceLastRow() {
        double found = seconds > 0 ? images / seconds : Double.NaN;
        images = 0;
        seconds = 0;
        return found;
    }
}
