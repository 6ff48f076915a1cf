package dev.lowland.jmh;

import dev.lowland.optim.flatness.PotentialEvaluator;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.objective.Objective;
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

/** ∇R, exact, by all eigenvalues of the Hessian. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dlowland.simd=vector"})
public class RegularizerBenchmark {

    /** The problem. */
    @Param({"quadratic", "mlp-small"})
    public String family = "quadratic";

    private Objective objective = Problems.objective("quadratic", 16);
    private PotentialEvaluator evaluator = Regularizer.of(objective, 1e-3, 0).evaluator();
    private DMatrixRMaj theta = new DMatrixRMaj();
    private DMatrixRMaj out = new DMatrixRMaj();

    /**
     * Compiles.
     *
     * @throws IllegalStateException if R is not defined at θ
     */
    @Setup
    public void compile() {
        objective = Problems.objective(family, 16);
        theta = Problems.theta(objective);
        evaluator = Regularizer.of(objective, 1e-3, 0).evaluator();
        out = new DMatrixRMaj(objective.parameterCount(), 1);
        if (evaluator.gradient(theta, out) != PotentialStatus.DEFINED) {
            throw new IllegalStateException("R is not defined here");
        }
    }

    /**
     * ∇R.
     *
     * @return the gradient
     */
    @Benchmark
    public DMatrixRMaj gradient() {
        evaluator.gradient(theta, out);
        return out;
    }
}
