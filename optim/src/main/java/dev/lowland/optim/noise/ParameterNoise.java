package dev.lowland.optim.noise;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.program.Program;
import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.SymmetricEigen;
import java.util.List;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Noise that a step adds to the parameters themselves: ε_k ~ N(0, ηλΣ(θ_k)) with Σ = C Cᵀ, drawn as √(ηλ) C(θ_k) z from
 * m independent normal numbers z. Labels stay clean beside it.
 *
 * <p>With Σ = (1 − β)G it has the covariance of label noise of strength λ. Immutable, shared by threads.
 */
public final class ParameterNoise {

    private static final String OPERATION = "ParameterNoise";

    /** How far from symmetric a covariance may be, relative to its largest entry. */
    private static final double SYMMETRY_TOLERANCE = 1e-8;

    /** How far below 0 an eigenvalue of a P × P covariance may be by rounding, relative to the largest, times P. */
    private static final double SEMIDEFINITE_TOLERANCE = 1e-10;

    private final double strength;
    private final @Nullable DMatrixRMaj constant;
    private final @Nullable UnaryOperator<Node> function;

    private ParameterNoise(double strength, @Nullable DMatrixRMaj constant, @Nullable UnaryOperator<Node> function) {
        Checks.notNegative(OPERATION, "strength", strength);
        this.strength = strength;
        this.constant = constant;
        this.function = function;
    }

    /**
     * Noise of the same covariance everywhere.
     *
     * @param strength λ ≥ 0
     * @param covariance Σ, P × P, symmetric positive semidefinite up to rounding. Not modified.
     * @return the noise
     * @throws IllegalArgumentException if λ is out of range or Σ is not finite, not symmetric or has a negative
     *     eigenvalue
     */
    public static ParameterNoise ofCovariance(double strength, DMatrixRMaj covariance) {
        Checks.square(OPERATION, "covariance", covariance);
        Checks.finite(OPERATION, "covariance", covariance);
        Checks.symmetric(OPERATION, "covariance", covariance, SYMMETRY_TOLERANCE);
        return new ParameterNoise(strength, root(covariance), null);
    }

    /** C with one column for each positive eigenvalue; one column of zeros if there is none. */
    private static DMatrixRMaj root(DMatrixRMaj covariance) {
        int size = covariance.numRows;
        SymmetricEigen eigen = SymmetricEigen.of(covariance);
        double[] values = eigen.values();
        double largest = Math.max(Math.abs(values[0]), Math.abs(values[size - 1]));
        double rounding = size * SEMIDEFINITE_TOLERANCE * largest;
        if (values[0] < -rounding) {
            throw Checks.error(
                    OPERATION,
                    "covariance",
                    "a matrix with the eigenvalue " + values[0],
                    "positive semidefinite, no eigenvalue below 0 by more than rounding");
        }
        int first = 0;
        while (first < size - 1 && values[first] <= rounding) {
            first++;
        }
        DMatrixRMaj factor = new DMatrixRMaj(size, size - first);
        for (int i = 0; i < size; i++) {
            for (int j = first; j < size; j++) {
                factor.set(i, j - first, Math.sqrt(Math.max(0, values[j])) * eigen.vectors().data[i * size + j]);
            }
        }
        return factor;
    }

    /**
     * Noise of the same covariance C Cᵀ everywhere.
     *
     * @param strength λ ≥ 0
     * @param factor C, P × m, m ≥ 1. Not modified.
     * @return the noise
     * @throws IllegalArgumentException if λ is out of range or C has no column or is not finite
     */
    public static ParameterNoise ofFactor(double strength, DMatrixRMaj factor) {
        Checks.notNull(OPERATION, "factor", factor);
        Checks.atLeast(OPERATION, "columns of factor", factor.numCols, 1);
        Checks.finite(OPERATION, "factor", factor);
        return new ParameterNoise(strength, factor.copy(), null);
    }

    /**
     * Noise of covariance C(θ)C(θ)ᵀ.
     *
     * @param strength λ ≥ 0
     * @param factor makes of the node θ, P × 1, the node C(θ), P × m; called anew for each graph, from any thread
     * @return the noise
     * @throws IllegalArgumentException if λ is out of range
     */
    public static ParameterNoise ofFactor(double strength, UnaryOperator<Node> factor) {
        return new ParameterNoise(strength, null, Checks.notNull(OPERATION, "factor", factor));
    }

    /**
     * The same noise with another strength.
     *
     * @param other λ ≥ 0
     * @return new noise
     * @throws IllegalArgumentException if λ is out of range
     */
    public ParameterNoise withStrength(double other) {
        return new ParameterNoise(other, constant, function);
    }

    /**
     * λ.
     *
     * @return the strength
     */
    public double strength() {
        return strength;
    }

    /**
     * Whether C is the very one of other noise, whatever the strengths: that of noise made by {@link #withStrength}.
     *
     * @param other the other noise
     * @return true if it is
     */
    @SuppressWarnings("ReferenceEquality") // the same factor is the question
    public boolean hasFactorOf(ParameterNoise other) {
        Checks.notNull(OPERATION, "other", other);
        return constant == other.constant && function == other.function;
    }

    /**
     * What computes C and Σ for this many parameters, for one thread.
     *
     * @param parameters P
     * @return a new evaluator
     * @throws IllegalArgumentException if C has not P rows
     */
    public NoiseEvaluator evaluator(int parameters) {
        Checks.atLeast("parameter noise", "parameters", parameters, 1);
        Checks.room("parameter noise", "parameters", parameters, 2.0 * parameters);
        return new NoiseEvaluator(this, parameters);
    }

    /** C where it is the same everywhere, or null. */
    @Nullable
    DMatrixRMaj constant(int parameters) {
        if (constant != null && constant.numRows != parameters) {
            throw wrongShape(constant.numRows + "×" + constant.numCols, parameters);
        }
        return constant;
    }

    /** θ ↦ C(θ), where C is a function of θ. */
    Program program(int parameters) {
        if (function == null) {
            throw new IllegalStateException("a constant factor needs no program");
        }
        Node theta = new Graph().input("theta", Shape.of(parameters, 1));
        Node factor = function.apply(theta);
        Shape shape = factor.shape();
        if (shape.groups() != 1 || shape.rows() != parameters || shape.columns() < 1) {
            throw wrongShape(shape.toString(), parameters);
        }
        return Program.compile(List.of(theta), List.of(factor));
    }

    private static IllegalArgumentException wrongShape(String found, int parameters) {
        return Checks.error(OPERATION, "factor", found, parameters + "×m, a row a parameter");
    }

    @Override
    public String toString() {
        return "ParameterNoise(strength=" + strength + ", "
                + (constant == null ? "C(theta)" : "C " + constant.numRows + "×" + constant.numCols) + ")";
    }
}
