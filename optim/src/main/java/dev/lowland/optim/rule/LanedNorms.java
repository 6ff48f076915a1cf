package dev.lowland.optim.rule;

import java.util.Arrays;

/**
 * Two-norms of lanes. The squares are added into eight partial sums by their entry modulo 8, and those in pairs: the
 * same order for one lane and for many. Where squares leave the range of numbers, entries are divided by the largest
 * first. For one thread; allocates nothing after its construction.
 */
final class LanedNorms {

    private static final int PARTS = 8;

    private final int lanes;
    private final double[] partial;

    LanedNorms(int lanes) {
        this.lanes = lanes;
        this.partial = new double[PARTS * lanes];
    }

    /** One norm for each lane. */
    void of(double[] gradient, double[] norms) {
        add(gradient);
        for (int l = 0; l < lanes; l++) {
            double sum = sum(l);
            norms[l] = sum >= Double.MIN_NORMAL / Math.ulp(1.0) && sum <= Double.MAX_VALUE
                    ? Math.sqrt(sum)
                    : scaled(gradient, l);
        }
    }

    private void add(double[] gradient) {
        Arrays.fill(partial, 0);
        if (lanes == 1) {
            addOne(gradient);
            return;
        }
        int part = 0;
        for (int e = 0; e < gradient.length; e += lanes) {
            int to = part * lanes;
            for (int l = 0; l < lanes; l++) {
                partial[to + l] += gradient[e + l] * gradient[e + l];
            }
            part = part + 1 & PARTS - 1;
        }
    }

    private void addOne(double[] g) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        double e = 0;
        double f = 0;
        double h = 0;
        double i = 0;
        int whole = g.length & -PARTS;
        for (int k = 0; k < whole; k += PARTS) {
            a += g[k] * g[k];
            b += g[k + 1] * g[k + 1];
            c += g[k + 2] * g[k + 2];
            d += g[k + 3] * g[k + 3];
            e += g[k + 4] * g[k + 4];
            f += g[k + 5] * g[k + 5];
            h += g[k + 6] * g[k + 6];
            i += g[k + 7] * g[k + 7];
        }
        partial[0] = a;
        partial[1] = b;
        partial[2] = c;
        partial[3] = d;
        partial[4] = e;
        partial[5] = f;
        partial[6] = h;
        partial[7] = i;
        for (int k = whole; k < g.length; k++) {
            partial[k - whole] += g[k] * g[k];
        }
    }

    private double sum(int l) {
        double first = partial[l] + partial[lanes + l] + (partial[2 * lanes + l] + partial[3 * lanes + l]);
        double second =
                partial[4 * lanes + l] + partial[5 * lanes + l] + (partial[6 * lanes + l] + partial[7 * lanes + l]);
        return first + second;
    }

    /** In order, of entries over the largest; 0 if all are, no number if one is none or infinite. */
    private double scaled(double[] gradient, int lane) {
        double largest = 0;
        for (int e = lane; e < gradient.length; e += lanes) {
            largest = Math.max(largest, Math.abs(gradient[e]));
        }
        if (largest == 0 || !(largest <= Double.MAX_VALUE)) {
            return largest;
        }
        double sum = 0;
        for (int e = lane; e < gradient.length; e += lanes) {
            double share = gradient[e] / largest;
            sum += share * share;
        }
        return largest * Math.sqrt(sum);
    }
}
