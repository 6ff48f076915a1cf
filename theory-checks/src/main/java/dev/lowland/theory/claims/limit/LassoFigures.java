package dev.lowland.theory.claims.limit;

import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/** The pictures of the claim {@link Lasso}. Stateless. */
final class LassoFigures {

    private static final int POINTS = 40;

    private LassoFigures() {}

    /**
     * The Lasso path: coefficients against λ, with the means of the runs on it.
     *
     * @param subject the regression
     * @param strengths λ of the runs
     * @param cases the judged cases; those of coefficients are drawn
     */
    static Figure path(LassoCase subject, double[] strengths, List<CaseResult> cases) {
        double[] lambda = new double[POINTS];
        double[][] w = new double[LassoCase.COEFFICIENTS][POINTS];
        double smallest = strengths[0] / 5;
        double largest = strengths[strengths.length - 1] * 12;
        for (int k = 0; k < POINTS; k++) {
            lambda[k] = smallest * Math.pow(largest / smallest, k / (POINTS - 1.0));
            double[] solved = subject.lasso().solve(lambda[k]).coefficients();
            for (int j = 0; j < w.length; j++) {
                w[j][k] = solved[j];
            }
        }
        Figure.Builder builder = Figure.named("lasso-path")
                .title("The Lasso path, and where label noise ends on it")
                .caption(
                        "Coefficients of the weighted Lasso against λ, by coordinate descent; the truth is (1, −1, 0, …). Marks: means of label-noise runs. "
                                + "Diamonds: the minimum-ℓ2 interpolator, which gradient descent comes near to.")
                .logX("λ")
                .y("w_j");
        builder.points(
                Role.FALSIFICATION,
                Lasso.LEAST_SQUARES,
                repeated(smallest),
                subject.lasso().leastSquareNorm());
        for (int j = 0; j < w.length; j++) {
            builder.line(Role.PREDICTED, "Lasso", lambda, w[j]);
        }
        for (int j : subject.support()) {
            double[] y = new double[strengths.length];
            for (int i = 0; i < y.length; i++) {
                String ending = "λ = " + strengths[i] + ", w_" + (j + 1);
                y[i] = cases.stream()
                        .filter(c -> c.caseName().equals(ending))
                        .mapToDouble(CaseResult::measured)
                        .findFirst()
                        .orElse(Double.NaN);
            }
            builder.points(Role.MEASURED, "mean of the runs", strengths, y);
        }
        return builder.build();
    }

    private static double[] repeated(double value) {
        double[] out = new double[LassoCase.COEFFICIENTS];
        Arrays.fill(out, value);
        return out;
    }

    /**
     * The means of the coefficients against the number of steps.
     *
     * @param subject the regression, at one λ
     * @param predicted the Lasso's coefficients
     * @param descent where gradient descent ends
     * @param looks steps of the states
     * @param states states of all replicas at the looks
     */
    static Figure runs(
            LassoCase subject, double[] predicted, double[] descent, long[] looks, List<DMatrixRMaj> states) {
        int count = states.size();
        double[] steps = new double[count];
        double[][] w = new double[LassoCase.COEFFICIENTS][count];
        for (int i = 0; i < count; i++) {
            steps[i] = looks[i];
            DMatrixRMaj all = states.get(i);
            DMatrixRMaj theta = new DMatrixRMaj(all.numCols, 1);
            for (int r = 0; r < all.numRows; r++) {
                System.arraycopy(all.data, r * all.numCols, theta.data, 0, all.numCols);
                for (int j = 0; j < w.length; j++) {
                    w[j][i] += LassoCase.coefficient(theta, j) / all.numRows;
                }
            }
        }
        Figure.Builder builder = Figure.named(String.format(Locale.ROOT, "runs-%s", subject.strength()))
                .title("From dense to sparse, λ = " + subject.strength())
                .caption(
                        "Means of the twenty coefficients over the runs, step by step from u = v = 1: first a dense interpolator, near to that of "
                                + "gradient descent (diamonds), then the Lasso (dashed).")
                .logX("steps")
                .y("mean of w_j");
        builder.points(Role.FALSIFICATION, Lasso.DESCENT, repeated(steps[count - 1]), descent);
        for (int j = 0; j < w.length; j++) {
            builder.line(Role.MEASURED, "mean of the runs", steps, w[j]);
        }
        for (int j : subject.support()) {
            builder.line(Role.PREDICTED, "Lasso", new double[] {steps[0], steps[count - 1]}, new double[] {
                predicted[j], predicted[j]
            });
        }
        return builder.build();
    }
}
