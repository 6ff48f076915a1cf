package dev.lowland.core.linalg.trace;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.Norms;
import dev.lowland.core.random.RandomStream;
import org.ejml.data.DMatrixRMaj;

/** The law of a probe z; for all of them E zzᵀ = I. */
public enum ProbeLaw {
    /**
     * Entries ±1. Var zᵀMz = 2(‖M‖²_F − Σ M_ii²) for symmetric M: never more than with normal entries, and 0 for a
     * diagonal matrix.
     */
    RADEMACHER {
        @Override
        void draw(RandomStream stream, long position, DMatrixRMaj z) {
            stream.fillSigns(position, z.numRows, z.data, 0, 1);
        }
    },
    /** Standard normal entries. Var zᵀMz = 2‖M‖²_F for symmetric M, in every basis. */
    GAUSSIAN {
        @Override
        void draw(RandomStream stream, long position, DMatrixRMaj z) {
            stream.fillGaussian(position, z.numRows, z.data, 0, 1);
        }
    },
    /** Uniform on the sphere of radius √P. Var zᵀMz = 2P/(P + 2)·(‖M‖²_F − (tr M)²/P) for symmetric M. */
    SPHERE {
        @Override
        void draw(RandomStream stream, long position, DMatrixRMaj z) {
            stream.fillGaussian(position, z.numRows, z.data, 0, 1);
            double factor = Math.sqrt(z.numRows) / Norms.two(z);
            for (int i = 0; i < z.numRows; i++) {
                z.data[i] *= factor;
            }
        }
    };

    abstract void draw(RandomStream stream, long position, DMatrixRMaj z);

    /**
     * z = a probe.
     *
     * @param stream where its numbers come from
     * @param index which probe, ≥ 0; it reads positions index·P to (index + 1)·P − 1
     * @param z result, P × 1. Modified.
     */
    public void fill(RandomStream stream, long index, DMatrixRMaj z) {
        Checks.notNull("fill a probe", "stream", stream);
        Checks.notNull("fill a probe", "z", z);
        Checks.atLeast("fill a probe", "index", index, 0);
        Checks.atLeast("fill a probe", "rows of z", z.numRows, 1);
        Checks.shape("fill a probe", "z", z, z.numRows, 1);
        draw(stream, index * z.numRows, z);
    }
}
