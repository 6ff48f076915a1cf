package dev.lowland.jmh;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one core of this machine can do at most: fused multiply-adds in registers, and a = b + s·c from each level of
 * memory. Every other figure of the same run is laid beside these.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dlowland.simd=vector"})
public class RooflineBenchmark {

    private static final int CHAINS = 16;

    /** Multiply-adds of a call of {@link #fma} over {@link #lanes()}. */
    public static final int FMAS = CHAINS * 1024;

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    /** Bytes of the three arrays together. */
    @Param({"24576", "393216", "6291456", "201326592"})
    public int bytes = 24576;

    private double[] a = {};
    private double[] b = {};
    private double[] c = {};

    /**
     * Numbers in a vector register.
     *
     * @return 8 with 512 bits
     */
    public static int lanes() {
        return SPECIES.length();
    }

    /** Makes the arrays. */
    @Setup
    public void fill() {
        int n = bytes / 24;
        a = new double[n];
        b = new double[n];
        c = new double[n];
        Arrays.fill(b, 1);
        Arrays.fill(c, 2);
    }

    /**
     * Sixteen independent chains of multiply-adds, enough to hide the latency of two units.
     *
     * @return their sum
     */
    @Benchmark
    public double fma() {
        DoubleVector factor = DoubleVector.broadcast(SPECIES, 0.999);
        DoubleVector term = DoubleVector.broadcast(SPECIES, 1e-3);
        DoubleVector s0 = term;
        DoubleVector s1 = term;
        DoubleVector s2 = term;
        DoubleVector s3 = term;
        DoubleVector s4 = term;
        DoubleVector s5 = term;
        DoubleVector s6 = term;
        DoubleVector s7 = term;
        DoubleVector s8 = term;
        DoubleVector s9 = term;
        DoubleVector s10 = term;
        DoubleVector s11 = term;
        DoubleVector s12 = term;
        DoubleVector s13 = term;
        DoubleVector s14 = term;
        DoubleVector s15 = term;
        for (int i = 0; i < FMAS / CHAINS; i++) {
            s0 = s0.fma(factor, term);
            s1 = s1.fma(factor, term);
            s2 = s2.fma(factor, term);
            s3 = s3.fma(factor, term);
            s4 = s4.fma(factor, term);
            s5 = s5.fma(factor, term);
            s6 = s6.fma(factor, term);
            s7 = s7.fma(factor, term);
            s8 = s8.fma(factor, term);
            s9 = s9.fma(factor, term);
            s10 = s10.fma(factor, term);
            s11 = s11.fma(factor, term);
            s12 = s12.fma(factor, term);
            s13 = s13.fma(factor, term);
            s14 = s14.fma(factor, term);
            s15 = s15.fma(factor, term);
        }
        DoubleVector low = s0.add(s1).add(s2).add(s3).add(s4).add(s5).add(s6).add(s7);
        DoubleVector high =
                s8.add(s9).add(s10).add(s11).add(s12).add(s13).add(s14).add(s15);
        return low.add(high).lane(0);
    }

    /**
     * a = b + s·c.
     *
     * @return a
     */
    @Benchmark
    public double[] triad() {
        double[] to = a;
        double[] x = b;
        double[] y = c;
        DoubleVector factor = DoubleVector.broadcast(SPECIES, 0.5);
        int bound = SPECIES.loopBound(to.length);
        for (int i = 0; i < bound; i += SPECIES.length()) {
            DoubleVector left = DoubleVector.fromArray(SPECIES, x, i);
            DoubleVector right = DoubleVector.fromArray(SPECIES, y, i);
            right.fma(factor, left).intoArray(to, i);
        }
        for (int i = bound; i < to.length; i++) {
            to[i] = x[i] + 0.5 * y[i];
        }
        return to;
    }
}
