package dev.lowland.jmh;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.ensemble.EnsembleResult;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.Run;
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

/** One step of label-noise SGD on a 10-20-1 tanh network: alone, and as one of many replicas. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class StepBenchmark {

    private static final int SAMPLES = 64;
    private static final int STEPS = 1_000;
    private static final int REPLICAS = 64;

    /** Samples in a mini-batch. */
    @Param({"1", "8"})
    public int batch;

    private final Objective objective = Objective.of(
            Models.mlp(10, 20, 1).activation(Activation.TANH),
            Losses.square(),
            Data.of(gaussian(SAMPLES, 10, Purpose.DATA, 1), gaussian(SAMPLES, 1, Purpose.TEST, 1)));
    private final DMatrixRMaj theta = gaussian(objective.parameterCount(), 1, Purpose.INITIALISATION, 0.3);
    private LabelNoiseSgd sgd = withBatch(1);

    /** Takes the batch of this benchmark. */
    @Setup
    public void configure() {
        sgd = withBatch(batch);
    }

    private static LabelNoiseSgd withBatch(int batch) {
        return LabelNoiseSgd.builder()
                .learningRate(0.001)
                .batchSize(batch)
                .labelNoise(0.1)
                .seed(1)
                .build();
    }

    private static DMatrixRMaj gaussian(int rows, int columns, Purpose purpose, double factor) {
        DMatrixRMaj m = new DMatrixRMaj(rows, columns);
        RandomStream stream = RandomStream.of(1, 0, purpose);
        for (int i = 0; i < rows * columns; i++) {
            m.data[i] = factor * stream.gaussian(i);
        }
        return m;
    }

    /**
     * One run: the time of a step.
     *
     * @return the run
     */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public Run alone() {
        return sgd.run(objective, theta, STEPS);
    }

    /**
     * Many replicas on one thread: the time of a step of one of them.
     *
     * @return their moments
     */
    @Benchmark
    @OperationsPerInvocation(STEPS * REPLICAS)
    public EnsembleResult together() {
        return Ensemble.of(objective, sgd).replicas(REPLICAS).threads(1).run(theta, STEPS);
    }
}
