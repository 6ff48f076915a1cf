package dev.lowland.core.linalg;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lowland.core.linalg.krylov.ConjugateGradients;
import dev.lowland.core.linalg.krylov.LanczosFunction;
import java.lang.management.ManagementFactory;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** What runs again and again allocates nothing: less than a vector's worth in a hundred runs. */
class AllocationTest {
    private static final int N = 200;
    private static final DoubleUnaryOperator F = h -> 1 / (2 - h);

    private final DMatrixRMaj matrix = spread();
    private final LinearOperator a = DenseOperator.of(matrix);
    private final DMatrixRMaj z = TestMatrices.gaussian(N, 1, 2);
    private final DMatrixRMaj out = new DMatrixRMaj(N, 1);

    private static DMatrixRMaj spread() {
        double[] h = new double[N];
        for (int i = 0; i < N; i++) {
            h[i] = (i + 1.0) / N;
        }
        return CommonOps_DDRM.diag(h);
    }

    private static void allocatesNothing(Runnable run) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 4; round++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < 100; i++) {
                run.run();
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        assertTrue(least < 8 * N, least + " bytes");
    }

    @Test
    void lanczosFunctions() {
        LanczosFunction lanczos = new LanczosFunction(N, 20);
        allocatesNothing(() -> {
            lanczos.run(a, z);
            double value = lanczos.quadratic(F) + lanczos.quadraticError(F) + lanczos.quadraticWithNode(F, 1.5);
            lanczos.product(F, out);
            out.data[0] += 0 * (value + lanczos.productError(F) + lanczos.ritz().residual(3));
        });
    }

    @Test
    void conjugateGradients() {
        ConjugateGradients solver = new ConjugateGradients(N);
        allocatesNothing(() -> {
            out.zero();
            solver.solve(a, z, out, 1e-6, 50);
        });
    }

    @Test
    void operators() {
        DMatrixRMaj u = new DMatrixRMaj(N, 2);
        u.set(3, 0, 1);
        u.set(7, 1, 1);
        LinearOperator all = DeflatedOperator.of(ShiftedOperator.of(a, -0.5, 2), Subspace.of(u));
        allocatesNothing(() -> all.apply(z, out));
    }
}
