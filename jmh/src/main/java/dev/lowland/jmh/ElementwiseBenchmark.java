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

/** One function of every entry of an array: the time of one call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ElementwiseBenchmark {

    /** The function. */
    @Param({"exp", "log", "tanh", "sigmoid", "softplus", "erf", "sin", "expm1", "log1p", "add", "multiply", "relu"})
    public String function = "exp";

    /** Entries. */
    @Param({"1000", "100000"})
    public int size = 1000;

    /** Kernels as one function of two arrays. */
    private interface Loop {
        void run(int n, double[] x, double[] out);
    }

    private double[] x = {};
    private double[] out = {};
    private Loop loop = (n, from, to) -> {};

    /** Numbers of ordinary size; positive ones for the logarithms. */
    @Setup
    public void fill() {
        x = Problems.gaussian(size, 1, Purpose.DATA, 2).data;
        out = new double[size];
        if (function.startsWith("log")) {
            for (int i = 0; i < size; i++) {
                x[i] = Math.abs(x[i]) + 1e-3;
            }
        }
        loop = loop();
    }

    private Loop loop() {
        KernelSet kernels = Kernels.active();
        return switch (function) {
            case "exp" -> kernels::exp;
            case "log" -> kernels::log;
            case "tanh" -> kernels::tanh;
            case "sigmoid" -> kernels::sigmoid;
            case "softplus" -> kernels::softplus;
            case "erf" -> kernels::erf;
            case "sin" -> kernels::sin;
            case "expm1" -> kernels::expm1;
            case "log1p" -> kernels::log1p;
            case "add" -> (n, from, to) -> kernels.add(n, from, from, to);
            case "multiply" -> (n, from, to) -> kernels.multiply(n, from, from, to);
            case "relu" -> kernels::relu;
            default -> throw new IllegalArgumentException("no function " + function);
        };
    }

    /**
     * The kernels in use.
     *
     * @return the values
     */
    @Benchmark
    public double[] lowland() {
        loop.run(size, x, out);
        return out;
    }
}
