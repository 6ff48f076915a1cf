package dev.lowland.jmh.peers;

import dev.lowland.jmh.GemmOperands;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The product of ojAlgo, in plain Java. Its matrices are stored by columns; a transposed operand is its view of one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dlowland.simd=vector"})
public class OjAlgoBenchmark extends GemmPeer {

    private MatrixStore<Double> left = R064Store.FACTORY.make(1, 1);
    private MatrixStore<Double> right = left;
    private R064Store c = R064Store.FACTORY.make(1, 1);

    @Override
    void prepare() {
        MatrixStore<Double> a = copy(operands.a());
        MatrixStore<Double> b = copy(operands.b());
        left = form.leftTransposed() ? a.transpose() : a;
        right = form.rightTransposed() ? b.transpose() : b;
        c = R064Store.FACTORY.make(operands.rows(), operands.columns());
    }

    private static R064Store copy(DMatrixRMaj m) {
        R064Store copy = R064Store.FACTORY.make(m.numRows, m.numCols);
        for (int i = 0; i < m.numRows; i++) {
            for (int j = 0; j < m.numCols; j++) {
                copy.set(i, j, m.get(i, j));
            }
        }
        return copy;
    }

    @Override
    IntToDoubleFunction product() {
        R064Store found = multiply();
        int columns = operands.columns();
        return i -> found.doubleValue(i / columns, i % columns);
    }

    /**
     * C = op(A)·op(B).
     *
     * @return C
     */
    @Benchmark
    public R064Store multiply() {
        c.fillByMultiplying(left, right);
        return c;
    }
}
