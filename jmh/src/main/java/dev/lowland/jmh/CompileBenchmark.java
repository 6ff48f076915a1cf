package dev.lowland.jmh;

import dev.lowland.core.random.Purpose;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.objective.ObjectiveEvaluator;
import dev.lowland.optim.sgd.SgdProgram;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
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

/** From a model to a program that can run. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dlowland.simd=vector"})
public class CompileBenchmark {

    private static final int SAMPLES = 32;

    /** The problem. */
    @Param({"mlp-small", "mlp-middle", "conv"})
    public String family = "mlp-small";

    private Objective objective = Problems.objective("mlp-small", SAMPLES);
    private DMatrixRMaj theta = new DMatrixRMaj();
    private DMatrixRMaj direction = new DMatrixRMaj();
    private DMatrixRMaj out = new DMatrixRMaj();

    /** Makes the data. */
    @Setup
    public void fill() {
        objective = Problems.objective(family, SAMPLES);
        theta = Problems.theta(objective);
        direction = Problems.gaussian(objective.parameterCount(), 1, Purpose.PROBE, 1);
        out = new DMatrixRMaj(objective.parameterCount(), 1);
    }

    /**
     * The graph and the program of a step.
     *
     * @return the program
     */
    @Benchmark
    public SgdProgram step() {
        return Problems.sgd().withBatchSize(16).compile(objective, 1);
    }

    /**
     * The graph and the program of a Hessian-vector product, and its first run.
     *
     * @return Hv
     */
    @Benchmark
    public DMatrixRMaj hessianVector() {
        Objective fresh = Objective.of(objective.model(), objective.loss(), objective.data());
        ObjectiveEvaluator evaluator = fresh.evaluator();
        evaluator.hessianVector(theta, direction, out);
        return out;
    }
}
