package dev.lowland.core.kernel.scalar;

import dev.lowland.core.kernel.contract.Window;

/** The sums over positions of {@link ScalarConvolution} for one tap of a single run, from images to filters. */
final class ScalarFilterTaps {
    private ScalarFilterTaps() {}

    /** One tap of four filters: four sums hide how long one addition takes. */
    static void addToFour(
            Window w,
            boolean add,
            int tap,
            double[] x,
            int xStart,
            double[] y,
            int yStart,
            double[] f,
            int fStart,
            int fFilter) {
        int ky = tap / w.filterWidth();
        int kx = tap % w.filterWidth();
        int begin = ScalarTaps.first(w, kx);
        int end = ScalarTaps.endColumn(w, kx);
        int top = ScalarTaps.first(w, ky);
        int bottom = ScalarTaps.endRow(w, ky);
        int width = w.outputWidth();
        int size = w.outputSize();
        double sum0 = add ? f[fStart] : 0;
        double sum1 = add ? f[fStart + fFilter] : 0;
        double sum2 = add ? f[fStart + 2 * fFilter] : 0;
        double sum3 = add ? f[fStart + 3 * fFilter] : 0;
        for (int oy = 0; oy < w.outputHeight(); oy++) {
            int from = oy < top ? width : begin;
            int to = oy < bottom ? end : 0;
            int image = xStart + ScalarConvolution.pixel(w, oy, 0, ky, kx);
            int response = yStart + oy * width;
            for (int ox = 0; ox < width; ox++) {
                double seen = ox >= from && ox < to ? x[image + ox * w.stride()] : 0;
                sum0 = Math.fma(y[response + ox], seen, sum0);
                sum1 = Math.fma(y[response + ox + size], seen, sum1);
                sum2 = Math.fma(y[response + ox + 2 * size], seen, sum2);
                sum3 = Math.fma(y[response + ox + 3 * size], seen, sum3);
            }
        }
        f[fStart] = sum0;
        f[fStart + fFilter] = sum1;
        f[fStart + 2 * fFilter] = sum2;
        f[fStart + 3 * fFilter] = sum3;
    }

    /** One tap of one filter. */
    static void addToOne(
            Window w, boolean add, int tap, double[] x, int xStart, double[] y, int yStart, double[] f, int fStart) {
        int ky = tap / w.filterWidth();
        int kx = tap % w.filterWidth();
        int begin = ScalarTaps.first(w, kx);
        int end = ScalarTaps.endColumn(w, kx);
        int top = ScalarTaps.first(w, ky);
        int bottom = ScalarTaps.endRow(w, ky);
        int width = w.outputWidth();
        double sum = add ? f[fStart] : 0;
        for (int oy = 0; oy < w.outputHeight(); oy++) {
            int from = oy < top ? width : begin;
            int to = oy < bottom ? end : 0;
            int image = xStart + ScalarConvolution.pixel(w, oy, 0, ky, kx);
            int response = yStart + oy * width;
            for (int ox = 0; ox < width; ox++) {
                double seen = ox >= from && ox < to ? x[image + ox * w.stride()] : 0;
                sum = Math.fma(y[response + ox], seen, sum);
            }
        }
        f[fStart] = sum;
    }
}
