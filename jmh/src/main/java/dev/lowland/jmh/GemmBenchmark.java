package dev.lowland.jmh;

import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.kernel.contract.MatrixForm;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
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

/**
 * The product C = op(A)·op(B).
 *
 * <p>It is 2·rows·columns·inner floating-point operations: that over the time of one call is the speed to compare.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dlowland.simd=vector"})
public class GemmBenchmark {

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

    private final KernelSet kernels = Kernels.active();
    private GemmOperands operands = GemmOperands.of(shape, form);

    /** Makes A, B and C. */
    @Setup
    public void fill() {
        operands = GemmOperands.of(shape, form);
    }

    /**
     * The kernels in use.
     *
     * @return C
     */
    @Benchmark
    public DMatrixRMaj lowland() {
        GemmOperands o = operands;
        kernels.multiply(form, false, o.rows(), o.columns(), o.inner(), o.a().data, 0, o.b().data, 0, o.c().data, 0);
        return o.c();
    }

    /**
     * EJML's product of the same form.
     *
     * @return C
     */
    @Benchmark
    public DMatrixRMaj ejml() {
        GemmOperands o = operands;
        switch (form) {
            case NN -> CommonOps_DDRM.mult(o.a(), o.b(), o.c());
            case TN -> CommonOps_DDRM.multTransA(o.a(), o.b(), o.c());
            case NT -> CommonOps_DDRM.multTransB(o.a(), o.b(), o.c());
            case TT -> CommonOps_DDRM.multTransAB(o.a(), o.b(), o.c());
        }
        return o.c();
    }
}
