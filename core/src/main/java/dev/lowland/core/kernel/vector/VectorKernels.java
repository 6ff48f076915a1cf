package dev.lowland.core.kernel.vector;

import dev.lowland.core.check.Checks;
import dev.lowland.core.fixed.BufferLoop;
import dev.lowland.core.fixed.FixedCode;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.kernel.contract.Window;
import dev.lowland.core.kernel.scalar.ScalarKernels;
import dev.lowland.core.kernel.vector.array.VectorReductions;
import dev.lowland.core.kernel.vector.array.VectorRepeats;
import dev.lowland.core.kernel.vector.array.VectorUpdates;
import dev.lowland.core.kernel.vector.function.VectorErrorFunction;
import dev.lowland.core.kernel.vector.function.VectorExponentials;
import dev.lowland.core.kernel.vector.function.VectorGaussians;
import dev.lowland.core.kernel.vector.function.VectorLogarithms;
import dev.lowland.core.kernel.vector.function.VectorTanh;
import dev.lowland.core.kernel.vector.function.VectorTrigonometry;
import dev.lowland.core.kernel.vector.image.VectorConvolution;
import dev.lowland.core.kernel.vector.image.VectorLaneProducts;
import dev.lowland.core.kernel.vector.lanes.VectorLanes;
import dev.lowland.core.kernel.vector.machine.Vectors;
import dev.lowland.core.kernel.vector.matrix.VectorMatrix;
import dev.lowland.core.kernel.vector.random.VectorRandom;
import dev.lowland.core.kernel.vector.random.VectorRandomLanes;
import dev.lowland.core.kernel.vector.random.VectorSigns;
import dev.lowland.core.lane.LaneCode;
import dev.lowland.core.lane.LaneLoop;

/**
 * Every kernel on the incubating Vector API. Loops that the compiler vectorises by itself, and copies, are shared with
 * the scalar twin.
 *
 * <p>All results have the bits of {@link ScalarKernels}. {@code VectorProbe} loads this class by name, so that nothing
 * else refers to the incubating module.
 */
public final class VectorKernels extends ScalarKernels {
    private VectorKernels() {
        super(new VectorLaneProducts());
    }

    /** Called by name. */
    public static KernelSet create() {
        return new VectorKernels();
    }

    /** The width of the vectors; called by name. */
    public static int widthInBits() {
        return Vectors.SPECIES.vectorBitSize();
    }

    @Override
    public String name() {
        return "vector (" + widthInBits() + " bits)";
    }

    @Override
    public LaneLoop compile(LaneCode code) {
        return Checks.notNull("lane loop", "code", code).compile(Vectors.SPECIES.length());
    }

    @Override
    public BufferLoop compile(FixedCode code) {
        return Checks.notNull("fixed code", "code", code).compile(Vectors.SPECIES.length());
    }

    @Override
    public void multiply(
            MatrixForm form,
            boolean add,
            int rows,
            int columns,
            int inner,
            double[] a,
            int aOffset,
            double[] b,
            int bOffset,
            double[] c,
            int cOffset) {
        VectorMatrix.multiply(form, add, rows, columns, inner, a, aOffset, b, bOffset, c, cOffset);
    }

    @Override
    public void multiplyLanes(
            MatrixForm form,
            boolean add,
            int rows,
            int columns,
            int inner,
            int lanes,
            double[] a,
            int aOffset,
            boolean aShared,
            double[] b,
            int bOffset,
            boolean bShared,
            double[] c,
            int cOffset) {
        VectorLanes.multiply(
                form, add, rows, columns, inner, lanes, a, aOffset, aShared, b, bOffset, bShared, c, cOffset);
    }

    @Override
    public void exp(int n, double[] x, double[] out) {
        VectorExponentials.exp(n, x, out);
    }

    @Override
    public void log(int n, double[] x, double[] out) {
        VectorLogarithms.log(n, x, out);
    }

    @Override
    public void log1p(int n, double[] x, double[] out) {
        VectorLogarithms.log1p(n, x, out);
    }

    @Override
    public void expm1(int n, double[] x, double[] out) {
        VectorExponentials.expm1(n, x, out);
    }

    @Override
    public void tanh(int n, double[] x, double[] out) {
        VectorTanh.tanh(n, x, out);
    }

    @Override
    public void sechSquare(int n, double[] x, double[] out) {
        VectorTanh.sechSquare(n, x, out);
    }

    @Override
    public void tanhAndSlope(int n, double[] x, double[] out, double[] slope) {
        VectorTanh.tanhAndSlope(n, x, out, slope);
    }

    @Override
    public void sigmoid(int n, double[] x, double[] out) {
        VectorExponentials.sigmoid(n, x, out);
    }

    @Override
    public void softplus(int n, double[] x, double[] out) {
        VectorLogarithms.softplus(n, x, out);
    }

    @Override
    public void sin(int n, double[] x, double[] out) {
        VectorTrigonometry.sin(n, x, out);
    }

    @Override
    public void cos(int n, double[] x, double[] out) {
        VectorTrigonometry.cos(n, x, out);
    }

    @Override
    public void erf(int n, double[] x, double[] out) {
        VectorErrorFunction.erf(n, x, out);
    }

    @Override
    public void gaussian(int n, double[] x, double[] out) {
        VectorGaussians.gaussian(n, x, out);
    }

    @Override
    public void normalDensity(int n, double[] x, double[] out) {
        VectorGaussians.normalDensity(n, x, out);
    }

    @Override
    public void normalCdf(int n, double[] x, double[] out) {
        VectorGaussians.normalCdf(n, x, out);
    }

    @Override
    public void addRepeated(
            int outer,
            int n,
            int inner,
            double[] x,
            int xOffset,
            double[] r,
            int rOffset,
            double[] out,
            int outOffset) {
        VectorRepeats.addRepeated(outer, n, inner, x, xOffset, r, rOffset, out, outOffset);
    }

    @Override
    public void multiplyRepeated(
            int outer,
            int n,
            int inner,
            double[] x,
            int xOffset,
            double[] r,
            int rOffset,
            double[] out,
            int outOffset) {
        VectorRepeats.multiplyRepeated(outer, n, inner, x, xOffset, r, rOffset, out, outOffset);
    }

    @Override
    public void subtractRepeated(
            int outer,
            int n,
            int inner,
            double[] x,
            int xOffset,
            double[] r,
            int rOffset,
            double[] out,
            int outOffset) {
        VectorRepeats.subtractRepeated(outer, n, inner, x, xOffset, r, rOffset, out, outOffset);
    }

    @Override
    public void subtractFromRepeated(
            int outer,
            int n,
            int inner,
            double[] x,
            int xOffset,
            double[] r,
            int rOffset,
            double[] out,
            int outOffset) {
        VectorRepeats.subtractFromRepeated(outer, n, inner, x, xOffset, r, rOffset, out, outOffset);
    }

    @Override
    public double dot(int n, double[] x, int xOffset, double[] y, int yOffset) {
        return VectorReductions.dot(n, x, xOffset, y, yOffset);
    }

    @Override
    public double sum(int n, double[] x, int xOffset) {
        return VectorReductions.sum(n, x, xOffset);
    }

    @Override
    public void sumMiddle(int outer, int n, int inner, double[] x, double[] out) {
        VectorReductions.sumMiddle(outer, n, inner, x, out);
    }

    @Override
    public void sumLanes(int outer, int n, int lanes, double[] x, double[] out) {
        VectorReductions.sumLanes(outer, n, lanes, x, out);
    }

    @Override
    public void axpy(int n, double alpha, double[] x, int xOffset, double[] y, int yOffset) {
        VectorUpdates.axpy(n, alpha, x, xOffset, y, yOffset);
    }

    @Override
    public void fillUniform(
            long key, long stream, long position, int count, double[] out, int outOffset, int outStride) {
        VectorRandom.fillUniform(key, stream, position, count, out, outOffset, outStride);
    }

    @Override
    public void fillGaussian(
            long key, long stream, long position, int count, double[] out, int outOffset, int outStride) {
        VectorRandom.fillGaussian(key, stream, position, count, out, outOffset, outStride);
    }

    @Override
    public void fillSigns(long key, long stream, long position, int count, double[] out, int outOffset, int outStride) {
        VectorSigns.fill(key, stream, position, count, out, outOffset, outStride);
    }

    @Override
    public void fillIndices(
            long key, long stream, long position, int count, int bound, int[] out, int outOffset, int outStride) {
        VectorRandom.fillIndices(key, stream, position, count, bound, out, outOffset, outStride);
    }

    @Override
    public void fillLanesUniform(
            long[] keys, long[] streams, long position, int count, int lanes, double[] out, int outOffset) {
        VectorRandomLanes.fillUniform(keys, streams, position, count, lanes, out, outOffset);
    }

    @Override
    public void fillLanesGaussian(
            long[] keys, long[] streams, long position, int count, int lanes, double[] out, int outOffset) {
        VectorRandomLanes.fillGaussian(keys, streams, position, count, lanes, out, outOffset);
    }

    @Override
    public void fillLanesSigns(
            long[] keys, long[] streams, long position, int count, int lanes, double[] out, int outOffset) {
        VectorRandomLanes.fillSigns(keys, streams, position, count, lanes, out, outOffset);
    }

    @Override
    public void fillLanesIndices(
            long[] keys, long[] streams, long position, int count, int lanes, int bound, int[] out, int outOffset) {
        VectorRandomLanes.fillIndices(keys, streams, position, count, lanes, bound, out, outOffset);
    }

    @Override
    public void convolve(
            Window window,
            int channels,
            int filters,
            int lanes,
            double[] x,
            int xOffset,
            boolean xShared,
            double[] f,
            int fOffset,
            boolean fShared,
            double[] y,
            int yOffset) {
        if (lanes == 1 && VectorConvolution.pays(window, channels, filters)) {
            VectorConvolution.response(window, channels, filters, x, xOffset, f, fOffset, y, yOffset);
        } else {
            super.convolve(window, channels, filters, lanes, x, xOffset, xShared, f, fOffset, fShared, y, yOffset);
        }
    }

    @Override
    public void convolveToImage(
            Window window,
            int channels,
            int filters,
            int lanes,
            double[] y,
            int yOffset,
            boolean yShared,
            double[] f,
            int fOffset,
            boolean fShared,
            double[] x,
            int xOffset) {
        if (lanes == 1 && VectorConvolution.pays(window, channels, filters)) {
            VectorConvolution.image(window, channels, filters, y, yOffset, f, fOffset, x, xOffset);
        } else {
            super.convolveToImage(
                    window, channels, filters, lanes, y, yOffset, yShared, f, fOffset, fShared, x, xOffset);
        }
    }

    @Override
    public void convolveToFilters(
            Window window,
            boolean add,
            int channels,
            int filters,
            int lanes,
            double[] x,
            int xOffset,
            boolean xShared,
            double[] y,
            int yOffset,
            boolean yShared,
            double[] f,
            int fOffset) {
        if (lanes == 1 && VectorConvolution.pays(window, channels, filters)) {
            VectorConvolution.filters(window, add, channels, filters, x, xOffset, y, yOffset, f, fOffset);
        } else {
            super.convolveToFilters(
                    window, add, channels, filters, lanes, x, xOffset, xShared, y, yOffset, yShared, f, fOffset);
        }
    }
}
