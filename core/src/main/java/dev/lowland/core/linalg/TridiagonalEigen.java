package dev.lowland.core.linalg;

import dev.lowland.core.check.Checks;

/**
 * Eigenvalues of a symmetric tridiagonal matrix T, with all of its eigenvectors or only their first and last entries,
 * which is what Gauss quadrature and residuals of Ritz pairs need.
 *
 * <p>Implicit QL iteration with Wilkinson's shift. Eigenvalues are right to about ε‖T‖. Cost: O(m²), and 3m³ with
 * vectors; an interrupt of the thread ends it with an IllegalStateException. It owns its memory and is used again and
 * again: one thread at a time, no allocation after construction.
 *
 * <p>Reference: Bowdler, Martin, Reinsch, Wilkinson, <i>The QR and QL algorithms for symmetric matrices</i>, Numerische
 * Mathematik 11 (1968).
 */
public final class TridiagonalEigen {
    private static final int SWEEPS = 80;
    private static final double EPSILON = Math.ulp(1.0);
    /** Eigenvectors of this length are worth a look for an interrupt at each rotation. */
    private static final int LONG = 256;

    private final int capacity;
    private final double[] values;
    private final double[] off;
    /**
     * Entry k of the eigenvector of value i is at [i·rows + k]; without full vectors rows = 2, the first and the last
     * entry.
     */
    private double[] vectors;

    private int size;
    private int rows;

    /**
     * A solver for matrices up to some size.
     *
     * @param capacity the largest m, at least 1
     */
    public TridiagonalEigen(int capacity) {
        Checks.atLeast("tridiagonal eigenvalues", "capacity", capacity, 1);
        Checks.room("tridiagonal eigenvalues", "capacity", capacity, 4.0 * capacity);
        this.capacity = capacity;
        this.values = new double[capacity];
        this.off = new double[capacity];
        this.vectors = new double[2 * capacity];
    }

    /**
     * Solves for T with the given diagonals. The first call with full vectors allocates room for them.
     *
     * @param m size of T, in [1, capacity]
     * @param diagonal T_ii, at least m numbers, finite. Not modified.
     * @param offDiagonal T_{i,i+1}, at least m − 1 numbers, finite. Not modified.
     * @param full whether whole eigenvectors are wanted
     * @throws IllegalArgumentException if a length does not fit, a number is not finite, or the iteration does not
     *     converge, which is not known to happen
     */
    public void solve(int m, double[] diagonal, double[] offDiagonal, boolean full) {
        Checks.notNull("tridiagonal eigenvalues", "diagonal", diagonal);
        Checks.notNull("tridiagonal eigenvalues", "offDiagonal", offDiagonal);
        Checks.index("tridiagonal eigenvalues", "m − 1", m - 1L, capacity);
        Checks.atLeast("tridiagonal eigenvalues", "length of diagonal", diagonal.length, m);
        Checks.atLeast("tridiagonal eigenvalues", "length of offDiagonal", offDiagonal.length, m - 1L);
        size = m;
        rows = full ? m : 2;
        double scale = load(diagonal, offDiagonal);
        if (scale > 0) {
            iterate();
            for (int i = 0; i < m; i++) {
                values[i] *= scale;
            }
            sort();
        }
    }

    /** Copies T, scaled to largest entry 1, and starts the vectors as rows of the identity. */
    private double load(double[] diagonal, double[] offDiagonal) {
        double scale = 0;
        for (int i = 0; i < size; i++) {
            Checks.finite("tridiagonal eigenvalues", "diagonal", diagonal[i]);
            scale = Math.max(scale, Math.abs(diagonal[i]));
            if (i + 1 < size) {
                Checks.finite("tridiagonal eigenvalues", "offDiagonal", offDiagonal[i]);
                scale = Math.max(scale, Math.abs(offDiagonal[i]));
            }
        }
        if (vectors.length < size * rows) {
            vectors = new double[capacity * capacity];
        }
        for (int e = 0; e < size * rows; e++) {
            vectors[e] = 0;
        }
        for (int i = 0; i < size; i++) {
            values[i] = scale > 0 ? diagonal[i] / scale : 0;
            off[i] = scale > 0 && i + 1 < size ? offDiagonal[i] / scale : 0;
            if (rows == size) {
                vectors[i * rows + i] = 1;
            }
        }
        if (rows != size) {
            vectors[0] = 1;
            vectors[(size - 1) * rows + 1] = 1;
        } else if (size == 1) {
            vectors[0] = 1;
        }
        return scale;
    }

    private void iterate() {
        for (int l = 0; l < size; l++) {
            int sweeps = 0;
            int m = block(l);
            while (m != l) {
                Checks.notInterrupted("tridiagonal eigenvalues");
                if (++sweeps > SWEEPS) {
                    throw Checks.error(
                            "tridiagonal eigenvalues",
                            "the matrix",
                            "of size " + size + " and does not converge",
                            "one that converges");
                }
                sweep(l, m);
                m = block(l);
            }
        }
    }

    /** The end of the unreduced block that starts at l. */
    private int block(int l) {
        int m = l;
        while (m + 1 < size) {
            double neighbours = Math.abs(values[m]) + Math.abs(values[m + 1]);
            if (Math.abs(off[m]) <= EPSILON * Math.max(neighbours, EPSILON)) {
                break;
            }
            m++;
        }
        return m;
    }

    /** One implicit QL sweep over the block l..m. */
    private void sweep(int l, int m) {
        double g = (values[l + 1] - values[l]) / (2 * off[l]);
        double r = Math.hypot(g, 1);
        g = values[m] - values[l] + off[l] / (g + Math.copySign(r, g));
        double sine = 1;
        double cosine = 1;
        double p = 0;
        for (int i = m - 1; i >= l; i--) {
            double f = sine * off[i];
            double b = cosine * off[i];
            r = Math.hypot(f, g);
            off[i + 1] = r;
            if (r == 0) {
                values[i + 1] -= p;
                off[m] = 0;
                return;
            }
            sine = f / r;
            cosine = g / r;
            g = values[i + 1] - p;
            r = (values[i] - g) * sine + 2 * cosine * b;
            p = sine * r;
            values[i + 1] = g + p;
            g = cosine * r - b;
            rotate(i, sine, cosine);
        }
        values[l] -= p;
        off[l] = g;
        off[m] = 0;
    }

    private void rotate(int i, double sine, double cosine) {
        if (rows >= LONG) {
            Checks.notInterrupted("tridiagonal eigenvalues");
        }
        int low = i * rows;
        int high = low + rows;
        for (int k = 0; k < rows; k++) {
            double f = vectors[high + k];
            vectors[high + k] = sine * vectors[low + k] + cosine * f;
            vectors[low + k] = cosine * vectors[low + k] - sine * f;
        }
    }

    private void sort() {
        for (int i = 0; i < size - 1; i++) {
            int least = i;
            for (int j = i + 1; j < size; j++) {
                if (values[j] < values[least]) {
                    least = j;
                }
            }
            if (least != i) {
                double value = values[i];
                values[i] = values[least];
                values[least] = value;
                for (int k = 0; k < rows; k++) {
                    double entry = vectors[i * rows + k];
                    vectors[i * rows + k] = vectors[least * rows + k];
                    vectors[least * rows + k] = entry;
                }
            }
        }
    }

    /**
     * The size of the last T.
     *
     * @return m, 0 before the first
     */
    public int size() {
        return size;
    }

    /**
     * An eigenvalue; they ascend.
     *
     * @param i in [0, m)
     * @return the i-th smallest eigenvalue
     */
    public double value(int i) {
        Checks.index("tridiagonal eigenvalues", "i", i, size);
        return values[i];
    }

    /**
     * The first entry of an eigenvector of length 1.
     *
     * @param i in [0, m)
     * @return entry 0 of the eigenvector of value i
     */
    public double first(int i) {
        Checks.index("tridiagonal eigenvalues", "i", i, size);
        return vectors[i * rows];
    }

    /**
     * The last entry of an eigenvector of length 1.
     *
     * @param i in [0, m)
     * @return entry m − 1 of the eigenvector of value i
     */
    public double last(int i) {
        Checks.index("tridiagonal eigenvalues", "i", i, size);
        return vectors[i * rows + rows - 1];
    }

    /**
     * An entry of an eigenvector; after a solve with full vectors only.
     *
     * @param i in [0, m): which eigenvalue
     * @param k in [0, m): which entry
     * @return entry k of the eigenvector of value i
     * @throws IllegalStateException if the last solve was not for full vectors
     */
    public double entry(int i, int k) {
        Checks.index("tridiagonal eigenvalues", "i", i, size);
        Checks.index("tridiagonal eigenvalues", "k", k, size);
        if (rows != size) {
            throw Checks.outOfTurn("tridiagonal eigenvalues", "the last solve", "without full vectors", "with them");
        }
        return vectors[i * rows + k];
    }
}
