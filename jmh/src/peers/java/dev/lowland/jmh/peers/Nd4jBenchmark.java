package dev.lowland.jmh.peers;

import dev.lowland.jmh.Problems;
import dev.lowland.optim.objective.Objective;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
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

/** One step of label-noise SGD on 784-128-64-10, 32 samples, in ND4J's SameDiff. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class Nd4jBenchmark {

    private static final int BATCH = 32;
    private static final int[] WIDTHS = {784, 128, 64, 10};

    private SameDiff graph = SameDiff.create();
    private final List<String> names = new ArrayList<>();
    private final Map<String, INDArray> arguments = new HashMap<>();
    private INDArray targets = Nd4j.empty(DataType.DOUBLE);

    /** Copies the problem, and compares one gradient. */
    @Setup
    public void make() {
        Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
        Objective objective = Problems.objective("mlp-middle", BATCH);
        DMatrixRMaj theta = Problems.theta(objective);
        graph = SameDiff.create();
        SDVariable x = graph.placeHolder("x", DataType.DOUBLE, BATCH, WIDTHS[0]);
        SDVariable y = graph.placeHolder("y", DataType.DOUBLE, BATCH, WIDTHS[WIDTHS.length - 1]);
        int position = 0;
        for (int i = 0; i + 1 < WIDTHS.length; i++) {
            SDVariable w = variable("w" + i, theta, position, WIDTHS[i], WIDTHS[i + 1]);
            position += WIDTHS[i] * WIDTHS[i + 1];
            SDVariable b = variable("b" + i, theta, position, 1, WIDTHS[i + 1]);
            position += WIDTHS[i + 1];
            x = x.mmul(w).add(b);
            if (i + 2 < WIDTHS.length) {
                x = graph.math().tanh(x);
            }
        }
        SDVariable error = x.sub(y);
        SDVariable loss = error.mul(error).sum().mul("loss", 0.5 / BATCH);
        graph.setLossVariables(loss.name());
        arguments.put("x", array(objective.data().inputs()));
        targets = array(objective.data().targets());

        arguments.put("y", targets);
        double[] theirs = flat(graph.calculateGradients(arguments, names), theta.numRows);
        DMatrixRMaj gradient = new DMatrixRMaj(objective.parameterCount(), 1);
        objective.gradient(theta, gradient);
        SameNumbers.check("ND4J", gradient.data, gradient.getNumElements(), i -> theirs[i]);
    }

    private SDVariable variable(String name, DMatrixRMaj theta, int position, int rows, int columns) {
        double[] numbers = new double[rows * columns];
        System.arraycopy(theta.data, position, numbers, 0, numbers.length);
        names.add(name);
        return graph.var(name, Nd4j.createFromArray(numbers).reshape(rows, columns));
    }

    private static INDArray array(DMatrixRMaj m) {
        double[] numbers = new double[m.getNumElements()];
        System.arraycopy(m.data, 0, numbers, 0, numbers.length);
        return Nd4j.createFromArray(numbers).reshape(m.numRows, m.numCols);
    }

    private double[] flat(Map<String, INDArray> gradients, int size) {
        double[] out = new double[size];
        int position = 0;
        for (String name : names) {
            INDArray gradient = Objects.requireNonNull(gradients.get(name), name);
            double[] numbers = gradient.dup('c').data().asDouble();
            System.arraycopy(numbers, 0, out, position, numbers.length);
            position += numbers.length;
        }
        return out;
    }

    /**
     * One step.
     *
     * @return the gradients
     */
    @Benchmark
    public Map<String, INDArray> step() {
        INDArray signs = Nd4j.rand(DataType.DOUBLE, targets.shape()).gt(0.5).castTo(DataType.DOUBLE);
        arguments.put("y", signs.muli(0.2).subi(0.1).addi(targets));
        Map<String, INDArray> gradients = graph.calculateGradients(arguments, names);
        for (String name : names) {
            INDArray gradient = Objects.requireNonNull(gradients.get(name), name);
            graph.getVariable(name).getArr().subi(gradient.muli(1e-4));
        }
        return gradients;
    }
}
