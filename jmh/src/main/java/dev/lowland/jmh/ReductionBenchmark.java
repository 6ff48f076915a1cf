package dev.lowland.jmh;

import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.random.Purpose;
import java.util.concurrent.TimeUnit;
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

/** Sums in the fixed order: the time of one call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dlowland.simd=vector"})
public class ReductionBenchmark {

    private static final int COLUMNS = 10;

    /** Entries. */
    @Param({"1000", "100000"})
    public int size = 1000;

    private final KernelSet kernels = Kernels.active();
    private double[] x = {};
    private double[] y = {};
    private final double[] sums = new double[COLUMNS];

    /** Makes the arrays. */
    @Setup
    public void fill() {
        x = Problems.gaussian(size, 1, Purpose.DATA, 1).data;
        y = Problems.gaussian(size, 1, Purpose.TEST, 1).data;
    }

    /**
     * Σ x·y.
     *
     * @return the sum
     */
    @Benchmark
    public double dot() {
        return kernels.dot(size, x, 0, y, 0);
    }

    /**
     * Σ x.
     *
     * @return the sum
     */
    @Benchmark
    public double sum() {
        return kernels.sum(size, x, 0);
    }

    /**
     * The sums of ten columns, as the gradient of a bias is.
     *
     * @return the sums
     */
    @Benchmark
    public double[] columnSums() {
        kernels.sumMiddle(1, size / COLUMNS, COLUMNS, x, sums);
        return sums;
    }
}
