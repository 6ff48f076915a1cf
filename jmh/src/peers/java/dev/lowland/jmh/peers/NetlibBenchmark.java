package dev.lowland.jmh.peers;

import dev.lowland.jmh.GemmOperands;
import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The product of {@code dev.ludovic.netlib}, which is written in the Vector API. Its matrices are stored by columns, so
 * that it is asked for Cᵀ = op(B)ᵀ·op(A)ᵀ of the same memory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dlowland.simd=vector"})
public class NetlibBenchmark extends GemmPeer {

    private final BLAS blas = JavaBLAS.getInstance();

    @Override
    void prepare() {
        String name = blas.getClass().getSimpleName();
        if (!name.toLowerCase(Locale.ROOT).contains("vector")) {
            throw new IllegalStateException("netlib: its class is " + name + ", must be the one with vectors");
        }
    }

    @Override
    IntToDoubleFunction product() {
        double[] c = multiply();
        return i -> c[i];
    }

    /**
     * C = op(A)·op(B).
     *
     * @return C
     */
    @Benchmark
    public double[] multiply() {
        GemmOperands o = operands;
        double[] c = o.c().data;
        blas.dgemm(
                form.rightTransposed() ? "T" : "N",
                form.leftTransposed() ? "T" : "N",
                o.columns(),
                o.rows(),
                o.inner(),
                1.0,
                o.b().data,
                o.b().numCols,
                o.a().data,
                o.a().numCols,
                0.0,
                c,
                o.columns());
        return c;
    }
}
