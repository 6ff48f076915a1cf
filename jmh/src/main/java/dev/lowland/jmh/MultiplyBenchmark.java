package dev.lowland.jmh;

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
@Fork(2)
public class MultiplyBenchmark {

    /** Rows and columns of each matrix. */
    @Param({"16", "64", "256"})
    public int size;

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
}
