package dev.lowland.core.kernel.adaptive;

/**
 * Arrays for rehearsals, which nobody else sees.
 *
 * @param n entries of a rehearsal of one array: whole vectors of any width and some entries more
 * @param inner terms of a sum in a rehearsal: as many as it takes for a loop to be compiled by its turns as soon as by
 *     its calls
 * @param x numbers of either sign
 * @param y others
 * @param positive numbers above 0
 * @param out for results
 * @param slope for others
 * @param indices for results
 */
record Stage(int n, int inner, double[] x, double[] y, double[] positive, double[] out, double[] slope, int[] indices) {
    private static final int SIZE = 60_000;
    private static final int LENGTH = 203;
    private static final int INNER = 25;
    private static final int SHORT_LENGTH = 9;
    private static final int SHORT_INNER = 2;

    /** Makes the arrays. */
    static Stage make() {
        double[] x = new double[SIZE];
        double[] y = new double[SIZE];
        double[] positive = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            x[i] = number(i, 0.618_033_988_749_894_9);
            y[i] = number(i, 0.414_213_562_373_095_1);
            positive[i] = Math.abs(x[i]) + 0.01;
        }
        return new Stage(LENGTH, INNER, x, y, positive, new double[SIZE], new double[SIZE], new int[SIZE]);
    }

    /** The same arrays for less work. */
    Stage shortened() {
        return new Stage(SHORT_LENGTH, SHORT_INNER, x, y, positive, out, slope, indices);
    }

    /** In (−2, 2), without a pattern. */
    private static double number(int i, double step) {
        double turn = (i + 1) * step;
        return 4 * (turn - Math.floor(turn)) - 2;
    }
}
