package dev.lowland.core.linalg.krylov;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.LinearOperator;
import dev.lowland.core.random.RandomStream;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The q eigenpairs at one end of the spectrum, by thick-restart band Lanczos with full reorthogonalisation.
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
    static final String OPERATION = "top eigenpairs";
    /** Ritz pairs are computed after so many new products. */
    private static final int CHECK_EVERY = 8;

    private final int size;
    private final int wanted;
    private final int room;
    private final int queueRoom;
    /**
     * In a verification the processed part may grow to this, so that no restart breaks the chain of the random vector.
     */
    private final int verificationRoom;

    private final double tolerance;
    private final int maxProducts;
    private final int verification;
    private final BandLanczos band;

    private TopEigenpairs(Builder builder) {
        this.size = builder.size;
        this.wanted = Math.min(builder.count, size);
        this.tolerance = builder.tolerance;
        this.maxProducts = builder.maxProducts;
        this.verification = builder.verification;
        int asked = builder.basisSize > 0 ? builder.basisSize : 2 * wanted + 24;
        this.room = Math.min(size, Math.max(asked, wanted + 12));
        this.queueRoom = Math.max(wanted, room / 2) + wanted + 8;
        this.verificationRoom = Math.min(size, room + queueRoom + verification + 1);
        int capacity = Math.min(size, verificationRoom + queueRoom);
        this.band = new BandLanczos(size, capacity, queueRoom, builder.end, builder.stream);
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
        Checks.notNull("top eigenpairs", "stream", stream);
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
        Checks.notNull("top eigenpairs", "a", a);
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
        Checks.notNull(OPERATION, "a", a);
        Checks.rows(OPERATION, "guess", guess, size);
        Checks.atLeast(OPERATION, "columns of guess", guess.numCols, 1);
        Checks.finite(OPERATION, "guess", guess);
        return search(a, guess);
    }

    private Eigenpairs search(LinearOperator a, @Nullable DMatrixRMaj guess) {
        if (a.size() != size) {
            throw Checks.error(OPERATION, "a", "of size " + a.size(), "of size " + size);
        }
        band.start(guess);
        Verification check = new Verification();
        while (true) {
            int done = expand(a, check);
            band.solve();
            boolean settled = band.processed() >= wanted && band.converged(wanted, tolerance);
            if (band.processed() == size) {
                return band.result(wanted, true);
            }
            if (band.products() >= maxProducts || done == 0) {
                return band.result(wanted, false);
            }
            if (check.holds(settled)) {
                check.verified += done;
                if (check.isOver()) {
                    return band.result(wanted, true);
                }
            } else {
                check.stop();
            }
            if (!settled || check.underWay()) {
                goOn(check.underWay() ? verificationRoom : room);
            } else if (verification == 0) {
                return band.result(wanted, true);
            } else if (band.queued() >= queueRoom) {
                band.startFromBest(wanted);
            } else {
                makeRoom(room, band.isFull());
                check.start();
            }
        }
    }

    /**
     * Up to so many products as lie between two looks; fewer if the queue runs empty or the room ends.
     *
     * <p>The oldest vector of the queue comes first. In a verification the whole queue is worked off, for what is left
     * of converged pairs is rounding that leans towards eigenvectors that were missed; then comes the random vector,
     * and what is left of it, and so on.
     */
    private int expand(LinearOperator a, Verification check) {
        boolean verifying = check.underWay();
        int steps = verifying ? Math.max(CHECK_EVERY, check.lastOfChain - check.verified) : CHECK_EVERY;
        int limit = verifying ? verificationRoom : room;
        int done = 0;
        while (done < steps && band.queued() > 0 && band.processed() < limit && band.products() < maxProducts) {
            if (verifying && check.isOnChain(done)) {
                band.bringLastForward();
            }
            band.step(a);
            done++;
        }
        return done;
    }

    /** Has room for more products, and a vector to multiply. */
    private void goOn(int limit) {
        makeRoom(limit, false);
        if (band.queued() == 0) {
            band.queueRandom();
        }
    }

    /** Compresses the basis to its best Ritz vectors, if it is crowded or may not grow as far as to the next look. */
    private void makeRoom(int limit, boolean crowded) {
        if (limit < size && (crowded || band.processed() + Math.min(CHECK_EVERY, room / 2) > limit)) {
            band.compress(Math.min(band.processed(), wanted + (room - wanted) / 3));
        }
    }

    /** Looks for eigenvalues that were missed, after convergence: a new random vector is followed. */
    private final class Verification {
        /** The wanted values as they were at the start; null if none is under way. */
        private double @Nullable [] reference;
        /** Its products so far, and which of them follow the random vector. */
        private int verified;

        private int firstOfChain;
        private int lastOfChain;

        boolean underWay() {
            return reference != null;
        }

        void start() {
            verified = 0;
            firstOfChain = band.queued();
            lastOfChain = firstOfChain + verification;
            reference = band.queueRandom() ? band.bestValues(wanted) : null;
        }

        void stop() {
            reference = null;
        }

        /** Whether it is under way and the wanted values are where they were. */
        boolean holds(boolean settled) {
            return reference != null && settled && !band.moved(reference, tolerance);
        }

        /** Whether the product after so many of this turn follows the random vector. */
        boolean isOnChain(int done) {
            int place = verified + done;
            return place > firstOfChain && place < lastOfChain;
        }

        /** Whether nothing is left to look at, or all has been seen to stay behind. */
        boolean isOver() {
            return band.queued() == 0 || (verified >= lastOfChain && band.othersAreBehind(wanted, tolerance));
        }
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
            Checks.notNull(OPERATION, "wanted", wanted);
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
