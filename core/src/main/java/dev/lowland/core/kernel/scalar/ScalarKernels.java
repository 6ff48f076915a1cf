package dev.lowland.core.kernel.scalar;

import dev.lowland.core.check.Checks;
import dev.lowland.core.fixed.BufferLoop;
import dev.lowland.core.fixed.FixedCode;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.kernel.contract.Window;
import dev.lowland.core.lane.LaneCode;
import dev.lowland.core.lane.LaneLoop;

/**
 * Every kernel in plain Java: the twin that always works, and the reference that the other one is tested against.
 *
 * <p>Every operation is one that Java rounds in one way, {@code Math.fma} among them, so all results have the same bits
 * on every Java version and processor.
 */
public class ScalarKernels implements KernelSet {
    /** The one there is. */
    public static final KernelSet INSTANCE = new ScalarKernels();

    private final LaneProducts laneProducts;

    /** For a set that begins as this twin. */
    protected ScalarKernels() {
        this(new ScalarLaneProducts());
    }

    /** For the twin that replaces some of the loops. */
    protected ScalarKernels(LaneProducts laneProducts) {
        this.laneProducts = laneProducts;
    }

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public LaneLoop compile(LaneCode code) {
        return Checks.notNull("lane loop", "code", code).compile(1);
    }

    @Override
    public BufferLoop compile(FixedCode code) {
        return Checks.notNull("fixed code", "code", code).compile(1);
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
        ScalarMatrix.multiply(form, add, rows, columns, inner, a, aOffset, b, bOffset, c, cOffset);
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
        ScalarLanes.multiply(
                form, add, rows, columns, inner, lanes, a, aOffset, aShared, b, bOffset, bShared, c, cOffset);
    }

    @Override
    public void add(int n, double[] x, double[] y, double[] out) {
        ScalarElementwise.add(n, x, y, out);
    }

    @Override
    public void subtract(int n, double[] x, double[] y, double[] out) {
        ScalarElementwise.subtract(n, x, y, out);
    }

    @Override
    public void multiply(int n, double[] x, double[] y, double[] out) {
        ScalarElementwise.multiply(n, x, y, out);
    }

    @Override
    public void scale(int n, double factor, double[] x, double[] out) {
        ScalarElementwise.scale(n, factor, x, out);
    }

    @Override
    public void square(int n, double[] x, double[] out) {
        ScalarElementwise.square(n, x, out);
    }

    @Override
    public void reciprocal(int n, double[] x, double[] out) {
        ScalarElementwise.reciprocal(n, x, out);
    }

    @Override
    public void sqrt(int n, double[] x, double[] out) {
        ScalarElementwise.sqrt(n, x, out);
    }

    @Override
    public void exp(int n, double[] x, double[] out) {
        ScalarFunctions.exp(n, x, out);
    }

    @Override
    public void log(int n, double[] x, double[] out) {
        ScalarFunctions.log(n, x, out);
    }

    @Override
    public void log1p(int n, double[] x, double[] out) {
        ScalarFunctions.log1p(n, x, out);
    }

    @Override
    public void expm1(int n, double[] x, double[] out) {
        ScalarFunctions.expm1(n, x, out);
    }

    @Override
    public void tanh(int n, double[] x, double[] out) {
        ScalarFunctions.tanh(n, x, out);
    }

    @Override
    public void sechSquare(int n, double[] x, double[] out) {
        ScalarFunctions.sechSquare(n, x, out);
    }

    @Override
    public void tanhAndSlope(int n, double[] x, double[] out, double[] slope) {
        ScalarFunctions.tanhAndSlope(n, x, out, slope);
    }

    @Override
    public void sigmoid(int n, double[] x, double[] out) {
        ScalarFunctions.sigmoid(n, x, out);
    }

    @Override
    public void softplus(int n, double[] x, double[] out) {
        ScalarFunctions.softplus(n, x, out);
    }

    @Override
    public void sin(int n, double[] x, double[] out) {
        ScalarFunctions.sin(n, x, out);
    }

    @Override
    public void cos(int n, double[] x, double[] out) {
        ScalarFunctions.cos(n, x, out);
    }

    @Override
    public void erf(int n, double[] x, double[] out) {
        ScalarFunctions.erf(n, x, out);
    }

    @Override
    public void gaussian(int n, double[] x, double[] out) {
        ScalarFunctions.gaussian(n, x, out);
    }

    @Override
    public void normalDensity(int n, double[] x, double[] out) {
        ScalarFunctions.normalDensity(n, x, out);
    }

    @Override
    public void normalCdf(int n, double[] x, double[] out) {
        ScalarFunctions.normalCdf(n, x, out);
    }

    @Override
    public void abs(int n, double[] x, double[] out) {
        ScalarElementwise.abs(n, x, out);
    }

    @Override
    public void relu(int n, double[] x, double[] out) {
        ScalarElementwise.relu(n, x, out);
    }

    @Override
    public void step(int n, double[] x, double[] out) {
        ScalarElementwise.step(n, x, out);
    }

    @Override
    public void sign(int n, double[] x, double[] out) {
        ScalarElementwise.sign(n, x, out);
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
        ScalarRepeats.addRepeated(outer, n, inner, x, xOffset, r, rOffset, out, outOffset);
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
        ScalarRepeats.multiplyRepeated(outer, n, inner, x, xOffset, r, rOffset, out, outOffset);
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
        ScalarRepeats.subtractRepeated(outer, n, inner, x, xOffset, r, rOffset, out, outOffset);
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
        ScalarRepeats.subtractFromRepeated(outer, n, inner, x, xOffset, r, rOffset, out, outOffset);
    }

    @Override
    public double dot(int n, double[] x, int xOffset, double[] y, int yOffset) {
        return ScalarReductions.dot(n, x, xOffset, y, yOffset);
    }

    @Override
    public double sum(int n, double[] x, int xOffset) {
        return ScalarReductions.sum(n, x, xOffset);
    }

    @Override
    public void sumMiddle(int outer, int n, int inner, double[] x, double[] out) {
        ScalarReductions.sumMiddle(outer, n, inner, x, out);
    }

    @Override
    public void sumLanes(int outer, int n, int lanes, double[] x, double[] out) {
        ScalarReductions.sumLanes(outer, n, lanes, x, out);
    }

    @Override
    public void broadcastMiddle(int outer, int n, int inner, double[] x, double[] out) {
        ScalarLayout.broadcastMiddle(outer, n, inner, x, out);
    }

    @Override
    public void transpose(int outer, int rows, int columns, int inner, double[] x, double[] out) {
        ScalarLayout.transpose(outer, rows, columns, inner, x, out);
    }

    @Override
    public void sliceMiddle(int outer, int n, int start, int length, int inner, double[] x, double[] out) {
        ScalarLayout.sliceMiddle(outer, n, start, length, inner, x, out);
    }

    @Override
    public void padMiddle(int outer, int n, int start, int length, int inner, double[] x, double[] out) {
        ScalarLayout.padMiddle(outer, n, start, length, inner, x, out);
    }

    @Override
    public void axpy(int n, double alpha, double[] x, int xOffset, double[] y, int yOffset) {
        ScalarUpdates.axpy(n, alpha, x, xOffset, y, yOffset);
    }

    @Override
    public void sgdStep(int n, double learningRate, double[] gradient, double[] parameters) {
        ScalarUpdates.sgdStep(n, learningRate, gradient, parameters);
    }

    @Override
    public void heavyBallStep(
            int n, double learningRate, double momentum, double[] gradient, double[] velocity, double[] parameters) {
        ScalarUpdates.heavyBallStep(n, learningRate, momentum, gradient, velocity, parameters);
    }

    @Override
    public void fillUniform(
            long key, long stream, long position, int count, double[] out, int outOffset, int outStride) {
        ScalarRandom.fillUniform(key, stream, position, count, out, outOffset, outStride);
    }

    @Override
    public void fillGaussian(
            long key, long stream, long position, int count, double[] out, int outOffset, int outStride) {
        ScalarRandom.fillGaussian(key, stream, position, count, out, outOffset, outStride);
    }

    @Override
    public void fillSigns(long key, long stream, long position, int count, double[] out, int outOffset, int outStride) {
        ScalarRandom.fillSigns(key, stream, position, count, out, outOffset, outStride);
    }

    @Override
    public void fillIndices(
            long key, long stream, long position, int count, int bound, int[] out, int outOffset, int outStride) {
        ScalarRandom.fillIndices(key, stream, position, count, bound, out, outOffset, outStride);
    }

    @Override
    public void fillLanesUniform(
            long[] keys, long[] streams, long position, int count, int lanes, double[] out, int outOffset) {
        for (int l = 0; l < lanes; l++) {
            ScalarRandom.fillUniform(keys[l], streams[l], position, count, out, outOffset + l, lanes);
        }
    }

    @Override
    public void fillLanesGaussian(
            long[] keys, long[] streams, long position, int count, int lanes, double[] out, int outOffset) {
        for (int l = 0; l < lanes; l++) {
            ScalarRandom.fillGaussian(keys[l], streams[l], position, count, out, outOffset + l, lanes);
        }
    }

    @Override
    public void fillLanesSigns(
            long[] keys, long[] streams, long position, int count, int lanes, double[] out, int outOffset) {
        for (int l = 0; l < lanes; l++) {
            ScalarRandom.fillSigns(keys[l], streams[l], position, count, out, outOffset + l, lanes);
        }
    }

    @Override
    public void fillLanesIndices(
            long[] keys, long[] streams, long position, int count, int lanes, int bound, int[] out, int outOffset) {
        for (int l = 0; l < lanes; l++) {
            ScalarRandom.fillIndices(keys[l], streams[l], position, count, bound, out, outOffset + l, lanes);
        }
    }

    @Override
    public void greater(int n, double[] x, double[] y, double[] out) {
        ScalarChoices.greater(n, x, y, out);
    }

    @Override
    public void select(int n, double[] mask, double[] x, double[] y, double[] out) {
        ScalarChoices.select(n, mask, x, y, out);
    }

    @Override
    public void rsqrt(int n, double[] x, double[] out) {
        ScalarPowers.rsqrt(n, x, out);
    }

    @Override
    public void power(int n, int exponent, double[] x, double[] out) {
        ScalarPowers.power(n, exponent, x, out);
    }

    @Override
    public void placeMiddle(int outer, int n, int start, int length, int inner, double[] x, double[] out) {
        ScalarIndices.placeMiddle(outer, n, start, length, inner, x, out);
    }

    @Override
    public void gatherMiddle(int outer, int n, int inner, int[] positions, double[] x, double[] out) {
        ScalarIndices.gatherMiddle(outer, n, inner, positions, x, out);
    }

    @Override
    public void scatterMiddle(int outer, int n, int inner, int[] positions, double[] x, double[] out) {
        ScalarIndices.scatterMiddle(outer, n, inner, positions, x, out);
    }

    @Override
    public void takeMiddle(int outer, int n, int m, int inner, double[] positions, double[] x, double[] out) {
        ScalarIndices.takeMiddle(outer, n, m, inner, positions, x, out);
    }

    @Override
    public void putMiddle(int outer, int n, int m, int inner, double[] positions, double[] x, double[] out) {
        ScalarIndices.putMiddle(outer, n, m, inner, positions, x, out);
    }

    @Override
    public void argMaxMiddle(int outer, int n, int inner, double[] x, double[] out) {
        ScalarIndices.argMaxMiddle(outer, n, inner, x, out);
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
        ScalarConvolution.response(
                laneProducts, window, channels, filters, lanes, x, xOffset, xShared, f, fOffset, fShared, y, yOffset);
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
        ScalarConvolution.image(
                laneProducts, window, channels, filters, lanes, y, yOffset, yShared, f, fOffset, fShared, x, xOffset);
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
        ScalarConvolution.filters(
                laneProducts,
                window,
                add,
                channels,
                filters,
                lanes,
                x,
                xOffset,
                xShared,
                y,
                yOffset,
                yShared,
                f,
                fOffset);
    }

    @Override
    public void sumWindows(Window window, int planes, int lanes, double[] x, double[] out) {
        ScalarPooling.sum(window, planes, lanes, x, out);
    }

    @Override
    public void spreadWindows(Window window, int planes, int lanes, double[] x, double[] out) {
        ScalarPooling.spread(window, planes, lanes, x, out);
    }

    @Override
    public void argMaxWindows(Window window, int planes, int lanes, double[] x, double[] out) {
        ScalarPooling.argMax(window, planes, lanes, x, out);
    }
}
