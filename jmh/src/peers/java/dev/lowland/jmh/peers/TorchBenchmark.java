package dev.lowland.jmh.peers;

import dev.lowland.jmh.Problems;
import dev.lowland.optim.objective.Objective;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
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

/** One step of label-noise SGD in libtorch: draw the batch and the noise, forward, backward, optimiser. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class TorchBenchmark {

    private static final int SAMPLES = 64;

    /** The problem and the samples a step. */
    @Param({"mlp-small 1", "mlp-small 8", "mlp-middle 32", "conv 16"})
    public String problem = "mlp-small 1";

    private int batch = 1;
    private TorchNetwork network = TorchNetwork.of("mlp-small", new DMatrixRMaj(241, 1));
    private Tensor inputs = new Tensor();
    private Tensor targets = new Tensor();
    private SGD optimiser = new SGD(network.parameters(), new SGDOptions(1e-4));
    private final Scalar noise = new Scalar(0.2);
    private final Scalar half = new Scalar(0.1);
    private Scalar share = new Scalar(0.5);
    private final TensorOptions doubles = new TensorOptions(torch.ScalarType.Double);
    private final TensorOptions longs = new TensorOptions(torch.ScalarType.Long);

    /** Copies the problem, and compares one gradient. */
    @Setup
    public void make() {
        torch.set_num_threads(1);
        String[] parts = problem.split(" ", -1);
        batch = Integer.parseInt(parts[1]);
        Objective objective = Problems.objective(parts[0], SAMPLES);
        DMatrixRMaj theta = Problems.theta(objective);
        network = TorchNetwork.of(parts[0], theta);
        inputs = tensor(objective.data().inputs());
        targets = tensor(objective.data().targets());
        optimiser = new SGD(network.parameters(), new SGDOptions(1e-4));

        share = new Scalar(0.5 / SAMPLES);
        descend(inputs, targets);
        DMatrixRMaj gradient = new DMatrixRMaj(objective.parameterCount(), 1);
        objective.gradient(theta, gradient);
        double[] theirs = network.gradient();
        SameNumbers.check("libtorch " + problem, gradient.data, gradient.getNumElements(), i -> theirs[i]);
        optimiser.zero_grad(true);
        share = new Scalar(0.5 / batch);
    }

    private static Tensor tensor(DMatrixRMaj m) {
        double[] numbers = new double[m.getNumElements()];
        System.arraycopy(m.data, 0, numbers, 0, numbers.length);
        return TorchNetwork.tensor(numbers, m.numRows, m.numCols);
    }

    private void descend(Tensor x, Tensor y) {
        Tensor error = network.predict(x).sub(y);
        error.mul(error).sum().mul(share).backward();
    }

    /** One step. The scope frees what it makes. */
    @Benchmark
    @SuppressWarnings("try")
    public void step() {
        try (PointerScope scope = new PointerScope()) {
            Tensor index = torch.randint(SAMPLES, new long[] {batch}, longs);
            Tensor x = inputs.index_select(0, index);
            Tensor y = targets.index_select(0, index);
            Tensor signs = torch.randint(2, new long[] {batch, y.size(1)}, doubles)
                    .mul_(noise)
                    .sub_(half);
            optimiser.zero_grad(true);
            descend(x, y.add_(signs));
            optimiser.step();
        }
    }
}
