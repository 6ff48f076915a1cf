package dev.lowland.core.linalg.krylov;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.LinearOperator;
import dev.lowland.core.linalg.Norms;
import dev.lowland.core.linalg.TridiagonalEigen;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;

/**
 * zᵀf(A)z and g(A)z for any functions f and g, from one Lanczos run started at z.
 *
 * <ul>
 *   <li>zᵀf(A)z ≈ ‖z‖² Σ_i (s_{1,i})² f(θ_i): Gauss quadrature in the spectral measure of z, exact for polynomials of
 *       degree 2m − 1.
 *   <li>g(A)z ≈ ‖z‖ V g(T) e_1, exact for polynomials of degree m − 1.
 * </ul>
 *
 * <p>Both are exact if the Krylov space is invariant. Errors otherwise are estimated by the distance from the same
 * result with a quarter fewer steps (at least two), of which the error is a fraction wherever the process converges.
 * For f with derivatives of even order positive, such as −log(1 − ηh/2) or 1/(2 − ηh) below the pole, the quadrature is
 * a lower bound on zᵀf(A)z, and {@link #quadraticWithNode} with a node at or above λmax an upper bound.
 *
 * <p>Cost beyond the run: O(m²) for a value; 3m³ once and 2mP for a product. It owns its memory: one thread at a time;
 * nothing is allocated in repeated runs.
 *
 * <p>References: Golub, Meurant, <i>Matrices, Moments and Quadrature</i>, chapters 6–7; Ubaru, Chen, Saad, <i>Fast
 * estimation of tr(f(A)) via stochastic Lanczos quadrature</i>, SIAM J. Matrix Anal. Appl. 38 (2017).
 */
public final class LanczosFunction {
    private static final String OPERATION = "Lanczos function";
    private static final int FIRST_CHECK = 3;

    private final Lanczos process;
    private final RitzPairs ritz;
    private final TridiagonalEigen nodes;
    private final TridiagonalEigen fewerNodes;
    private final TridiagonalEigen fewerFull;
    private final TridiagonalEigen extended;
    private final double[] diagonal;
    private final double[] beside;
    private final double[] coefficients;
    private final double[] shorter;

    private int fewerSteps;
    private boolean full;

    /**
     * Room for runs of one size.
     *
     * @param size P ≥ 1
     * @param maxSteps the largest m, at least 1
     */
    public LanczosFunction(int size, int maxSteps) {
        this.process = new Lanczos(size, maxSteps);
        this.ritz = new RitzPairs(process);
        int room = process.maxSteps();
        this.nodes = new TridiagonalEigen(room);
        this.fewerNodes = new TridiagonalEigen(room);
        this.fewerFull = new TridiagonalEigen(room);
        this.extended = new TridiagonalEigen(room + 1);
        this.diagonal = new double[room + 1];
        this.beside = new double[room + 1];
        this.coefficients = new double[room];
        this.shorter = new double[room];
    }

    /**
     * Runs m = maxSteps steps from z, or fewer if the space becomes invariant.
     *
     * @param a symmetric operator, P × P
     * @param z start, P × 1, finite; 0 gives zᵀf(A)z = 0. Not modified.
     * @throws IllegalArgumentException if the sizes differ, z or a product is not finite, or A is seen not to be
     *     symmetric
     */
    public void run(LinearOperator a, DMatrixRMaj z) {
        Checks.notNull("Lanczos function", "a", a);
        process.start(z);
        process.advance(a, process.maxSteps());
        solve();
    }

    /**
     * Runs until the estimated error of zᵀf(A)z is small enough, or maxSteps steps are done, or a Ritz value is outside
     * the domain.
     *
     * @param a symmetric operator, P × P
     * @param z start, P × 1, finite. Not modified.
     * @param f function whose quadrature is to converge
     * @param goal when the errors are small enough
     * @return whether all Ritz values are in the domain of f; if not, nothing but {@link #ritz} and {@link #process} is
     *     of use
     * @throws IllegalArgumentException as for {@link #run}
     */
    public boolean runUntil(LinearOperator a, DMatrixRMaj z, SpectralFunction f, Goal goal) {
        Checks.notNull("Lanczos function", "a", a);
        Checks.notNull("Lanczos function", "goal", goal);
        process.start(z);
        int target = Math.min(FIRST_CHECK, process.maxSteps());
        while (true) {
            process.advance(a, target);
            solve();
            if (!inDomain(f)) {
                return false;
            }
            if (process.invariant() || process.steps() == process.maxSteps() || goal.isMet(this, f)) {
                return true;
            }
            target = process.steps() + Math.max(FIRST_CHECK, process.steps() / 4);
        }
    }

    /** When a run is good enough. */
    @FunctionalInterface
    public interface Goal {
        /**
         * Asked now and then while a run goes on.
         *
         * @param run the run as it is
         * @param f the function that it is run for
         * @return whether to stop
         */
        boolean isMet(LanczosFunction run, SpectralFunction f);

        /**
         * The goal {@link #quadraticError} ≤ tolerance·|zᵀf(A)z|.
         *
         * @param tolerance at least 0
         * @return the goal
         */
        static Goal relative(double tolerance) {
            Checks.notNegative(OPERATION, "tolerance", tolerance);
            return (run, f) -> run.quadraticError(f) <= tolerance * Math.abs(run.quadratic(f));
        }
    }

    /** The nodes and weights of the quadratures; eigenvectors of T wait until they are asked for. */
    private void solve() {
        full = false;
        int m = process.steps();
        if (m == 0) {
            return;
        }
        nodes.solve(m, process.alpha(), process.beta(), false);
        fewerSteps = process.invariant() ? m : m - Math.max(2, m / 4);
        if (fewerSteps > 0) {
            fewerNodes.solve(fewerSteps, process.alpha(), process.beta(), false);
        }
    }

    private void solveFully() {
        if (full || process.steps() == 0) {
            return;
        }
        ritz.solve();
        if (fewerSteps > 0) {
            fewerFull.solve(fewerSteps, process.alpha(), process.beta(), true);
        }
        full = true;
    }

    /**
     * Whether every Ritz value is where f is defined.
     *
     * @param f the function
     * @return true also for z = 0
     */
    public boolean inDomain(SpectralFunction f) {
        Checks.notNull("Lanczos function", "f", f);
        int m = process.steps();
        return m == 0 || (f.contains(nodes.value(0)) && f.contains(nodes.value(m - 1)));
    }

    /**
     * zᵀf(A)z.
     *
     * @param f function, finite at the Ritz values
     * @return the Gauss quadrature
     * @throws IllegalArgumentException if f is not finite at a Ritz value
     */
    public double quadratic(DoubleUnaryOperator f) {
        Checks.notNull("Lanczos function", "f", f);
        double sum = 0;
        for (int i = 0; i < process.steps(); i++) {
            sum += square(nodes.first(i)) * finite(f, nodes.value(i));
        }
        return square(process.startNorm()) * sum;
    }

    /**
     * What the quadrature may be off by: its distance from the one with fewer steps.
     *
     * @param f function, finite at the Ritz values
     * @return 0 if the space is invariant; infinite after fewer than three steps
     */
    public double quadraticError(DoubleUnaryOperator f) {
        Checks.notNull("Lanczos function", "f", f);
        if (process.invariant()) {
            return 0;
        }
        if (fewerSteps < 1) {
            return Double.POSITIVE_INFINITY;
        }
        double sum = 0;
        for (int i = 0; i < fewerSteps; i++) {
            sum += square(fewerNodes.first(i)) * finite(f, within(fewerNodes.value(i)));
        }
        return Math.abs(quadratic(f) - square(process.startNorm()) * sum);
    }

    /**
     * zᵀf(A)z by the Gauss–Radau quadrature that has one of its m + 1 nodes prescribed. With a node at or above λmax
     * and derivatives of f of odd order positive, it is an upper bound, up to rounding.
     *
     * @param f function, finite at the Ritz values and at the node
     * @param node above the largest Ritz value
     * @return the quadrature; the Gauss quadrature if the space is invariant, which has no error to bound
     * @throws IllegalArgumentException if the node is not above the largest Ritz value
     * @throws IllegalArgumentException if f is not finite at a node
     */
    public double quadraticWithNode(DoubleUnaryOperator f, double node) {
        Checks.notNull(OPERATION, "f", f);
        int m = process.steps();
        if (process.invariant()) {
            return quadratic(f);
        }
        double largest = nodes.value(m - 1);
        if (!(node > largest)) {
            throw Checks.error(OPERATION, "node", Double.toString(node), "above the largest Ritz value " + largest);
        }
        double pivot = process.alpha(0) - node;
        for (int j = 0; j < m; j++) {
            diagonal[j] = process.alpha(j);
            beside[j] = process.beta(j);
            if (j > 0) {
                pivot = diagonal[j] - node - square(beside[j - 1]) / pivot;
            }
        }
        diagonal[m] = node + square(beside[m - 1]) / pivot;
        extended.solve(m + 1, diagonal, beside, false);
        double sum = 0;
        for (int i = 0; i <= m; i++) {
            sum += square(extended.first(i)) * finite(f, Math.min(node, extended.value(i)));
        }
        return square(process.startNorm()) * sum;
    }

    /**
     * out = g(A)z.
     *
     * @param g function, finite at the Ritz values
     * @param out result, P × 1. Modified.
     * @throws IllegalArgumentException if g is not finite at a Ritz value
     */
    public void product(DoubleUnaryOperator g, DMatrixRMaj out) {
        Checks.notNull("Lanczos function", "g", g);
        combination(g);
        process.combine(coefficients, out);
    }

    /**
     * What ‖g(A)z‖ may be off by: the distance of the product from the one with fewer steps. The basis is orthonormal,
     * so that no vector of length P is needed.
     *
     * @param g function, finite at the Ritz values
     * @return 0 if the space is invariant; infinite after fewer than three steps
     */
    public double productError(DoubleUnaryOperator g) {
        Checks.notNull("Lanczos function", "g", g);
        if (process.invariant()) {
            return 0;
        }
        if (fewerSteps < 1) {
            return Double.POSITIVE_INFINITY;
        }
        combination(g);
        for (int k = 0; k < fewerSteps; k++) {
            shorter[k] = 0;
        }
        for (int i = 0; i < fewerSteps; i++) {
            double factor = process.startNorm() * fewerFull.first(i) * finite(g, within(fewerFull.value(i)));
            for (int k = 0; k < fewerSteps; k++) {
                shorter[k] += factor * fewerFull.entry(i, k);
            }
        }
        for (int k = 0; k < process.steps(); k++) {
            shorter[k] = coefficients[k] - (k < fewerSteps ? shorter[k] : 0);
        }
        return Norms.two(shorter, 0, process.steps());
    }

    /**
     * ‖g(A)z‖, without a vector of length P.
     *
     * @param g function, finite at the Ritz values
     * @return the length of what {@link #product} would give
     */
    public double productNorm(DoubleUnaryOperator g) {
        Checks.notNull("Lanczos function", "g", g);
        for (int i = 0; i < process.steps(); i++) {
            shorter[i] = nodes.first(i) * finite(g, nodes.value(i));
        }
        return process.startNorm() * Norms.two(shorter, 0, process.steps());
    }

    /** coefficients = ‖z‖ g(T) e_1. */
    private void combination(DoubleUnaryOperator g) {
        solveFully();
        int m = process.steps();
        for (int k = 0; k < m; k++) {
            coefficients[k] = 0;
        }
        for (int i = 0; i < m; i++) {
            ritz.addVector(i, process.startNorm() * ritz.first(i) * finite(g, ritz.value(i)), coefficients);
        }
    }

    /**
     * A Ritz value of fewer steps, which lies between the least and the largest of all steps: where rounding puts it
     * beyond them, f need not be defined.
     */
    private double within(double fewer) {
        return Math.max(nodes.value(0), Math.min(fewer, nodes.value(process.steps() - 1)));
    }

    private static double finite(DoubleUnaryOperator f, double x) {
        double value = f.applyAsDouble(x);
        if (!(Math.abs(value) <= Double.MAX_VALUE)) {
            throw Checks.error(OPERATION, "the function at the Ritz value " + x, Double.toString(value), "finite");
        }
        return value;
    }

    private static double square(double x) {
        return x * x;
    }

    /**
     * The smallest Ritz value of the last run, an upper bound on the smallest eigenvalue. O(1), unlike {@link #ritz}.
     *
     * @return θ_1
     * @throws IllegalArgumentException if there was no step
     */
    public double smallestRitz() {
        Checks.atLeast(OPERATION, "steps of the run", process.steps(), 1);
        return nodes.value(0);
    }

    /**
     * The largest Ritz value of the last run, a lower bound on λmax. O(1), unlike {@link #ritz}.
     *
     * @return θ_m
     * @throws IllegalArgumentException if there was no step
     */
    public double largestRitz() {
        Checks.atLeast(OPERATION, "steps of the run", process.steps(), 1);
        return nodes.value(process.steps() - 1);
    }

    /**
     * The Ritz pairs of the last run. Cost: 3m³ for the first question after a run.
     *
     * @return not a copy: the next run changes it
     */
    public RitzPairs ritz() {
        solveFully();
        return ritz;
    }

    /**
     * The process of the last run.
     *
     * @return not a copy: the next run changes it
     */
    public Lanczos process() {
        return process;
    }
}
