package dev.lowland.jmh;

import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.ElementwiseFunction;
import dev.lowland.core.random.Purpose;
import java.util.Objects;
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

/** One function of every entry of an array: the time of one call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dlowland.simd=vector"})
public class ElementwiseBenchmark {

    /** The function, one of {@link ElementwiseFunction#of}. */
    @Param("exp")
    public String function = "exp";

    /** Entries. */
    @Param({"1000", "100000"})
    public int size = 1000;

    private double[] x = {};
    private double[] out = {};
    private ElementwiseFunction loop = (n, from, to) -> {};

    /** Numbers of ordinary size; positive ones for the logarithms. */
    @Setup
    public void fill() {
        x = Problems.gaussian(size, 1, Purpose.DATA, 2).data;
        out = new double[size];
        loop = Objects.requireNonNull(ElementwiseFunction.of(Kernels.active()).get(function), function);
        if (!loop.isDefinedBelowZero()) {
            for (int i = 0; i < size; i++) {
                x[i] = Math.abs(x[i]) + 1e-3;
            }
        }
    }

    /**
     * The kernels in use.
     *
     * @return the values
     */
    @Benchmark
    public double[] lowland() {
        loop.apply(size, x, out);
        return out;
    }
}
