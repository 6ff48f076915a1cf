package dev.lowland.optim.flatness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.support.Problems;
import java.math.BigDecimal;
import java.math.MathContext;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * R and ∇R of f = ⟨x, u² − v²⟩ beside 80-digit arithmetic, from vanishing learning rates to next to the limit: with s_j
 * = 1 for u and −1 for v, H_ij = (1/n) Σ_s (4 s_i s_j x_si x_sj θ_i θ_j + 2 r_s s_i x_si δ_ij), and R by its
 * determinant.
 */
class RegularizerPrecisionTest {

    private static final MathContext DIGITS = new MathContext(80);

    private final Problems problem = Problems.unfitted(Models.quadratic(2), 3, 7);
    private final int size = 4;
    private final BigDecimal[][] x = new BigDecimal[3][size];
    private final BigDecimal[] theta = new BigDecimal[size];
    private final BigDecimal[] residual = new BigDecimal[3];

    RegularizerPrecisionTest() {
        DMatrixRMaj inputs = problem.objective().data().inputs();
        DMatrixRMaj targets = problem.objective().data().targets();
        for (int j = 0; j < size; j++) {
            theta[j] = new BigDecimal(problem.theta().data[j]);
        }
        for (int s = 0; s < 3; s++) {
            residual[s] = new BigDecimal(targets.data[s]).negate();
            for (int j = 0; j < size; j++) {
                // the sign of v is put into x
                BigDecimal entry = new BigDecimal(inputs.get(s, j % 2));
                x[s][j] = j < 2 ? entry : entry.negate();
                residual[s] = residual[s].add(x[s][j].multiply(theta[j]).multiply(theta[j]));
            }
        }
    }

    private static BigDecimal of(double value) {
        return new BigDecimal(value);
    }

    private BigDecimal hessian(int i, int j) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int s = 0; s < 3; s++) {
            BigDecimal pair = x[s][i].multiply(x[s][j]);
            sum = sum.add(of(4).multiply(pair).multiply(theta[i]).multiply(theta[j]));
            if (i == j) {
                sum = sum.add(of(2).multiply(residual[s]).multiply(x[s][i]));
            }
        }
        return sum.divide(of(3), DIGITS);
    }

    /** ∂_k H_ij. */
    private BigDecimal hessianDerivative(int i, int j, int k) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int s = 0; s < 3; s++) {
            BigDecimal pair = of(4).multiply(x[s][i]).multiply(x[s][j]);
            if (i == k) {
                sum = sum.add(pair.multiply(theta[j]));
            }
            if (j == k) {
                sum = sum.add(pair.multiply(theta[i]));
            }
            if (i == j) {
                // ∂_k r_s = 2 x_sk θ_k
                sum = sum.add(of(4).multiply(x[s][k]).multiply(theta[k]).multiply(x[s][i]));
            }
        }
        return sum.divide(of(3), DIGITS);
    }

    /** Gauss–Jordan on (A | I): the determinant, and A⁻¹ in place of A. A is positive definite. */
    private BigDecimal invert(BigDecimal[][] a) {
        BigDecimal determinant = BigDecimal.ONE;
        for (int p = 0; p < size; p++) {
            BigDecimal pivot = a[p][p];
            determinant = determinant.multiply(pivot, DIGITS);
            a[p][p] = BigDecimal.ONE;
            for (int j = 0; j < size; j++) {
                a[p][j] = a[p][j].divide(pivot, DIGITS);
            }
            for (int i = 0; i < size; i++) {
                if (i != p) {
                    BigDecimal factor = a[i][p];
                    a[i][p] = BigDecimal.ZERO;
                    for (int j = 0; j < size; j++) {
                        a[i][j] = a[i][j].subtract(factor.multiply(a[p][j], DIGITS), DIGITS);
                    }
                }
            }
        }
        return determinant;
    }

    /** By repeated roots and log y = 2 artanh((y − 1)/(y + 1)). */
    private static BigDecimal log(BigDecimal value) {
        MathContext more = new MathContext(100);
        BigDecimal y = value;
        BigDecimal factor = of(2);
        for (int i = 0; i < 10; i++) {
            y = y.sqrt(more);
            factor = factor.multiply(of(2));
        }
        BigDecimal t = y.subtract(BigDecimal.ONE).divide(y.add(BigDecimal.ONE), more);
        BigDecimal square = t.multiply(t, more);
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal power = t;
        for (int k = 1; k < 80; k += 2) {
            sum = sum.add(power.divide(of(k), more), more);
            power = power.multiply(square, more);
        }
        return sum.multiply(factor, more);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-12, 1e-9, 1e-6, 1e-3, 0.1, 0.5, 0.9, 0.99, 0.9999, 0.999999})
    void valueAndGradientHaveAllTheDigitsThatTheMarginLeaves(double partOfLimit) {
        double top = QuarterTrace.of(problem.objective()).at(problem.theta()).topEigenvalue();
        double eta = partOfLimit < 1e-2 ? partOfLimit : partOfLimit * 2 / top;
        Regularizer regularizer = Regularizer.of(problem.objective(), eta, 0);
        PotentialValue found = regularizer.at(problem.theta());
        assertEquals(PotentialStatus.DEFINED, found.status());

        BigDecimal half = of(eta).divide(of(2), DIGITS);
        BigDecimal[][] matrix = new BigDecimal[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                BigDecimal unit = i == j ? BigDecimal.ONE : BigDecimal.ZERO;
                matrix[i][j] = unit.subtract(half.multiply(hessian(i, j)), DIGITS);
            }
        }
        BigDecimal determinant = invert(matrix);
        BigDecimal value = log(determinant).divide(of(-2).multiply(of(eta)), DIGITS);
        // what H has lost by rounding is multiplied by e/(2 − e·h_max)
        double tolerance = 40 * Math.ulp(1.0) * (1 + 2 / found.margin());
        assertEquals(1, found.value() / value.doubleValue(), tolerance);

        // ∇R = ½ tr (2I − eH)⁻¹ ∂H = ¼ tr (I − (e/2)H)⁻¹ ∂H
        double[] gradient = new double[size];
        double norm = 0;
        for (int k = 0; k < size; k++) {
            BigDecimal sum = BigDecimal.ZERO;
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    sum = sum.add(matrix[i][j].multiply(hessianDerivative(i, j, k)), DIGITS);
                }
            }
            gradient[k] = sum.divide(of(4), DIGITS).doubleValue();
            norm = Math.hypot(norm, gradient[k]);
        }
        DMatrixRMaj out = new DMatrixRMaj(size, 1);
        regularizer.gradient(problem.theta(), out);
        for (int k = 0; k < size; k++) {
            assertEquals(gradient[k], out.data[k], tolerance * norm, "entry " + k);
        }
    }
}
