package dev.lowland.jmh;

import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Bulk random numbers: the time of one number. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dlowland.simd=vector"})
public class RandomBenchmark {

    private static final int COUNT = 8192;

    private final RandomStream stream = RandomStream.of(1, 0, Purpose.TEST);
    private final double[] out = new double[COUNT];
    private final int[] indices = new int[COUNT];
    private long position;

    /**
     * ±1.
     *
     * @return the numbers
     */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public double[] rademacher() {
        stream.fillSigns(next(), COUNT, out, 0, 1);
        return out;
    }

    /**
     * Normal numbers.
     *
     * @return the numbers
     */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public double[] gaussian() {
        stream.fillGaussian(next(), COUNT, out, 0, 1);
        return out;
    }

    /**
     * Uniform numbers, one word of the generator each: what a word costs.
     *
     * @return the numbers
     */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public double[] uniform() {
        stream.fillUniform(next(), COUNT, out, 0, 1);
        return out;
    }

    /**
     * Samples of a batch.
     *
     * @return the numbers
     */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public int[] index() {
        stream.fillIndices(next(), COUNT, 1000, indices, 0, 1);
        return indices;
    }

    private long next() {
        position += COUNT;
        return position;
    }
}
