package dev.lowland.jmh;

import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.SgdStepper;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One step of label-noise SGD on the network 784-128-64-10, with a batch that is large enough for several threads. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dlowland.simd=vector"})
public class LargeBatchBenchmark {

    private static final int SAMPLES = 1024;

    /** Samples a step. */
    @Param({"1024", "4096"})
    public int batch = 1024;

    /** Threads of the run. */
    @Param({"1", "2"})
    public int threads = 1;

    private SgdStepper stepper = stepper(Problems.objective("quadratic", 3), 1, 1);
    private double[] theta = {};

    /** Compiles the step and starts the threads. */
    @Setup
    public void compile() {
        Objective objective = Problems.objective("mlp-middle", SAMPLES);
        stepper = stepper(objective, batch, threads);
        theta = Problems.theta(objective).data;
    }

    /** Every iteration sees the same states. */
    @Setup(Level.Iteration)
    public void restart() {
        stepper.start(theta, 0);
    }

    /** Ends the threads. */
    @TearDown
    public void close() {
        stepper.close();
    }

    private static SgdStepper stepper(Objective objective, int batch, int threads) {
        return Problems.sgd()
                .withBatchSize(batch)
                .withThreads(threads)
                .compile(objective, 1)
                .newStepper();
    }

    /**
     * One step.
     *
     * @param allocation counts, on this thread
     * @return the live θ
     */
    @Benchmark
    public double[] step(Allocation allocation) {
        allocation.countedCalls++;
        stepper.step();
        return stepper.parameters();
    }
}
