package dev.lowland.core.kernel.adaptive;

import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.kernel.contract.Window;
import dev.lowland.core.kernel.scalar.ScalarKernels;
import dev.lowland.core.lane.LaneCode;
import dev.lowland.core.lane.LaneLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Every kernel on the scalar twin at first, and on the vector twin from when its code there is compiled.
 *
 * <p>Code on the Vector API takes about a thousand times as long until the JVM's second compiler has been at it. So a
 * kernel runs in plain Java, and what it does is counted; when that is worth a warm-up, {@link WarmUp} has the vector
 * code compiled meanwhile, on the side, and the kernel's {@link Gate} opens. Kernels whose loops both twins share have
 * none. Both twins give the same bits, so when a gate opens shows in nothing but time. Code of fixed sizes stays in
 * plain Java.
 *
 * <p>An open gate costs a load and a branch. Nothing is allocated on the way through one.
 */
public final class AdaptiveKernels extends ScalarKernels {
    private static final double NANOS_OF_A_TERM = 0.15;

    /** Numbers of an operand from which on a product is large. */
    private static final long LARGE = 4096;

    /** So many times as many terms make it large, too. */
    private static final int TERMS = 32;

    private final List<Gate> gates = new ArrayList<>();
    private final WarmUp warmUp;
    private final Gate[] smallProducts = new Gate[2 * MatrixForm.values().length];
    private final Gate[] largeProducts = new Gate[MatrixForm.values().length];
    private final Gate lanedProducts;
    private final Gate exp;
    private final Gate log;
    private final Gate log1p;
    private final Gate expm1;
    private final Gate tanh;
    private final Gate sechSquare;
    private final Gate tanhAndSlope;
    private final Gate sigmoid;
    private final Gate softplus;
    private final Gate sin;
    private final Gate cos;
    private final Gate erf;
    private final Gate gaussian;
    private final Gate normalDensity;
    private final Gate normalCdf;
    private final Gate addRepeated;
    private final Gate multiplyRepeated;
    private final Gate subtractRepeated;
    private final Gate subtractFromRepeated;
    private final Gate dot;
    private final Gate sum;
    private final Gate sumMiddle;
    private final Gate sumLanes;
    private final Gate axpy;
    private final Gate fillUniform;
    private final Gate fillGaussian;
    private final Gate fillSigns;
    private final Gate fillIndices;
    private final Gate fillLanesUniform;
    private final Gate fillLanesGaussian;
    private final Gate fillLanesSigns;
    private final Gate fillLanesIndices;
    private final Gate responses;
    private final Gate images;
    private final Gate filterSums;

    /**
     * All gates are closed.
     *
     * @param loader finds the vector twin, or empty where it should not be used; called at most once, in a thread of
     *     its own, when a kernel has been used much
     */
    public AdaptiveKernels(Supplier<Optional<KernelSet>> loader) {
        this(new WarmUp(loader));
    }

    AdaptiveKernels(WarmUp warmUp) {
        this.warmUp = warmUp;
        for (MatrixForm form : MatrixForm.values()) {
            largeProducts[form.ordinal()] =
                    gate("multiply large " + form, NANOS_OF_A_TERM, Rehearsals.largeProducts(form));
            for (boolean add : new boolean[] {false, true}) {
                smallProducts[place(form, add)] = gate(
                        "multiply " + form + (add ? " add" : ""), NANOS_OF_A_TERM, Rehearsals.smallProducts(form, add));
            }
        }
        lanedProducts = gate("multiplyLanes", 0.5, Rehearsals::multiplyLanes);
        exp = gate("exp", 7, Rehearsals::exp);
        log = gate("log", 6, Rehearsals::log);
        log1p = gate("log1p", 8, Rehearsals::log1p);
        expm1 = gate("expm1", 9, Rehearsals::expm1);
        tanh = gate("tanh", 9, Rehearsals::tanh);
        sechSquare = gate("sechSquare", 9, Rehearsals::sechSquare);
        tanhAndSlope = gate("tanhAndSlope", 11, Rehearsals::tanhAndSlope);
        sigmoid = gate("sigmoid", 9, Rehearsals::sigmoid);
        softplus = gate("softplus", 14, Rehearsals::softplus);
        sin = gate("sin", 10, Rehearsals::sin);
        cos = gate("cos", 10, Rehearsals::cos);
        erf = gate("erf", 14, Rehearsals::erf);
        gaussian = gate("gaussian", 8, Rehearsals::gaussian);
        normalDensity = gate("normalDensity", 8, Rehearsals::normalDensity);
        normalCdf = gate("normalCdf", 16, Rehearsals::normalCdf);
        addRepeated = gate("addRepeated", 1, Rehearsals::addRepeated);
        multiplyRepeated = gate("multiplyRepeated", 1, Rehearsals::multiplyRepeated);
        subtractRepeated = gate("subtractRepeated", 1, Rehearsals::subtractRepeated);
        subtractFromRepeated = gate("subtractFromRepeated", 1, Rehearsals::subtractFromRepeated);
        dot = gate("dot", 0.7, Rehearsals::dot);
        sum = gate("sum", 0.6, Rehearsals::sum);
        sumMiddle = gate("sumMiddle", 0.7, Rehearsals::sumMiddle);
        sumLanes = gate("sumLanes", 0.7, Rehearsals::sumLanes);
        axpy = gate("axpy", 0.7, Rehearsals::axpy);
        fillUniform = gate("fillUniform", 6, Rehearsals::fillUniform);
        fillGaussian = gate("fillGaussian", 14, Rehearsals::fillGaussian);
        fillSigns = gate("fillSigns", 1, Rehearsals::fillSigns);
        fillIndices = gate("fillIndices", 6, Rehearsals::fillIndices);
        fillLanesUniform = gate("fillLanesUniform", 6, Rehearsals::fillLanesUniform);
        fillLanesGaussian = gate("fillLanesGaussian", 14, Rehearsals::fillLanesGaussian);
        fillLanesSigns = gate("fillLanesSigns", 1, Rehearsals::fillLanesSigns);
        fillLanesIndices = gate("fillLanesIndices", 6, Rehearsals::fillLanesIndices);
        responses = gate("convolve", 0.6, Rehearsals::convolve);
        images = gate("convolveToImage", 0.6, Rehearsals::convolveToImage);
        filterSums = gate("convolveToFilters", 0.6, Rehearsals::convolveToFilters);
    }

    private Gate gate(String name, double nanos, Gate.Rehearsal rehearsal) {
        Gate gate = new Gate(name, nanos, warmUp, rehearsal);
        gates.add(gate);
        return gate;
    }

    private static int place(MatrixForm form, boolean add) {
        return 2 * form.ordinal() + (add ? 1 : 0);
    }

    /**
     * Large operands are copied and cut into blocks, by loops that small ones never come to. All those of a form are
     * compiled together, so that nothing slow is left for a shape that comes later.
     */
    private Gate products(MatrixForm form, boolean add, int rows, int columns, int inner) {
        long left = (long) rows * inner;
        long right = (long) inner * columns;
        return left < LARGE && right < LARGE && left * columns < TERMS * LARGE
                ? smallProducts[place(form, add)]
                : largeProducts[form.ordinal()];
    }

    /** All gates. */
    List<Gate> gates() {
        return gates;
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
        return new AdaptiveLoop(code, warmUp);
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
        Gate products = products(form, add, rows, columns, inner);
        KernelSet vector = products.vector();
        if (vector != null) {
            vector.multiply(form, add, rows, columns, inner, a, aOffset, b, bOffset, c, cOffset);
        } else {
            super.multiply(form, add, rows, columns, inner, a, aOffset, b, bOffset, c, cOffset);
            products.count(work(rows, columns, inner));
        }
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
        KernelSet vector = lanedProducts.vector();
        if (vector != null) {
            vector.multiplyLanes(
                    form, add, rows, columns, inner, lanes, a, aOffset, aShared, b, bOffset, bShared, c, cOffset);
        } else {
            super.multiplyLanes(
                    form, add, rows, columns, inner, lanes, a, aOffset, aShared, b, bOffset, bShared, c, cOffset);
            lanedProducts.count(work(rows, columns, inner) * lanes);
        }
    }

    @Override
    public void exp(int n, double[] x, double[] out) {
        KernelSet vector = exp.vector();
        if (vector != null) {
            vector.exp(n, x, out);
        } else {
            super.exp(n, x, out);
            exp.count(n);
        }
    }

    @Override
    public void log(int n, double[] x, double[] out) {
        KernelSet vector = log.vector();
        if (vector != null) {
            vector.log(n, x, out);
        } else {
            super.log(n, x, out);
            log.count(n);
        }
    }

    @Override
    public void log1p(int n, double[] x, double[] out) {
        KernelSet vector = log1p.vector();
        if (vector != null) {
            vector.log1p(n, x, out);
        } else {
            super.log1p(n, x, out);
            log1p.count(n);
        }
    }

    @Override
    public void expm1(int n, double[] x, double[] out) {
        KernelSet vector = expm1.vector();
        if (vector != null) {
            vector.expm1(n, x, out);
        } else {
            super.expm1(n, x, out);
            expm1.count(n);
        }
    }

    @Override
    public void tanh(int n, double[] x, double[] out) {
        KernelSet vector = tanh.vector();
        if (vector != null) {
            vector.tanh(n, x, out);
        } else {
            super.tanh(n, x, out);
            tanh.count(n);
        }
    }

    @Override
    public void sechSquare(int n, double[] x, double[] out) {
        KernelSet vector = sechSquare.vector();
        if (vector != null) {
            vector.sechSquare(n, x, out);
        } else {
            super.sechSquare(n, x, out);
            sechSquare.count(n);
        }
    }

    @Override
    public void tanhAndSlope(int n, double[] x, double[] out, double[] slope) {
        KernelSet vector = tanhAndSlope.vector();
        if (vector != null) {
            vector.tanhAndSlope(n, x, out, slope);
        } else {
            super.tanhAndSlope(n, x, out, slope);
            tanhAndSlope.count(n);
        }
    }

    @Override
    public void sigmoid(int n, double[] x, double[] out) {
        KernelSet vector = sigmoid.vector();
        if (vector != null) {
            vector.sigmoid(n, x, out);
        } else {
            super.sigmoid(n, x, out);
            sigmoid.count(n);
        }
    }

    @Override
    public void softplus(int n, double[] x, double[] out) {
        KernelSet vector = softplus.vector();
        if (vector != null) {
            vector.softplus(n, x, out);
        } else {
            super.softplus(n, x, out);
            softplus.count(n);
        }
    }

    @Override
    public void sin(int n, double[] x, double[] out) {
        KernelSet vector = sin.vector();
        if (vector != null) {
            vector.sin(n, x, out);
        } else {
            super.sin(n, x, out);
            sin.count(n);
        }
    }

    @Override
    public void cos(int n, double[] x, double[] out) {
        KernelSet vector = cos.vector();
        if (vector != null) {
            vector.cos(n, x, out);
        } else {
            super.cos(n, x, out);
            cos.count(n);
        }
    }

    @Override
    public void erf(int n, double[] x, double[] out) {
        KernelSet vector = erf.vector();
        if (vector != null) {
            vector.erf(n, x, out);
        } else {
            super.erf(n, x, out);
            erf.count(n);
        }
    }

    @Override
    public void gaussian(int n, double[] x, double[] out) {
        KernelSet vector = gaussian.vector();
        if (vector != null) {
            vector.gaussian(n, x, out);
        } else {
            super.gaussian(n, x, out);
            gaussian.count(n);
        }
    }

    @Override
    public void normalDensity(int n, double[] x, double[] out) {
        KernelSet vector = normalDensity.vector();
        if (vector != null) {
            vector.normalDensity(n, x, out);
        } else {
            super.normalDensity(n, x, out);
            normalDensity.count(n);
        }
    }

    @Override
    public void normalCdf(int n, double[] x, double[] out) {
        KernelSet vector = normalCdf.vector();
        if (vector != null) {
            vector.normalCdf(n, x, out);
        } else {
            super.normalCdf(n, x, out);
            normalCdf.count(n);
        }
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
        KernelSet vector = addRepeated.vector();
        if (vector != null) {
            vector.addRepeated(outer, n, inner, x, xOffset, r, rOffset, out, outOffset);
        } else {
            super.addRepeated(outer, n, inner, x, xOffset, r, rOffset, out, outOffset);
            addRepeated.count(work(outer, n, inner));
        }
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
        KernelSet vector = multiplyRepeated.vector();
        if (vector != null) {
            vector.multiplyRepeated(outer, n, inner, x, xOffset, r, rOffset, out, outOffset);
        } else {
            super.multiplyRepeated(outer, n, inner, x, xOffset, r, rOffset, out, outOffset);
            multiplyRepeated.count(work(outer, n, inner));
        }
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
        KernelSet vector = subtractRepeated.vector();
        if (vector != null) {
            vector.subtractRepeated(outer, n, inner, x, xOffset, r, rOffset, out, outOffset);
        } else {
            super.subtractRepeated(outer, n, inner, x, xOffset, r, rOffset, out, outOffset);
            subtractRepeated.count(work(outer, n, inner));
        }
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
        KernelSet vector = subtractFromRepeated.vector();
        if (vector != null) {
            vector.subtractFromRepeated(outer, n, inner, x, xOffset, r, rOffset, out, outOffset);
        } else {
            super.subtractFromRepeated(outer, n, inner, x, xOffset, r, rOffset, out, outOffset);
            subtractFromRepeated.count(work(outer, n, inner));
        }
    }

    @Override
    public double dot(int n, double[] x, int xOffset, double[] y, int yOffset) {
        KernelSet vector = dot.vector();
        if (vector != null) {
            return vector.dot(n, x, xOffset, y, yOffset);
        }
        dot.count(n);
        return super.dot(n, x, xOffset, y, yOffset);
    }

    @Override
    public double sum(int n, double[] x, int xOffset) {
        KernelSet vector = sum.vector();
        if (vector != null) {
            return vector.sum(n, x, xOffset);
        }
        sum.count(n);
        return super.sum(n, x, xOffset);
    }

    @Override
    public void sumMiddle(int outer, int n, int inner, double[] x, double[] out) {
        KernelSet vector = sumMiddle.vector();
        if (vector != null) {
            vector.sumMiddle(outer, n, inner, x, out);
        } else {
            super.sumMiddle(outer, n, inner, x, out);
            sumMiddle.count(work(outer, n, inner));
        }
    }

    @Override
    public void sumLanes(int outer, int n, int lanes, double[] x, double[] out) {
        KernelSet vector = sumLanes.vector();
        if (vector != null) {
            vector.sumLanes(outer, n, lanes, x, out);
        } else {
            super.sumLanes(outer, n, lanes, x, out);
            sumLanes.count(work(outer, n, lanes));
        }
    }

    @Override
    public void axpy(int n, double alpha, double[] x, int xOffset, double[] y, int yOffset) {
        KernelSet vector = axpy.vector();
        if (vector != null) {
            vector.axpy(n, alpha, x, xOffset, y, yOffset);
        } else {
            super.axpy(n, alpha, x, xOffset, y, yOffset);
            axpy.count(n);
        }
    }

    @Override
    public void fillUniform(
            long key, long stream, long position, int count, double[] out, int outOffset, int outStride) {
        KernelSet vector = fillUniform.vector();
        if (vector != null) {
            vector.fillUniform(key, stream, position, count, out, outOffset, outStride);
        } else {
            super.fillUniform(key, stream, position, count, out, outOffset, outStride);
            fillUniform.count(count);
        }
    }

    @Override
    public void fillGaussian(
            long key, long stream, long position, int count, double[] out, int outOffset, int outStride) {
        KernelSet vector = fillGaussian.vector();
        if (vector != null) {
            vector.fillGaussian(key, stream, position, count, out, outOffset, outStride);
        } else {
            super.fillGaussian(key, stream, position, count, out, outOffset, outStride);
            fillGaussian.count(count);
        }
    }

    @Override
    public void fillSigns(long key, long stream, long position, int count, double[] out, int outOffset, int outStride) {
        KernelSet vector = fillSigns.vector();
        if (vector != null) {
            vector.fillSigns(key, stream, position, count, out, outOffset, outStride);
        } else {
            super.fillSigns(key, stream, position, count, out, outOffset, outStride);
            fillSigns.count(count);
        }
    }

    @Override
    public void fillIndices(
            long key, long stream, long position, int count, int bound, int[] out, int outOffset, int outStride) {
        KernelSet vector = fillIndices.vector();
        if (vector != null) {
            vector.fillIndices(key, stream, position, count, bound, out, outOffset, outStride);
        } else {
            super.fillIndices(key, stream, position, count, bound, out, outOffset, outStride);
            fillIndices.count(count);
        }
    }

    @Override
    public void fillLanesUniform(
            long[] keys, long[] streams, long position, int count, int lanes, double[] out, int outOffset) {
        KernelSet vector = fillLanesUniform.vector();
        if (vector != null) {
            vector.fillLanesUniform(keys, streams, position, count, lanes, out, outOffset);
        } else {
            super.fillLanesUniform(keys, streams, position, count, lanes, out, outOffset);
            fillLanesUniform.count(work(count, lanes, 1));
        }
    }

    @Override
    public void fillLanesGaussian(
            long[] keys, long[] streams, long position, int count, int lanes, double[] out, int outOffset) {
        KernelSet vector = fillLanesGaussian.vector();
        if (vector != null) {
            vector.fillLanesGaussian(keys, streams, position, count, lanes, out, outOffset);
        } else {
            super.fillLanesGaussian(keys, streams, position, count, lanes, out, outOffset);
            fillLanesGaussian.count(work(count, lanes, 1));
        }
    }

    @Override
    public void fillLanesSigns(
            long[] keys, long[] streams, long position, int count, int lanes, double[] out, int outOffset) {
        KernelSet vector = fillLanesSigns.vector();
        if (vector != null) {
            vector.fillLanesSigns(keys, streams, position, count, lanes, out, outOffset);
        } else {
            super.fillLanesSigns(keys, streams, position, count, lanes, out, outOffset);
            fillLanesSigns.count(work(count, lanes, 1));
        }
    }

    @Override
    public void fillLanesIndices(
            long[] keys, long[] streams, long position, int count, int lanes, int bound, int[] out, int outOffset) {
        KernelSet vector = fillLanesIndices.vector();
        if (vector != null) {
            vector.fillLanesIndices(keys, streams, position, count, lanes, bound, out, outOffset);
        } else {
            super.fillLanesIndices(keys, streams, position, count, lanes, bound, out, outOffset);
            fillLanesIndices.count(work(count, lanes, 1));
        }
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
        KernelSet vector = responses.vector();
        if (vector != null) {
            vector.convolve(window, channels, filters, lanes, x, xOffset, xShared, f, fOffset, fShared, y, yOffset);
        } else {
            super.convolve(window, channels, filters, lanes, x, xOffset, xShared, f, fOffset, fShared, y, yOffset);
            responses.count(work(window, channels, filters) * lanes);
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
        KernelSet vector = images.vector();
        if (vector != null) {
            vector.convolveToImage(
                    window, channels, filters, lanes, y, yOffset, yShared, f, fOffset, fShared, x, xOffset);
        } else {
            super.convolveToImage(
                    window, channels, filters, lanes, y, yOffset, yShared, f, fOffset, fShared, x, xOffset);
            images.count(work(window, channels, filters) * lanes);
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
        KernelSet vector = filterSums.vector();
        if (vector != null) {
            vector.convolveToFilters(
                    window, add, channels, filters, lanes, x, xOffset, xShared, y, yOffset, yShared, f, fOffset);
        } else {
            super.convolveToFilters(
                    window, add, channels, filters, lanes, x, xOffset, xShared, y, yOffset, yShared, f, fOffset);
            filterSums.count(work(window, channels, filters) * lanes);
        }
    }
}
