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

/** The fused updates of the optimiser: the time of one call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dlowland.simd=vector"})
public class UpdateBenchmark {

    private static final double RATE = 1e-9;

    /** Parameters. */
    @Param({"1000", "100000"})
    public int size = 1000;

    private final KernelSet kernels = Kernels.active();
    private double[] gradient = {};
    private double[] velocity = {};
    private double[] parameters = {};

    /** Makes the arrays. */
    @Setup
    public void fill() {
        gradient = Problems.gaussian(size, 1, Purpose.DATA, 1).data;
        velocity = new double[size];
        parameters = Problems.gaussian(size, 1, Purpose.TEST, 1).data;
    }

    /**
     * θ − ηg.
     *
     * @return θ
     */
    @Benchmark
    public double[] sgd() {
        kernels.sgdStep(size, RATE, gradient, parameters);
        return parameters;
    }

    /**
     * Heavy ball.
     *
     * @return θ
     */
    @Benchmark
    public double[] heavyBall() {
        kernels.heavyBallStep(size, RATE, 0.9, gradient, velocity, parameters);
        return parameters;
    }

    /**
     * y + αx.
     *
     * @return y
     */
    @Benchmark
    public double[] axpy() {
        kernels.axpy(size, RATE, gradient, 0, parameters, 0);
        return parameters;
    }
}
