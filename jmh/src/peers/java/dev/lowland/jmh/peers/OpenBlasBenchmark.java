package dev.lowland.jmh.peers;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;

import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.jmh.GemmOperands;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.presets.openblas_nolapack;
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

/** The product of OpenBLAS on native memory; see {@link dev.lowland.jmh.GemmBenchmark}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dlowland.simd=vector"})
public class OpenBlasBenchmark {

    /** Rows of C × columns of C × inner. */
    @Param({
        "16x16x16",
        "32x32x32",
        "64x64x64",
        "128x128x128",
        "256x256x256",
        "512x512x512",
        "32x128x784",
        "128x10x512",
        "64x64x576"
    })
    public String shape = "16x16x16";

    /** Which operands are stored transposed. */
    @Param({"NN", "TN", "NT"})
    public MatrixForm form = MatrixForm.NN;

    private GemmOperands operands = GemmOperands.of(shape, form);
    private DoublePointer a = new DoublePointer(1);
    private DoublePointer b = new DoublePointer(1);
    private DoublePointer c = new DoublePointer(1);

    /** Copies A and B, and compares one product. */
    @Setup
    public void fill() {
        openblas_nolapack.blas_set_num_threads(1);
        operands = GemmOperands.of(shape, form);
        a = copy(operands.a());
        b = copy(operands.b());
        c = copy(operands.c());
        DoublePointer theirs = multiply();
        Kernels.multiply(form, operands.a(), operands.b(), operands.c());
        SameNumbers.check(
                "OpenBLAS " + form + " " + shape,
                operands.c().data,
                operands.c().getNumElements(),
                theirs::get);
    }

    private static DoublePointer copy(DMatrixRMaj m) {
        int size = m.getNumElements();
        return new DoublePointer(size).put(m.data, 0, size);
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
