package dev.lowland.core.kernel.adaptive;

import dev.lowland.core.fixed.BufferLoop;
import dev.lowland.core.fixed.FixedCode;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.kernel.contract.Window;
import dev.lowland.core.kernel.scalar.ScalarKernels;
import dev.lowland.core.lane.LaneCode;
import dev.lowland.core.lane.LaneLoop;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Every kernel on the scalar twin at first, and on the vector twin from when its code there is compiled.
 *
 * <p>Code on the Vector API takes about a thousand times as long until the JVM's second compiler has been at it. So a
 * kernel runs in plain Java, and what it does is counted; when that is worth a warm-up, {@link WarmUp} has the vector
 * code compiled meanwhile, on the side, and the kernel's {@link Gate} opens. Kernels whose loops both twins share have
 * none. Both twins give the same bits, so when a gate opens shows in nothing but time.
 *
 * <p>There is one instance, as gates are constants of the JVM's compiler. Nothing is allocated on the way through one.
 */
public final class AdaptiveKernels extends ScalarKernels {
    private static final long NANOS_TO_COMPILE = 15_000_000;

    static final AdaptiveKernels ONE = new AdaptiveKernels();

    private AdaptiveKernels() {}

    /**
     * The kernels. All gates are closed until work opens them.
     *
     * @param loader finds the vector twin, or empty where it should not be used; called in a thread of its own, when a
     *     kernel has been used much
     * @return always the same instance
     */
    public static KernelSet with(Supplier<Optional<KernelSet>> loader) {
        Gates.load(loader);
        return ONE;
    }

    private static long work(int outer, int n, int inner) {
        return (long) outer * n * inner;
    }

    private static long work(Window window, int channels, int filters) {
        return (long) channels * filters * window.filterSize() * window.outputSize();
    }

    @Override
    public String name() {
        return "vector when compiled, scalar until then";
    }

    @Override
    public LaneLoop compile(LaneCode code) {
        return new AdaptiveLoop(code, Gates.WARM_UP);
    }

    @Override
    public void compile(FixedCode code, BufferLoop plain, double[][] buffers, Consumer<BufferLoop> ready) {
        Gates.WARM_UP.ask(new AdaptiveWork(code, plain, buffers, ready));
    }

    /** What the caller loses to a thread that compiles beside it. */
    @Override
    public long nanosToCompile() {
        return NANOS_TO_COMPILE;
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
        Gates.products(form, rows, columns, inner)
                .multiply(form, add, rows, columns, inner, a, aOffset, b, bOffset, c, cOffset);
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
        Gates.LANED_PRODUCTS
                .kernels(work(rows, columns, inner) * lanes)
                .multiplyLanes(
                        form, add, rows, columns, inner, lanes, a, aOffset, aShared, b, bOffset, bShared, c, cOffset);
    }

    @Override
    public void exp(int n, double[] x, double[] out) {
        Gates.EXP.kernels(n).exp(n, x, out);
    }

    @Override
    public void log(int n, double[] x, double[] out) {
        Gates.LOG.kernels(n).log(n, x, out);
    }

    @Override
    public void log1p(int n, double[] x, double[] out) {
        Gates.LOG1P.kernels(n).log1p(n, x, out);
    }

    @Override
    public void expm1(int n, double[] x, double[] out) {
        Gates.EXPM1.kernels(n).expm1(n, x, out);
    }

    @Override
    public void tanh(int n, double[] x, double[] out) {
        Gates.TANH.kernels(n).tanh(n, x, out);
    }

    @Override
    public void sechSquare(int n, double[] x, double[] out) {
        Gates.SECH_SQUARE.kernels(n).sechSquare(n, x, out);
    }

    @Override
    public void tanhAndSlope(int n, double[] x, double[] out, double[] slope) {
        Gates.TANH_AND_SLOPE.kernels(n).tanhAndSlope(n, x, out, slope);
    }

    @Override
    public void sigmoid(int n, double[] x, double[] out) {
        Gates.SIGMOID.kernels(n).sigmoid(n, x, out);
    }

    @Override
    public void softplus(int n, double[] x, double[] out) {
        Gates.SOFTPLUS.kernels(n).softplus(n, x, out);
    }

    @Override
    public void sin(int n, double[] x, double[] out) {
        Gates.SIN.kernels(n).sin(n, x, out);
    }

    @Override
    public void cos(int n, double[] x, double[] out) {
        Gates.COS.kernels(n).cos(n, x, out);
    }

    @Override
    public void erf(int n, double[] x, double[] out) {
        Gates.ERF.kernels(n).erf(n, x, out);
    }

    @Override
    public void gaussian(int n, double[] x, double[] out) {
        Gates.GAUSSIAN.kernels(n).gaussian(n, x, out);
    }

    @Override
    public void normalDensity(int n, double[] x, double[] out) {
        Gates.NORMAL_DENSITY.kernels(n).normalDensity(n, x, out);
    }

    @Override
    public void normalCdf(int n, double[] x, double[] out) {
        Gates.NORMAL_CDF.kernels(n).normalCdf(n, x, out);
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
        Gates.ADD_REPEATED
                .kernels(work(outer, n, inner))
                .addRepeated(outer, n, inner, x, xOffset, r, rOffset, out, outOffset);
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
        Gates.MULTIPLY_REPEATED
                .kernels(work(outer, n, inner))
                .multiplyRepeated(outer, n, inner, x, xOffset, r, rOffset, out, outOffset);
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
        Gates.SUBTRACT_REPEATED
                .kernels(work(outer, n, inner))
                .subtractRepeated(outer, n, inner, x, xOffset, r, rOffset, out, outOffset);
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
        Gates.SUBTRACT_FROM_REPEATED
                .kernels(work(outer, n, inner))
                .subtractFromRepeated(outer, n, inner, x, xOffset, r, rOffset, out, outOffset);
    }

    @Override
    public double dot(int n, double[] x, int xOffset, double[] y, int yOffset) {
        return Gates.DOT.kernels(n).dot(n, x, xOffset, y, yOffset);
    }

    @Override
    public double sum(int n, double[] x, int xOffset) {
        return Gates.SUM.kernels(n).sum(n, x, xOffset);
    }

    @Override
    public void sumMiddle(int outer, int n, int inner, double[] x, double[] out) {
        Gates.SUM_MIDDLE.kernels(work(outer, n, inner)).sumMiddle(outer, n, inner, x, out);
    }

    @Override
    public void sumLanes(int outer, int n, int lanes, double[] x, double[] out) {
        Gates.SUM_LANES.kernels(work(outer, n, lanes)).sumLanes(outer, n, lanes, x, out);
    }

    @Override
    public void axpy(int n, double alpha, double[] x, int xOffset, double[] y, int yOffset) {
        Gates.AXPY.kernels(n).axpy(n, alpha, x, xOffset, y, yOffset);
    }

    @Override
    public void fillUniform(
            long key, long stream, long position, int count, double[] out, int outOffset, int outStride) {
        Gates.FILL_UNIFORM.kernels(count).fillUniform(key, stream, position, count, out, outOffset, outStride);
    }

    @Override
    public void fillGaussian(
            long key, long stream, long position, int count, double[] out, int outOffset, int outStride) {
        Gates.FILL_GAUSSIAN.kernels(count).fillGaussian(key, stream, position, count, out, outOffset, outStride);
    }

    @Override
    public void fillSigns(long key, long stream, long position, int count, double[] out, int outOffset, int outStride) {
        Gates.FILL_SIGNS.kernels(count).fillSigns(key, stream, position, count, out, outOffset, outStride);
    }

    @Override
    public void fillIndices(
            long key, long stream, long position, int count, int bound, int[] out, int outOffset, int outStride) {
        Gates.FILL_INDICES.kernels(count).fillIndices(key, stream, position, count, bound, out, outOffset, outStride);
    }

    @Override
    public void fillLanesUniform(
            long[] keys, long[] streams, long position, int count, int lanes, double[] out, int outOffset) {
        Gates.FILL_LANES_UNIFORM
                .kernels(work(count, lanes, 1))
                .fillLanesUniform(keys, streams, position, count, lanes, out, outOffset);
    }

    @Override
    public void fillLanesGaussian(
            long[] keys, long[] streams, long position, int count, int lanes, double[] out, int outOffset) {
        Gates.FILL_LANES_GAUSSIAN
                .kernels(work(count, lanes, 1))
                .fillLanesGaussian(keys, streams, position, count, lanes, out, outOffset);
    }

    @Override
    public void fillLanesSigns(
            long[] keys, long[] streams, long position, int count, int lanes, double[] out, int outOffset) {
        Gates.FILL_LANES_SIGNS
                .kernels(work(count, lanes, 1))
                .fillLanesSigns(keys, streams, position, count, lanes, out, outOffset);
    }

    @Override
    public void fillLanesIndices(
            long[] keys, long[] streams, long position, int count, int lanes, int bound, int[] out, int outOffset) {
        Gates.FILL_LANES_INDICES
                .kernels(work(count, lanes, 1))
                .fillLanesIndices(keys, streams, position, count, lanes, bound, out, outOffset);
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
        Gates.RESPONSES
                .kernels(work(window, channels, filters) * lanes)
                .convolve(window, channels, filters, lanes, x, xOffset, xShared, f, fOffset, fShared, y, yOffset);
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
        Gates.IMAGES
                .kernels(work(window, channels, filters) * lanes)
                .convolveToImage(
                        window, channels, filters, lanes, y, yOffset, yShared, f, fOffset, fShared, x, xOffset);
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
        Gates.FILTER_SUMS
                .kernels(work(window, channels, filters) * lanes)
                .convolveToFilters(
                        window, add, channels, filters, lanes, x, xOffset, xShared, y, yOffset, yShared, f, fOffset);
    }
}
