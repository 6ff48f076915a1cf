package dev.lowland.jmh;

import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.ensemble.EnsembleResult;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.Optimiser;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
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

/** Many settings as one ensemble beside as many replicas of one setting: the time of one step of one replica. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dlowland.simd=vector"})
public class SettingsBenchmark {

    private static final int STEPS = 100_000;
    private static final int SETTINGS = 64;
    private static final int EACH = 4;

    /** What differs: nothing, the learning rate, or that and the seed. */
    @Param({"none", "rate", "rate-and-seed"})
    public String differs = "none";

    private final Objective objective = Problems.objective("quadratic", 3);
    private final DMatrixRMaj theta = Problems.theta(objective);
    private final Optimiser one = Problems.sgd().optimiser();
    private Ensemble ensemble = Ensemble.of(objective, one);
    private List<Optimiser> settings = List.of();

    /** Makes the ensemble, which keeps what its first run compiles. */
    @Setup
    public void gather() {
        boolean same = differs.equals("none");
        ensemble = Ensemble.of(objective, one).withReplicas(same ? SETTINGS * EACH : EACH);
        settings = switch (differs) {
            case "none" -> List.of();
            case "rate" -> settings(this::atRate);
            default -> settings(i -> atRate(i).withSeed(i));
        };
    }

    private static List<Optimiser> settings(IntFunction<Optimiser> setting) {
        return IntStream.range(0, SETTINGS).mapToObj(setting).toList();
    }

    private Optimiser atRate(int i) {
        return one.withLearningRate(1e-4 * (1 + i / 64.0));
    }

    /**
     * The six-parameter problem, full batch.
     *
     * @return moments, of each setting
     */
    @Benchmark
    @OperationsPerInvocation(STEPS * SETTINGS * EACH)
    public List<EnsembleResult> quadratic() {
        return settings.isEmpty() ? List.of(ensemble.run(theta, STEPS)) : ensemble.runEach(settings, theta, STEPS);
    }
}
