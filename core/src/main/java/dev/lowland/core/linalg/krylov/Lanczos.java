package dev.lowland.core.linalg.krylov;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.LinearOperator;
import dev.lowland.core.linalg.Norms;
import org.ejml.data.DMatrixRMaj;

/**
 * The Lanczos process with full reorthogonalisation: A·V = V·T + β_m v_{m+1} e_mᵀ with VᵀV = I, T tridiagonal with α on
 * its diagonal and β beside it, and v_1 = z/‖z‖.
 *
 * <p>If β_m falls to rounding, at most {@value #BREAKDOWN} of the largest |α| + β so far, the Krylov space is invariant
 * under A to working precision: the process stops there, {@link #invariant} is true, and everything that is computed
 * from T is exact for z. Further eigenvalues than those of T have eigenvectors orthogonal to z.
 *
 * <p>With a symmetric A, A·v_j has no part along v_1..v_{j−2}, and along v_{j−1} the part β_{j−1}. The
 * orthogonalisation computes those parts anyway, so their distance from that is watched at no cost: see
 * {@link #asymmetry}.
 *
 * <p>Cost of m steps: m products with A, 4m²P for orthogonality, (m + 2)P numbers of memory. Allocates only while the
 * basis grows for the first time. One thread at a time.
 *
 * <p>Reference: Parlett, <i>The Symmetric Eigenvalue Problem</i>, chapter 13.
 */
public final class Lanczos {
    /** β below this part of the scale of T counts as 0. */
    public static final double BREAKDOWN = 1e-13;

    /** An operator further than this from symmetric is refused. */
    public static final double SYMMETRY_TOLERANCE = 1e-6;

    private final int size;
    private final int maxSteps;
    private final KrylovBasis basis;
    private final DMatrixRMaj next;
    private final double[] alpha;
    private final double[] beta;
    private final double[] parts;

    private int steps;
    private double startNorm;
    private boolean invariant;
    private double scale;
    private double asymmetry;

    /**
     * A process for operators of one size.
     *
     * @param size P ≥ 1
     * @param maxSteps the largest m, at least 1; more than P are never made
     */
    public Lanczos(int size, int maxSteps) {
        Checks.atLeast("Lanczos", "size", size, 1);
        Checks.atLeast("Lanczos", "maxSteps", maxSteps, 1);
        Checks.room("Lanczos", "size", size, size * (Math.min(maxSteps, size) + 2.0));
        this.size = size;
        this.maxSteps = Math.min(maxSteps, size);
        this.basis = new KrylovBasis(size, this.maxSteps + 1);
        this.next = new DMatrixRMaj(size, 1);
        this.alpha = new double[this.maxSteps];
        this.beta = new double[this.maxSteps];
        this.parts = new double[this.maxSteps + 1];
        this.invariant = true;
    }

    /**
     * Begins again with another vector.
     *
     * @param z start, P × 1, finite; the zero vector spans an invariant space of dimension 0. Not modified.
     * @throws IllegalArgumentException if z has another shape or is not finite
     */
    public void start(DMatrixRMaj z) {
        Checks.shape("Lanczos", "z", z, size, 1);
        Checks.finite("Lanczos", "z", z);
        basis.clear();
        steps = 0;
        scale = 0;
        asymmetry = 0;
        startNorm = Norms.two(z);
        invariant = startNorm == 0;
        if (!invariant) {
            basis.append(z, startNorm);
        }
    }

    /**
     * Goes on until so many steps are done in all, or the space is invariant.
     *
     * @param a symmetric operator, P × P; the same one since {@link #start}
     * @param total the wanted {@link #steps}; more than maxSteps means maxSteps
     * @throws IllegalArgumentException if A has another size, a product is not finite, or A is seen not to be symmetric
     */
    public void advance(LinearOperator a, int total) {
        Checks.notNull("Lanczos", "a", a);
        if (a.size() != size) {
            throw Checks.error("Lanczos", "a", "of size " + a.size(), "of size " + size);
        }
        int last = Math.min(total, maxSteps);
        while (!invariant && steps < last) {
            step(a);
        }
    }

    private void step(LinearOperator a) {
        double image = basis.apply("Lanczos", a, steps, next);
        basis.orthogonalise(next, parts);
        watchSymmetry(image);
        alpha[steps] = parts[steps];
        double norm = Norms.two(next);
        double before = steps > 0 ? beta[steps - 1] : 0;
        scale = Math.max(scale, before + Math.abs(alpha[steps]) + norm);
        invariant = norm <= BREAKDOWN * scale || steps + 1 == size;
        beta[steps] = invariant ? 0 : norm;
        if (!invariant) {
            basis.append(next, norm);
        }
        steps++;
    }

    private void watchSymmetry(double image) {
        double largest = Math.max(scale, image);
        for (int j = 0; j < steps; j++) {
            double expected = j == steps - 1 ? beta[j] : 0;
            double found = Math.abs(parts[j] - expected);
            if (found > asymmetry * largest) {
                asymmetry = found / largest;
            }
        }
        if (asymmetry > SYMMETRY_TOLERANCE) {
            throw Checks.error(
                    "Lanczos",
                    "a",
                    "an operator of relative asymmetry " + asymmetry,
                    "symmetric within " + SYMMETRY_TOLERANCE);
        }
    }

    /**
     * The size of the operators.
     *
     * @return P
     */
    public int size() {
        return size;
    }

    /**
     * The largest number of steps.
     *
     * @return at most P
     */
    public int maxSteps() {
        return maxSteps;
    }

    /**
     * The steps done, which is also the number of products with A and the size of T.
     *
     * @return m
     */
    public int steps() {
        return steps;
    }

    /**
     * Whether the Krylov space is invariant under A, so that more steps have nothing to add.
     *
     * @return true also before the first start
     */
    public boolean invariant() {
        return invariant;
    }

    /**
     * The length of the start.
     *
     * @return ‖z‖
     */
    public double startNorm() {
        return startNorm;
    }

    /**
     * The diagonal of T.
     *
     * @return at least m numbers; not a copy
     */
    double[] alpha() {
        return alpha;
    }

    /**
     * The entries beside the diagonal of T, and β_m at index m − 1, which is 0 if the space is invariant.
     *
     * @return at least m numbers; not a copy
     */
    double[] beta() {
        return beta;
    }

    /**
     * A diagonal entry of T.
     *
     * @param j in [0, m)
     * @return v_jᵀAv_j, counted from 0
     */
    public double alpha(int j) {
        Checks.index("Lanczos", "j", j, steps);
        return alpha[j];
    }

    /**
     * An entry of T beside its diagonal.
     *
     * @param j in [0, m)
     * @return T_{j,j+1}; for j = m − 1 the length β_m of what is left of A·v_m, 0 if the space is invariant
     */
    public double beta(int j) {
        Checks.index("Lanczos", "j", j, steps);
        return beta[j];
    }

    /**
     * How far A was seen to be from symmetric since the start, relative to the scale of T: rounding for a symmetric
     * operator. After one step nothing has been seen.
     *
     * @return a number in [0, {@value #SYMMETRY_TOLERANCE}]
     */
    public double asymmetry() {
        return asymmetry;
    }

    /**
     * out = v_j.
     *
     * @param j in [0, m)
     * @param out result, P × 1. Modified.
     */
    public void vector(int j, DMatrixRMaj out) {
        Checks.index("Lanczos", "j", j, steps);
        Checks.shape("Lanczos", "out", out, size, 1);
        System.arraycopy(basis.get(j).data, 0, out.data, 0, size);
    }

    /**
     * out = V·c.
     *
     * @param c at least m numbers. Not modified.
     * @param out result, P × 1. Modified.
     */
    public void combine(double[] c, DMatrixRMaj out) {
        Checks.notNull("Lanczos", "c", c);
        Checks.atLeast("Lanczos", "length of c", c.length, steps);
        Checks.shape("Lanczos", "out", out, size, 1);
        basis.combine(steps, c, out);
    }
}
