package dev.lowland.core.linalg.krylov;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.LinearOperator;
import dev.lowland.core.linalg.Norms;
import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.core.random.RandomStream;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The basis of a band Lanczos method and its Ritz pairs. The basis V has processed vectors, whose products with A are
 * known, and a queue behind them: A·V_p = V_p T + V_queue F. One step multiplies the first vector of the queue by A,
 * orthogonalises the product, and queues what is left. When the basis is compressed to its best Ritz vectors the queue
 * stays, so the relation stays. A residual is ‖F·s_i‖, at no cost. For one thread.
 */
final class BandLanczos {
    private static final String OPERATION = TopEigenpairs.OPERATION;

    /** What a vector adds to the basis counts as new above this share of it. */
    private static final double NEW = 1e-10;

    private static final int RANDOM_ATTEMPTS = 4;

    private final int size;
    private final int queueRoom;
    private final SpectrumEnd end;
    private final RandomStream stream;
    private final KrylovBasis basis;
    /** VᵀAV as far as it is known: row j is complete if vector j is processed. */
    private final double[][] projected;

    private final DMatrixRMaj next;
    private final double[] parts;

    private int processed;
    private int products;
    private double scale;
    private long position;

    // the Ritz pairs of the processed part, the most wanted first
    private double[] values = {};
    private double[][] combinations = {};
    private double[] residuals = {};

    BandLanczos(int size, int capacity, int queueRoom, SpectrumEnd end, RandomStream stream) {
        this.size = size;
        this.queueRoom = queueRoom;
        this.end = end;
        this.stream = stream;
        this.basis = new KrylovBasis(size, capacity);
        this.projected = new double[capacity][capacity];
        this.next = new DMatrixRMaj(size, 1);
        this.parts = new double[capacity];
    }

    /** Begins with what is new in the columns of a guess, or with a random vector. */
    void start(@Nullable DMatrixRMaj guess) {
        basis.clear();
        processed = 0;
        products = 0;
        scale = 0;
        position = 0;
        for (int j = 0; guess != null && j < guess.numCols; j++) {
            for (int i = 0; i < size; i++) {
                next.data[i] = guess.data[i * guess.numCols + j];
            }
            queueIfNew();
        }
        if (basis.count() == 0) {
            queueRandom();
        }
    }

    int processed() {
        return processed;
    }

    int products() {
        return products;
    }

    int queued() {
        return basis.count() - processed;
    }

    boolean isFull() {
        return basis.count() == basis.capacity();
    }

    /** Multiplies the first vector of the queue by A. */
    void step(LinearOperator a) {
        double image = basis.apply(OPERATION, a, processed, next);
        products++;
        scale = Math.max(scale, image);
        int count = basis.count();
        basis.orthogonalise(next, parts);
        double[] row = projected[processed];
        for (int j = 0; j < count; j++) {
            if (j < processed && Math.abs(parts[j] - projected[j][processed]) > Lanczos.SYMMETRY_TOLERANCE * scale) {
                throw Checks.error(
                        OPERATION,
                        "a",
                        "an operator of relative asymmetry " + Math.abs(parts[j] - projected[j][processed]) / scale,
                        "symmetric within " + Lanczos.SYMMETRY_TOLERANCE);
            }
            row[j] = parts[j];
        }
        processed++;
        double norm = Norms.two(next);
        if (norm > Lanczos.BREAKDOWN * scale && count < size) {
            append(norm);
            row[count] = norm;
        }
    }

    /** Makes the last vector of the queue its first. */
    void bringLastForward() {
        int j = basis.count() - 1;
        if (j == processed) {
            return;
        }
        basis.swap(processed, j);
        for (int i = 0; i < processed; i++) {
            double kept = projected[i][processed];
            projected[i][processed] = projected[i][j];
            projected[i][j] = kept;
        }
    }

    private void append(double norm) {
        int j = basis.count();
        basis.append(next, norm);
        for (int i = 0; i < processed; i++) {
            projected[i][j] = 0;
        }
    }

    /** Queues what the vector in {@code next} adds to the basis, if it adds more than rounding. */
    private boolean queueIfNew() {
        double before = Norms.two(next);
        if (before == 0 || queueFull()) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            next.data[i] /= before;
        }
        basis.orthogonalise(next, parts);
        double norm = Norms.two(next);
        if (norm <= NEW) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            next.data[i] /= norm;
        }
        basis.orthogonalise(next, parts);
        append(Norms.two(next));
        return true;
    }

    private boolean queueFull() {
        return basis.count() == basis.capacity() || basis.count() - processed == queueRoom;
    }

    /** Queues a random vector, unless there is no room or no dimension left for it. */
    boolean queueRandom() {
        for (int attempt = 0; attempt < RANDOM_ATTEMPTS && !queueFull(); attempt++) {
            stream.fillGaussian(position, size, next.data, 0, 1);
            position += size;
            if (queueIfNew()) {
                return true;
            }
        }
        return false;
    }

    /** Ritz pairs of the processed part. */
    void solve() {
        int n = processed;
        DMatrixRMaj t = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                t.data[i * n + j] = 0.5 * (projected[i][j] + projected[j][i]);
            }
        }
        SymmetricEigen eigen = SymmetricEigen.of(t);
        int[] order = Ordering.descending(n, i -> end.rank(eigen.values()[i]));
        values = new double[n];
        residuals = new double[n];
        combinations = new double[n][n];
        for (int i = 0; i < n; i++) {
            values[i] = eigen.values()[order[i]];
            for (int j = 0; j < n; j++) {
                combinations[i][j] = eigen.vectors().data[j * n + order[i]];
            }
            for (int l = processed; l < basis.count(); l++) {
                parts[l] = coupling(i, l);
            }
            residuals[i] = Norms.two(parts, processed, basis.count() - processed);
        }
    }

    /** The part of the residual of Ritz pair i along vector l of the queue. */
    private double coupling(int i, int l) {
        double sum = 0;
        for (int j = 0; j < processed; j++) {
            sum += projected[j][l] * combinations[i][j];
        }
        return sum;
    }

    /** The best Ritz values, a copy. */
    double[] bestValues(int wanted) {
        return Arrays.copyOf(values, wanted);
    }

    /** Whether the residuals of the best Ritz pairs are small enough. */
    boolean converged(int wanted, double tolerance) {
        for (int i = 0; i < wanted; i++) {
            if (!(residuals[i] <= tolerance * scale)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether each Ritz pair that is not wanted is converged, or less wanted than the last wanted one by more than its
     * residual. A new random vector of which a Ritz value may still rise to the wanted ones has not been followed far
     * enough.
     */
    boolean othersAreBehind(int wanted, double tolerance) {
        double last = end.rank(values[wanted - 1]);
        for (int i = wanted; i < processed; i++) {
            if (!(residuals[i] <= Math.max(tolerance * scale, last - end.rank(values[i])))) {
                return false;
            }
        }
        return true;
    }

    /** Whether one of the best Ritz values is no longer where it was. */
    boolean moved(double[] reference, double tolerance) {
        for (int i = 0; i < reference.length; i++) {
            // by rank: of two eigenvalues of opposite sign and like magnitude either may come first
            if (Math.abs(end.rank(values[i]) - end.rank(reference[i])) > Math.max(tolerance, 1e-12) * scale) {
                return true;
            }
        }
        return false;
    }

    /** Compresses the processed part to its best Ritz vectors. */
    void compress(int kept) {
        int queue = queued();
        double[][] couplings = new double[kept][queue];
        for (int i = 0; i < kept; i++) {
            for (int l = 0; l < queue; l++) {
                couplings[i][l] = coupling(i, processed + l);
            }
        }
        basis.compress(processed, kept, combinations);
        for (int i = 0; i < kept; i++) {
            Arrays.fill(projected[i], 0);
            projected[i][i] = values[i];
            System.arraycopy(couplings[i], 0, projected[i], kept, queue);
        }
        processed = kept;
    }

    /**
     * Begins anew with the wanted Ritz vectors alone, as from a warm start: the queue is full, and takes no random
     * vector.
     */
    void startFromBest(int wanted) {
        basis.compress(processed, wanted, combinations);
        basis.truncate(wanted);
        processed = 0;
    }

    /** The best Ritz pairs. */
    Eigenpairs result(int wanted, boolean converged) {
        int found = Math.min(wanted, processed);
        DMatrixRMaj vectors = new DMatrixRMaj(size, found);
        for (int i = 0; i < found; i++) {
            basis.combine(processed, combinations[i], next);
            for (int k = 0; k < size; k++) {
                vectors.data[k * found + i] = next.data[k];
            }
        }
        return new Eigenpairs(
                Arrays.copyOf(values, found),
                vectors,
                Arrays.copyOf(residuals, found),
                converged && found == wanted,
                products);
    }
}
