package dev.lowland.core.kernel.scalar;

/** Products of lanes in plain loops. */
final class ScalarLaneProducts implements LaneProducts {

    @Override
    public void add(
            int lanes,
            double[] a,
            int aStart,
            boolean aShared,
            double[] b,
            int bStart,
            boolean bShared,
            double[] c,
            int cStart) {
        if (aShared) {
            if (bShared) {
                addSame(lanes, a[aStart], b[bStart], c, cStart);
            } else {
                addScaled(lanes, a[aStart], b, bStart, c, cStart);
            }
        } else if (bShared) {
            addScaled(lanes, b[bStart], a, aStart, c, cStart);
        } else {
            for (int l = 0; l < lanes; l++) {
                c[cStart + l] = Math.fma(a[aStart + l], b[bStart + l], c[cStart + l]);
            }
        }
    }

    private static void addSame(int lanes, double left, double right, double[] c, int cStart) {
        for (int l = 0; l < lanes; l++) {
            c[cStart + l] = Math.fma(left, right, c[cStart + l]);
        }
    }

    private static void addScaled(int lanes, double factor, double[] x, int xStart, double[] c, int cStart) {
        for (int l = 0; l < lanes; l++) {
            c[cStart + l] = Math.fma(factor, x[xStart + l], c[cStart + l]);
        }
    }
}
