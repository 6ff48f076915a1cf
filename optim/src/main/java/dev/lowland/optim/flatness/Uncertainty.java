package dev.lowland.optim.flatness;

import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** What a stochastic estimate of a potential knows of its errors; zeros for what is exact. */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record Uncertainty(
        double value,
        double lanczos,
        double trace,
        double topEigenvalue,
        int probes,
        int products,
        PrecisionStatus precision,
        @Nullable DMatrixRMaj certificate) {

    Uncertainty scaled(double factor) {
        double size = Math.abs(factor);
        return new Uncertainty(
                size * value, size * lanczos, trace, topEigenvalue, probes, products, precision, certificate);
    }
}
