package dev.lowland.jmh;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
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
import org.openjdk.jmh.annotations.Warmup;

/** One step of label-noise SGD on a tanh network w-w-w-1, as its width or its batch grows. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dlowland.simd=vector"})
public class GrowthBenchmark {

    /** Width and batch, for example {@code 64 32}. */
    @Param({
        "6 32", "12 32", "22 32", "40 32", "70 32", "126 32", "223 32", "397 32", "706 32", "64 1", "64 4", "64 16",
        "64 64", "64 256", "64 1024"
    })
    public String size = "6 32";

    private SgdStepper stepper = stepper("6 32");
    private double[] theta = {};

    /**
     * The network of a width.
     *
     * @param width inputs, and units of both hidden layers
     * @return the model
     */
    public static Model model(int width) {
        return Models.mlp(width, width, width, 1).withActivation(Activation.TANH);
    }

    /** Compiles the step. */
    @Setup
    public void compile() {
        stepper = stepper(size);
        theta = stepper.parameters().clone();
    }

    /** Every iteration sees the same states. */
    @Setup(Level.Iteration)
    public void restart() {
        stepper.start(theta, 0);
    }

    private static SgdStepper stepper(String size) {
        String[] parts = size.split(" ", -1);
        int batch = Integer.parseInt(parts[1]);
        Objective objective = Problems.objective(model(Integer.parseInt(parts[0])), Math.max(batch, 64));
        SgdStepper made =
                Problems.sgd().withBatchSize(batch).compile(objective, 1).newStepper();
        made.start(Problems.theta(objective).data, 0);
        return made;
    }

    /**
     * One step.
     *
     * @return the live θ
     */
    @Benchmark
    public double[] step() {
        stepper.step();
        return stepper.parameters();
    }
}
