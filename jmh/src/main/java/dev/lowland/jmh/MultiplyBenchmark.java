package dev.lowland.jmh;

import dev.lowland.core.kernel.KernelSet;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.MatrixForm;
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
 * The product C = A·B of square matrices.
 *
 * <p>A product of n × n matrices is 2n³ floating-point operations: 2n³ over the time of one call is the speed to compare.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class MultiplyBenchmark {

    /** Rows and columns of each matrix. */
    @Param({"16", "64", "256"})
    public int size;

    private final KernelSet scalar = Kernels.scalar();
    private final KernelSet vector = Kernels.vector().orElse(scalar);
    private final DMatrixRMaj a = new DMatrixRMaj();
    private final DMatrixRMaj b = new DMatrixRMaj();
    private final DMatrixRMaj c = new DMatrixRMaj();

    /** Fills A and B with numbers that are neither zero nor all alike. */
    @Setup
    public void fill() {
        a.reshape(size, size);
        b.reshape(size, size);
        c.reshape(size, size);
        for (int i = 0; i < size * size; i++) {
            a.data[i] = Math.sin(i);
            b.data[i] = Math.cos(i);
        }
    }

    /**
     * EJML's product, the yardstick.
     *
     * @return C
     */
    @Benchmark
    public DMatrixRMaj ejml() {
        CommonOps_DDRM.mult(a, b, c);
        return c;
    }

    /**
     * The scalar kernel.
     *
     * @return C
     */
    @Benchmark
    public DMatrixRMaj scalar() {
        return multiply(scalar);
    }

    /**
     * The vector kernel, or the scalar one once more where Java has no vectors.
     *
     * @return C
     */
    @Benchmark
    public DMatrixRMaj vector() {
        return multiply(vector);
    }

    private DMatrixRMaj multiply(KernelSet kernels) {
        kernels.multiply(MatrixForm.NN, false, size, size, size, a.data, 0, b.data, 0, c.data, 0);
        return c;
    }
}
