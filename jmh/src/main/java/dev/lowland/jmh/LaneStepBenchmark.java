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
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One step of 64 replicas side by side, as ensembles take it: the time and the memory of one of them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dlowland.simd=vector"})
public class LaneStepBenchmark {

    private static final int SAMPLES = 64;
    private static final int LANES = 64;

    /** The problem and the samples a step; {@code all} is the full batch of three. */
    @Param({"quadratic all", "mlp-small 1", "mlp-small 8"})
    public String problem = "quadratic all";

    private double[] start = {};
    private SgdStepper stepper = stepper("quadratic all");

    /** Compiles the step. */
    @Setup
    public void compile() {
        stepper = stepper(problem);
    }

    /** Every iteration sees the same states. */
    @Setup(Level.Iteration)
    public void restart() {
        stepper.start(start, 0);
    }

    private SgdStepper stepper(String problem) {
        String[] parts = problem.split(" ", -1);
        boolean full = parts[1].equals("all");
        Objective objective = Problems.objective(parts[0], full ? 3 : SAMPLES);
        LabelNoiseSgd sgd = full ? Problems.sgd() : Problems.sgd().withBatchSize(Integer.parseInt(parts[1]));
        SgdStepper made = sgd.compile(objective, LANES).newStepper();
        start = Problems.theta(objective).data;
        made.start(start, 0);
        return made;
    }

    /**
     * One step of every replica.
     *
     * @param allocation counts
     * @return the live θ
     */
    @Benchmark
    @OperationsPerInvocation(LANES)
    public double[] lowland(Allocation allocation) {
        allocation.countedCalls++;
        stepper.step();
        return stepper.parameters();
    }
}
