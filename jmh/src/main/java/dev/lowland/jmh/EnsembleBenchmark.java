package dev.lowland.jmh;

import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.ensemble.EnsembleResult;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Many replicas at once, from the call to their moments: the time of one step of one replica. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dlowland.simd=vector"})
public class EnsembleBenchmark {

    private static final int SMALL_STEPS = 100_000;
    private static final int STEPS = 4_000;
    private static final int REPLICAS = 256;

    /** Threads. */
    @Param({"1", "2"})
    public int threads = 1;

    private final Objective quadratic = Problems.objective("quadratic", 3);
    private final DMatrixRMaj quadraticTheta = Problems.theta(quadratic);
    private final Objective network = Problems.objective("mlp-small", 64);
    private final DMatrixRMaj networkTheta = Problems.theta(network);
    private Ensemble ofQuadratics = ensemble(quadratic, Problems.sgd());
    private Ensemble ofNetworks1 = ensemble(network, Problems.sgd().withBatchSize(1));
    private Ensemble ofNetworks8 = ensemble(network, Problems.sgd().withBatchSize(8));

    /** Makes the ensembles, which keep what their first run compiles. */
    @Setup
    public void gather() {
        ofQuadratics = ensemble(quadratic, Problems.sgd());
        ofNetworks1 = ensemble(network, Problems.sgd().withBatchSize(1));
        ofNetworks8 = ensemble(network, Problems.sgd().withBatchSize(8));
    }

    private Ensemble ensemble(Objective objective, LabelNoiseSgd sgd) {
        return Ensemble.of(objective, sgd).withReplicas(REPLICAS).withThreads(threads);
    }

    /**
     * The six-parameter problem, full batch.
     *
     * @return moments
     */
    @Benchmark
    @OperationsPerInvocation(SMALL_STEPS * REPLICAS)
    public EnsembleResult quadratic() {
        return ofQuadratics.run(quadraticTheta, SMALL_STEPS);
    }

    /**
     * The network 10-20-1, one sample a step.
     *
     * @return moments
     */
    @Benchmark
    @OperationsPerInvocation(STEPS * REPLICAS)
    public EnsembleResult network1() {
        return ofNetworks1.run(networkTheta, STEPS);
    }

    /**
     * The network 10-20-1, eight samples a step.
     *
     * @return moments
     */
    @Benchmark
    @OperationsPerInvocation(STEPS * REPLICAS)
    public EnsembleResult network8() {
        return ofNetworks8.run(networkTheta, STEPS);
    }
}
