package dev.lowland.core.kernel.vector.lanes;

import dev.lowland.core.kernel.scalar.ScalarLanes;
import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner products of {@link VectorLanes} that are taken in partial sums: eight vectors of lanes, which meet as
 * {@link dev.lowland.core.kernel.contract.ReductionKernels} says.
 */
public final class VectorLaneLines {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private VectorLaneLines() {}

    /**
     * c[cStart + l] (+)= Σ_k x[xStart + k·xStep + l] y[yStart + k·yStep + l] for l in [0, lanes); a shared x has no l.
     */
    static void sum(
            boolean add,
            int inner,
            int lanes,
            double[] x,
            int xStart,
            int xStep,
            boolean xShared,
            double[] y,
            int yStart,
            int yStep,
            double[] c,
            int cStart) {
        int blockLanes = SPECIES.loopBound(lanes);
        for (int l = 0; l < blockLanes; l += SPECIES.length()) {
            if (xShared) {
                shared(add, inner, x, xStart, xStep, y, yStart + l, yStep, c, cStart + l);
            } else {
                laned(add, inner, x, xStart + l, xStep, y, yStart + l, yStep, c, cStart + l);
            }
        }
        int xLane = xShared ? 0 : 1;
        int rest = lanes - blockLanes;
        int xRest = xStart + blockLanes * xLane;
        int yRest = yStart + blockLanes;
        ScalarLanes.lines(add, inner, rest, x, xRest, xStep, xLane, y, yRest, yStep, 1, c, cStart + blockLanes);
    }

    /** One vector of lanes. */
    private static void laned(
            boolean add,
            int inner,
            double[] x,
            int xStart,
            int xStep,
            double[] y,
            int yStart,
            int yStep,
            double[] c,
            int cStart) {
        DoubleVector p0 = DoubleVector.zero(SPECIES);
        DoubleVector p1 = DoubleVector.zero(SPECIES);
        DoubleVector p2 = DoubleVector.zero(SPECIES);
        DoubleVector p3 = DoubleVector.zero(SPECIES);
        DoubleVector p4 = DoubleVector.zero(SPECIES);
        DoubleVector p5 = DoubleVector.zero(SPECIES);
        DoubleVector p6 = DoubleVector.zero(SPECIES);
        DoubleVector p7 = DoubleVector.zero(SPECIES);
        int block = inner & ~7;
        int p = xStart;
        int q = yStart;
        for (int k = 0; k < block; k += 8) {
            p0 = DoubleVector.fromArray(SPECIES, x, p).fma(DoubleVector.fromArray(SPECIES, y, q), p0);
            p += xStep;
            q += yStep;
            p1 = DoubleVector.fromArray(SPECIES, x, p).fma(DoubleVector.fromArray(SPECIES, y, q), p1);
            p += xStep;
            q += yStep;
            p2 = DoubleVector.fromArray(SPECIES, x, p).fma(DoubleVector.fromArray(SPECIES, y, q), p2);
            p += xStep;
            q += yStep;
            p3 = DoubleVector.fromArray(SPECIES, x, p).fma(DoubleVector.fromArray(SPECIES, y, q), p3);
            p += xStep;
            q += yStep;
            p4 = DoubleVector.fromArray(SPECIES, x, p).fma(DoubleVector.fromArray(SPECIES, y, q), p4);
            p += xStep;
            q += yStep;
            p5 = DoubleVector.fromArray(SPECIES, x, p).fma(DoubleVector.fromArray(SPECIES, y, q), p5);
            p += xStep;
            q += yStep;
            p6 = DoubleVector.fromArray(SPECIES, x, p).fma(DoubleVector.fromArray(SPECIES, y, q), p6);
            p += xStep;
            q += yStep;
            p7 = DoubleVector.fromArray(SPECIES, x, p).fma(DoubleVector.fromArray(SPECIES, y, q), p7);
            p += xStep;
            q += yStep;
        }
        DoubleVector total = p0.add(p4).add(p2.add(p6)).add(p1.add(p5).add(p3.add(p7)));
        for (int k = block; k < inner; k++) {
            total = DoubleVector.fromArray(SPECIES, x, p).fma(DoubleVector.fromArray(SPECIES, y, q), total);
            p += xStep;
            q += yStep;
        }
        if (add) {
            DoubleVector.fromArray(SPECIES, c, cStart).add(total).intoArray(c, cStart);
        } else {
            total.intoArray(c, cStart);
        }
    }

    /** One vector of lanes, which share x. */
    private static void shared(
            boolean add,
            int inner,
            double[] x,
            int xStart,
            int xStep,
            double[] y,
            int yStart,
            int yStep,
            double[] c,
            int cStart) {
        DoubleVector p0 = DoubleVector.zero(SPECIES);
        DoubleVector p1 = DoubleVector.zero(SPECIES);
        DoubleVector p2 = DoubleVector.zero(SPECIES);
        DoubleVector p3 = DoubleVector.zero(SPECIES);
        DoubleVector p4 = DoubleVector.zero(SPECIES);
        DoubleVector p5 = DoubleVector.zero(SPECIES);
        DoubleVector p6 = DoubleVector.zero(SPECIES);
        DoubleVector p7 = DoubleVector.zero(SPECIES);
        int block = inner & ~7;
        int p = xStart;
        int q = yStart;
        for (int k = 0; k < block; k += 8) {
            p0 = DoubleVector.broadcast(SPECIES, x[p]).fma(DoubleVector.fromArray(SPECIES, y, q), p0);
            p += xStep;
            q += yStep;
            p1 = DoubleVector.broadcast(SPECIES, x[p]).fma(DoubleVector.fromArray(SPECIES, y, q), p1);
            p += xStep;
            q += yStep;
            p2 = DoubleVector.broadcast(SPECIES, x[p]).fma(DoubleVector.fromArray(SPECIES, y, q), p2);
            p += xStep;
            q += yStep;
            p3 = DoubleVector.broadcast(SPECIES, x[p]).fma(DoubleVector.fromArray(SPECIES, y, q), p3);
            p += xStep;
            q += yStep;
            p4 = DoubleVector.broadcast(SPECIES, x[p]).fma(DoubleVector.fromArray(SPECIES, y, q), p4);
            p += xStep;
            q += yStep;
            p5 = DoubleVector.broadcast(SPECIES, x[p]).fma(DoubleVector.fromArray(SPECIES, y, q), p5);
            p += xStep;
            q += yStep;
            p6 = DoubleVector.broadcast(SPECIES, x[p]).fma(DoubleVector.fromArray(SPECIES, y, q), p6);
            p += xStep;
            q += yStep;
            p7 = DoubleVector.broadcast(SPECIES, x[p]).fma(DoubleVector.fromArray(SPECIES, y, q), p7);
            p += xStep;
            q += yStep;
        }
        DoubleVector total = p0.add(p4).add(p2.add(p6)).add(p1.add(p5).add(p3.add(p7)));
        for (int k = block; k < inner; k++) {
            total = DoubleVector.broadcast(SPECIES, x[p]).fma(DoubleVector.fromArray(SPECIES, y, q), total);
            p += xStep;
            q += yStep;
        }
        if (add) {
            DoubleVector.fromArray(SPECIES, c, cStart).add(total).intoArray(c, cStart);
        } else {
            total.intoArray(c, cStart);
        }
    }
}
