package dev.lowland.jmh.peers;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;

import dev.lowland.jmh.GemmOperands;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.ejml.data.DMatrixRMaj;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The product of OpenBLAS on native memory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dlowland.simd=vector"})
public class OpenBlasBenchmark extends GemmPeer {

    private DoublePointer a = new DoublePointer(1);
    private DoublePointer b = new DoublePointer(1);
    private DoublePointer c = new DoublePointer(1);

    @Override
    void prepare() {
        openblas_nolapack.blas_set_num_threads(1);
        a = copy(operands.a());
        b = copy(operands.b());
        c = copy(operands.c());
    }

    private static DoublePointer copy(DMatrixRMaj m) {
        int size = m.getNumElements();
        return new DoublePointer(size).put(m.data, 0, size);
    }

    @Override
    IntToDoubleFunction product() {
        return multiply()::get;
    }

    /**
     * C = op(A)·op(B).
     *
     * @return C
     */
    @Benchmark
    public DoublePointer multiply() {
        GemmOperands o = operands;
        cblas_dgemm(
                CblasRowMajor,
                form.leftTransposed() ? CblasTrans : CblasNoTrans,
                form.rightTransposed() ? CblasTrans : CblasNoTrans,
                o.rows(),
                o.columns(),
                o.inner(),
                1.0,
                a,
                o.a().numCols,
                b,
                o.b().numCols,
                0.0,
                c,
                o.columns());
        return c;
    }
}
