package dev.lowland.jmh;

import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
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

/** One step of label-noise SGD, with its random numbers, on each family of models. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dlowland.simd=vector"})
public class StepBenchmark {

    private static final int SAMPLES = 64;
    private static final String SLOW = "conv 16";
    private static final int FAST_STEPS = 200_000;

    /** The problem and the samples a step; {@code all} is the full batch of three. */
    @Param({
        "quadratic all",
        "deep-linear 1",
        "matrix-sensing 8",
        "mlp-small 1",
        "mlp-small 8",
        "mlp-middle 32",
        "conv 16"
    })
    public String problem = "quadratic all";

    private SgdStepper stepper = stepper("quadratic all");
    private double[] theta = {};

    /**
     * Compiles the step. That of images calls some kernels so rarely, those that draw noise among them, that the JVM
     * has not compiled them when the measurement begins; many steps of a fast one see to that.
     */
    @Setup
    public void compile() {
        if (problem.equals(SLOW)) {
            SgdStepper fast = stepper("mlp-small 8");
            for (int k = 0; k < FAST_STEPS; k++) {
                fast.step();
            }
        }
        stepper = stepper(problem);
        theta = stepper.parameters().clone();
    }

    /** Every iteration sees the same states. */
    @Setup(Level.Iteration)
    public void restart() {
        stepper.start(theta, 0);
    }

    private static SgdStepper stepper(String problem) {
        String[] parts = problem.split(" ", -1);
        boolean full = parts[1].equals("all");
        Objective objective = Problems.objective(parts[0], full ? 3 : SAMPLES);
        LabelNoiseSgd sgd = full ? Problems.sgd() : Problems.sgd().withBatchSize(Integer.parseInt(parts[1]));
        SgdStepper made = sgd.compile(objective, 1).newStepper();
        made.start(Problems.theta(objective).data, 0);
        return made;
    }

    /**
     * One step.
     *
     * @param allocation counts
     * @return the live θ
     */
    @Benchmark
    public double[] lowland(Allocation allocation) {
        allocation.countedCalls++;
        stepper.step();
        return stepper.parameters();
    }
}
