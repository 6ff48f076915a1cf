package dev.lowland.core.kernel.adaptive;

/**
 * Arrays for rehearsals, which nobody else sees.
 *
 * @param n entries of a rehearsal of one array: whole vectors of any width and some entries more
 * @param x numbers of either sign
 * @param y others
 * @param positive numbers above 0
 * @param out for results
 * @param slope for others
 * @param indices for results
 */
record Stage(int n, double[] x, double[] y, double[] positive, double[] out, double[] slope, int[] indices) {
    private static final int SIZE = 60_000;
    private static final int LENGTH = 203;

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
        return new Stage(LENGTH, x, y, positive, new double[SIZE], new double[SIZE], new int[SIZE]);
    }

    /** In (−2, 2), without a pattern. */
    private static double number(int i, double step) {
        double turn = (i + 1) * step;
        return 4 * (turn - Math.floor(turn)) - 2;
    }
}
