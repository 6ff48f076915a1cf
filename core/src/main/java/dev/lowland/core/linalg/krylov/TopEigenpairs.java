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
 * The q eigenpairs at one end of the spectrum, by thick-restart band Lanczos with full reorthogonalisation.
 *
 * <p>The basis V has processed vectors, whose products with A are known, and a queue behind them: A·V_p = V_p T +
 * V_queue F. One step multiplies the last vector of the queue by A, orthogonalises the product, and queues what is
 * left. When the basis is full it is compressed to its best Ritz vectors; the queue stays, so the relation stays. A
 * residual is ‖F·s_i‖, at no cost.
 *
 * <ul>
 *   <li>Started from one random vector this is Lanczos. Started from earlier eigenvectors of a similar matrix (warm) it
 *       is a band method that keeps all of them.
 *   <li>One Krylov space holds one vector of each eigenspace, so a multiple eigenvalue would be found once. After
 *       convergence a new random vector is queued and followed for {@code verification} products, and on until all Ritz
 *       values that are not wanted are seen to stay behind; if a wanted value moves, the search goes on. An eigenvalue
 *       is missed for good only if the random vector has next to no part in its eigenvector, or if it is as near to a
 *       wanted one as the tolerance.
 *   <li>If the queue runs empty, the basis is invariant, and every Ritz pair is an eigenpair. A zero or low-rank matrix
 *       ends so.
 * </ul>
 *
 * <p>Cost: products, and 4P·(basis size) each for orthogonality. The object owns the basis and is used again and again:
 * one thread at a time. Small arrays and the result are allocated.
 *
 * <p>References: Wu, Simon, <i>Thick-restart Lanczos method for large symmetric eigenvalue problems</i>, SIAM J. Matrix
 * Anal. Appl. 22 (2000); Ruhe, <i>Implementation aspects of band Lanczos algorithms</i>, Math. Comp. 33 (1979).
 */
public final class TopEigenpairs {
    private static final String OPERATION = "top eigenpairs";
    /** Ritz pairs are computed after so many new products. */
    private static final int CHECK_EVERY = 8;

    private final int size;
    private final int wanted;
    private final SpectrumEnd end;
    private final double tolerance;
    private final int room;
    private final int queueRoom;
    /**
     * In a verification the processed part may grow to this, so that no restart breaks the chain of the random vector.
     */
    private final int verificationRoom;

    private final int maxProducts;
    private final int verification;
    private final RandomStream stream;

    private final KrylovBasis basis;
    /** VᵀAV as far as it is known: row j is complete if vector j is processed. */
    private final double[][] projected;

    private final DMatrixRMaj next;
    private final double[] parts;

    private int processed;
    private int products;
    // the verification under way: its products so far, and which of them follow the random vector
    private int verified;
    private int firstOfChain;
    private int lastOfChain;
    private double scale;
    private long position;

    // the Ritz pairs of the processed part, the most wanted first
    private double[] values = {};
    private double[][] combinations = {};
    private double[] residuals = {};

    private TopEigenpairs(Builder builder) {
        this.size = builder.size;
        this.wanted = Math.min(builder.count, size);
        this.end = builder.end;
        this.tolerance = builder.tolerance;
        this.maxProducts = builder.maxProducts;
        this.verification = builder.verification;
        this.stream = builder.stream;
        int asked = builder.basisSize > 0 ? builder.basisSize : 2 * wanted + 24;
        this.room = Math.min(size, Math.max(asked, wanted + 12));
        this.queueRoom = Math.max(wanted, room / 2) + wanted + 8;
        this.verificationRoom = Math.min(size, room + queueRoom + verification + 1);
        int capacity = Math.min(size, verificationRoom + queueRoom);
        this.basis = new KrylovBasis(size, capacity);
        this.projected = new double[capacity][capacity];
        this.next = new DMatrixRMaj(size, 1);
        this.parts = new double[capacity];
    }

    /**
     * Starts the description of a search.
     *
     * @param size P ≥ 1
     * @param count q ≥ 1; more than P means P
     * @param stream where starting vectors come from
     * @return what is to be described further
     */
    public static Builder of(int size, int count, RandomStream stream) {
        return new Builder(size, count, stream);
    }

    /**
     * Searches from a random vector.
     *
     * @param a symmetric operator, P × P
     * @return the pairs; the same for the same operator and stream
     * @throws IllegalArgumentException if A has another size, a product is not finite, or A is seen not to be symmetric
     */
    public Eigenpairs find(LinearOperator a) {
        return search(a, null);
    }

    /**
     * Searches from vectors that are thought to be near the wanted ones.
     *
     * @param a symmetric operator, P × P
     * @param guess P × k with k ≥ 1, finite; need not be orthogonal. Columns that add nothing to those before them, and
     *     those beyond q and half of the basis, are left out. Not modified.
     * @return the pairs
     * @throws IllegalArgumentException as for {@link #find(LinearOperator)}, and if the guess has a wrong shape or is
     *     not finite
     */
    public Eigenpairs find(LinearOperator a, DMatrixRMaj guess) {
        Checks.rows(OPERATION, "guess", guess, size);
        Checks.atLeast(OPERATION, "columns of guess", guess.numCols, 1);
        Checks.finite(OPERATION, "guess", guess);
        return search(a, guess);
    }

    private Eigenpairs search(LinearOperator a, @Nullable DMatrixRMaj guess) {
        if (a.size() != size) {
            throw Checks.error(OPERATION, "a", "of size " + a.size(), "of size " + size);
        }
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
        double @Nullable [] reference = null;
        verified = 0;
        while (true) {
            boolean verifying = reference != null;
            int steps = verifying ? Math.max(CHECK_EVERY, lastOfChain - verified) : CHECK_EVERY;
            int done = expand(a, steps, verifying);
            solve();
            boolean settled = processed >= wanted && allConverged();
            if (processed == size) {
                return result(true);
            }
            if (products >= maxProducts || done == 0) {
                return result(false);
            }
            if (reference != null && settled && !moved(reference)) {
                verified += done;
                if (basis.count() == processed || (verified >= lastOfChain && othersAreBehind())) {
                    return result(true);
                }
            } else {
                reference = null;
            }
            boolean fresh = settled && reference == null;
            if (fresh && verification == 0) {
                return result(true);
            }
            if (fresh && basis.count() - processed >= queueRoom) {
                begin();
                continue;
            }
            boolean crowded = fresh && basis.count() == basis.capacity();
            int limit = reference != null ? verificationRoom : room;
            if (limit < size && (crowded || processed + Math.min(CHECK_EVERY, room / 2) > limit)) {
                restart();
            }
            if (fresh) {
                verified = 0;
                firstOfChain = basis.count() - processed;
                lastOfChain = firstOfChain + verification;
                reference = queueRandom() ? Arrays.copyOf(values, wanted) : null;
            } else if (basis.count() == processed) {
                queueRandom();
            }
        }
    }

    /**
     * Up to so many products; fewer if the queue runs empty or the room ends.
     *
     * <p>The oldest vector of the queue comes first. In a verification the whole queue is worked off, for what is left
     * of converged pairs is rounding that leans towards eigenvectors that were missed; then comes the random vector,
     * and what is left of it, and so on.
     */
    private int expand(LinearOperator a, int steps, boolean verifying) {
        int done = 0;
        int limit = verifying ? verificationRoom : room;
        while (done < steps && processed < basis.count() && processed < limit && products < maxProducts) {
            int place = verified + done;
            if (verifying && place > firstOfChain && place < lastOfChain) {
                bringForward(basis.count() - 1);
            }
            step(a);
            done++;
        }
        return done;
    }

    private void step(LinearOperator a) {
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

    /** Makes vector j of the queue its first. */
    private void bringForward(int j) {
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
        if (norm <= 1e-10) {
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
    private boolean queueRandom() {
        for (int attempt = 0; attempt < 4 && !queueFull(); attempt++) {
            stream.fillGaussian(position, size, next.data, 0, 1);
            position += size;
            if (queueIfNew()) {
                return true;
            }
        }
        return false;
    }

    /** Ritz pairs of the processed part. */
    private void solve() {
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
            double square = 0;
            for (int l = processed; l < basis.count(); l++) {
                double part = coupling(i, l);
                square += part * part;
            }
            residuals[i] = Math.sqrt(square);
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

    private boolean allConverged() {
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
    private boolean othersAreBehind() {
        double last = end.rank(values[wanted - 1]);
        for (int i = wanted; i < processed; i++) {
            if (!(residuals[i] <= Math.max(tolerance * scale, last - end.rank(values[i])))) {
                return false;
            }
        }
        return true;
    }

    private boolean moved(double[] reference) {
        for (int i = 0; i < wanted; i++) {
            // by rank: of two eigenvalues of opposite sign and like magnitude either may come first
            if (Math.abs(end.rank(values[i]) - end.rank(reference[i])) > Math.max(tolerance, 1e-12) * scale) {
                return true;
            }
        }
        return false;
    }

    /** Compresses the processed part to its best Ritz vectors. */
    private void restart() {
        int queue = basis.count() - processed;
        int kept = Math.min(processed, wanted + (room - wanted) / 3);
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
    private void begin() {
        basis.compress(processed, wanted, combinations);
        basis.truncate(wanted);
        processed = 0;
    }

    private Eigenpairs result(boolean converged) {
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

    /** Describes a search. */
    public static final class Builder {
        private final int size;
        private final int count;
        private final RandomStream stream;
        private SpectrumEnd end = SpectrumEnd.LARGEST;
        private double tolerance = 1e-8;
        private int basisSize;
        private int maxProducts = 10_000;
        private int verification = 16;

        private Builder(int size, int count, RandomStream stream) {
            Checks.atLeast(OPERATION, "size", size, 1);
            Checks.atLeast(OPERATION, "count", count, 1);
            this.size = size;
            this.count = count;
            this.stream = stream;
        }

        /**
         * Which eigenvalues are wanted; the largest by default.
         *
         * @param wanted the end of the spectrum
         * @return this
         */
        public Builder end(SpectrumEnd wanted) {
            this.end = wanted;
            return this;
        }

        /**
         * The largest residual that is good enough, relative to the largest ‖A·v‖ seen; 10⁻⁸ by default.
         *
         * @param relative positive
         * @return this
         */
        public Builder tolerance(double relative) {
            Checks.positive(OPERATION, "tolerance", relative);
            this.tolerance = relative;
            return this;
        }

        /**
         * How many vectors of length P are kept processed before a restart; 2q + 24 by default, at least q + 12. The
         * queue needs as many more as there are vectors in a warm start.
         *
         * @param vectors at least 1
         * @return this
         */
        public Builder basisSize(int vectors) {
            Checks.atLeast(OPERATION, "basisSize", vectors, 1);
            this.basisSize = vectors;
            return this;
        }

        /**
         * The largest number of products with A; 10,000 by default.
         *
         * @param products at least 1
         * @return this
         */
        public Builder maxProducts(int products) {
            Checks.atLeast(OPERATION, "maxProducts", products, 1);
            this.maxProducts = products;
            return this;
        }

        /**
         * How many products at least are spent on looking for missed eigenvalues after convergence; 16 by default, 0
         * for none.
         *
         * @param products at least 0
         * @return this
         */
        public Builder verification(int products) {
            Checks.atLeast(OPERATION, "verification", products, 0);
            this.verification = products;
            return this;
        }

        /**
         * The search as described.
         *
         * @return a search, with memory that grows to its basis when it is first used
         */
        public TopEigenpairs build() {
            return new TopEigenpairs(this);
        }
    }
}
