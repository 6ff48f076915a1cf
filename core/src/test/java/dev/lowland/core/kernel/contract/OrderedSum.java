package dev.lowland.core.kernel.contract;

/** A sum of products written down as {@link SumOrder} says, term by term. */
final class OrderedSum {
    private OrderedSum() {}

    /** An entry of C after a product of this form and shape, from its line of op(A) and its line of op(B). */
    static double of(MatrixForm form, boolean add, int rows, int columns, double[] x, double[] y, double before) {
        if (SumOrder.isPartial(form, rows, columns, x.length)) {
            int whole = x.length / 8 * 8;
            double[] p = new double[8];
            for (int k = 0; k < whole; k++) {
                p[k % 8] = Math.fma(x[k], y[k], p[k % 8]);
            }
            double sum = ((p[0] + p[4]) + (p[2] + p[6])) + ((p[1] + p[5]) + (p[3] + p[7]));
            for (int k = whole; k < x.length; k++) {
                sum = Math.fma(x[k], y[k], sum);
            }
            return add ? before + sum : sum;
        }
        double c = add ? before : 0;
        int k = 0;
        while (k < x.length) {
            int end = k + SumOrder.depth(x.length - k);
            boolean set = k == 0 && !add;
            double sum = 0;
            for (; k < end; k++) {
                sum = Math.fma(x[k], y[k], sum);
            }
            c = set ? sum : c + sum;
        }
        return c;
    }
}
