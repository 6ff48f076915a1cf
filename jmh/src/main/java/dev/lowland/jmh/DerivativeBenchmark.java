package dev.lowland.jmh;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.program.Workspace;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.core.random.Purpose;
import dev.lowland.optim.curvature.Curvature;
import dev.lowland.optim.curvature.CurvatureOperator;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.objective.ObjectiveEvaluator;
import java.util.List;
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

/** The derivatives that R needs, each beside G, one loss with its gradient, on 32 samples. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dlowland.simd=vector"})
public class DerivativeBenchmark {

    private static final int SAMPLES = 32;
    private static final int DIRECTIONS = 16;
    private static final int SMALL_CALLS = 20_000;

    /** The problem. */
    @Param({"mlp-small", "mlp-middle"})
    public String family = "mlp-small";

    private Objective objective = Problems.objective("mlp-small", SAMPLES);
    private DMatrixRMaj theta = new DMatrixRMaj();
    private DMatrixRMaj direction = new DMatrixRMaj();
    private DMatrixRMaj directions = new DMatrixRMaj();
    private DMatrixRMaj out = new DMatrixRMaj();
    private Program program = lossAndGradient(objective);
    private Workspace workspace = program.newWorkspace();
    private double[][] arguments = {};
    private ObjectiveEvaluator evaluator = objective.evaluator();
    private CurvatureOperator prepared = Curvature.of(objective).at(Problems.theta(objective));

    /**
     * Compiles everything. What is large calls some kernels so rarely that the JVM has not compiled them when the
     * measurement begins, and what is not compiled allocates its vectors; many calls of what is small see to that.
     */
    @Setup
    public void compile() {
        prepare("mlp-small");
        for (int k = 0; k < SMALL_CALLS; k++) {
            evaluator.thirdOrder(theta, directions, out);
            evaluator.hessianVector(theta, direction, out);
            prepared.apply(direction, out);
        }
        prepare(family);
    }

    private void prepare(String family) {
        objective = Problems.objective(family, SAMPLES);
        theta = Problems.theta(objective);
        int size = objective.parameterCount();
        direction = Problems.gaussian(size, 1, Purpose.PROBE, 1);
        directions = Problems.gaussian(size, DIRECTIONS, Purpose.PROBE, 1);
        out = new DMatrixRMaj(size, 1);
        program = lossAndGradient(objective);
        workspace = program.newWorkspace();
        arguments = new double[][] {theta.data};
        evaluator = objective.evaluator();
        prepared = Curvature.of(objective).withChunks(SAMPLES).at(theta);
    }

    private static Program lossAndGradient(Objective objective) {
        Graph graph = new Graph();
        Node theta = graph.input("theta", Shape.of(objective.parameterCount(), 1));
        Node predictions =
                objective.model().predict(theta, graph.constant(objective.data().inputs()));
        Node losses = objective
                .loss()
                .smoothed(predictions, graph.constant(objective.data().targets()));
        Node loss = Ops.scale(Ops.sum(losses), 1.0 / objective.sampleCount());
        return Program.compile(List.of(theta), List.of(loss, Reverse.gradient(loss, theta)));
    }

    /**
     * G.
     *
     * @param allocation counts
     * @return the live gradient
     */
    @Benchmark
    public double[] lossAndGradient(Allocation allocation) {
        allocation.countedCalls++;
        program.run(workspace, arguments);
        return workspace.output(1);
    }

    /**
     * A Hessian-vector product, all of it.
     *
     * @param allocation counts
     * @return Hv
     */
    @Benchmark
    public DMatrixRMaj hessianVector(Allocation allocation) {
        allocation.countedCalls++;
        evaluator.hessianVector(theta, direction, out);
        return out;
    }

    /**
     * A Hessian-vector product at a θ that has been seen.
     *
     * @param allocation counts
     * @return Hv
     */
    @Benchmark
    public DMatrixRMaj preparedHessianVector(Allocation allocation) {
        allocation.countedCalls++;
        prepared.apply(direction, out);
        return out;
    }

    /**
     * ∇ Σ D²L[w, w] over 16 directions: the time of one direction.
     *
     * @param allocation counts
     * @return the gradient
     */
    @Benchmark
    @OperationsPerInvocation(DIRECTIONS)
    public DMatrixRMaj thirdOrder(Allocation allocation) {
        allocation.countedCalls++;
        evaluator.thirdOrder(theta, directions, out);
        return out;
    }
}
