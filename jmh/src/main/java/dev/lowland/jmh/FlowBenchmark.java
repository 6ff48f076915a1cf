package dev.lowland.jmh;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.random.Purpose;
import dev.lowland.optim.flatness.QuarterTrace;
import dev.lowland.optim.flow.SlowFlow;
import dev.lowland.optim.fluctuation.Fluctuations;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A plain step of the slow flow, P = 8, n = 3, ηλmax = 1.6: along each of the three drifts, and written by hand. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dlowland.simd=vector"})
public class FlowBenchmark {

    private static final int STEPS = 10_000;
    private static final double STRENGTH = 1e-6;

    private Objective objective = Problems.objective("quadratic", 3);
    private DMatrixRMaj theta = new DMatrixRMaj();
    private SlowFlow flow = SlowFlow.of(objective, LabelNoiseSgd.of(1));
    private SlowFlow quarterTrace = flow;
    private SlowFlow fluctuations = flow;
    private HandWrittenFlow byHand = new HandWrittenFlow(new double[0], new double[0], 0, 1, 0);

    /**
     * Makes the problem, with zero loss at θ.
     *
     * @throws IllegalStateException if the two ways to write the flow do not agree
     */
    @Setup
    public void prepare() {
        DMatrixRMaj inputs = Problems.gaussian(3, 4, Purpose.DATA, 1);
        theta = Problems.gaussian(8, 1, Purpose.INITIALISATION, 1);
        DMatrixRMaj targets = new DMatrixRMaj(3, 1);
        Data blank = Data.of(inputs, targets);
        Objective.of(Models.quadratic(4), Losses.square(), blank).predictions(theta, targets);
        objective = Objective.of(Models.quadratic(4), Losses.square(), Data.of(inputs, targets));
        double rate = 1.6 / QuarterTrace.of(objective).at(theta).topEigenvalue();
        LabelNoiseSgd sgd = LabelNoiseSgd.of(rate).withLabelNoise(Math.sqrt(STRENGTH * 3 / rate));
        flow = SlowFlow.of(objective, sgd);
        quarterTrace = flow.withDrift(QuarterTrace.of(objective));
        fluctuations = flow.withDrift(Fluctuations.of(objective, sgd).drift());
        byHand = new HandWrittenFlow(inputs.data, targets.data, 4, rate, STRENGTH);
        DMatrixRMaj expected = regularizer();
        double[] found = written();
        for (int i = 0; i < 8; i++) {
            if (!(Math.abs(expected.data[i] - found[i]) < 1e-9)) {
                throw new IllegalStateException("the flows differ: " + expected.data[i] + " and " + found[i]);
            }
        }
    }

    /**
     * Along ∇R.
     *
     * @return where it ends
     */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public DMatrixRMaj regularizer() {
        return flow.run(theta, STEPS).parameters();
    }

    /**
     * Along ¼∇tr ∇²L.
     *
     * @return where it ends
     */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public DMatrixRMaj quarterTrace() {
        return quarterTrace.run(theta, STEPS).parameters();
    }

    /**
     * Along the drift of the fluctuations.
     *
     * @return where it ends
     */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public DMatrixRMaj fluctuations() {
        return fluctuations.run(theta, STEPS).parameters();
    }

    /**
     * Along ∇R, by hand.
     *
     * @return where it ends
     */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public double[] written() {
        double[] state = theta.data.clone();
        return byHand.run(state, STEPS) ? state : new double[0];
    }
}
