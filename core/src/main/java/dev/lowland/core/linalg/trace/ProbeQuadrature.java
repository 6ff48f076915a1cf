package dev.lowland.core.linalg.trace;

import dev.lowland.core.linalg.TridiagonalEigen;
import dev.lowland.core.linalg.krylov.Lanczos;
import java.util.function.DoubleUnaryOperator;

/** What one Lanczos run knows of the spectral measure of its start: T, of which the quadratures are made. Immutable. */
final class ProbeQuadrature {
    /** A pivot is never nearer to 0 than this part of T: a node would run off to infinity. */
    private static final double PIVOT = 1e-10;

    private final double mass;
    private final double[] alpha;
    /** β_m is the last, 0 if the run knows all. */
    private final double[] beta;

    private final double scale;
    private final Nodes nodes;
    private final Nodes fewer;

    /** Of a run that has ended, over the size of its operator. */
    ProbeQuadrature(Lanczos run) {
        int m = run.steps();
        this.mass = run.startNorm() * run.startNorm() / run.size();
        this.alpha = new double[m];
        this.beta = new double[m];
        double largest = 0;
        for (int j = 0; j < m; j++) {
            alpha[j] = run.alpha(j);
            beta[j] = run.beta(j);
            largest = Math.max(largest, Math.abs(alpha[j]) + beta[j]);
        }
        this.scale = largest;
        this.nodes = new Nodes(m, alpha, beta);
        this.fewer = isComplete() ? nodes : new Nodes(Math.max(1, m - Math.max(2, m / 4)), alpha, beta);
    }

    private boolean isComplete() {
        return beta[beta.length - 1] == 0;
    }

    /** ∫ f over the measure, by Gauss quadrature. */
    double mean(DoubleUnaryOperator f) {
        return mass * nodes.sum(f);
    }

    /** The same with a quarter fewer steps, at least two fewer if there are as many. */
    double meanOfFewer(DoubleUnaryOperator f) {
        return mass * fewer.sum(f);
    }

    double smallest() {
        return nodes.values[0];
    }

    double largest() {
        return nodes.values[nodes.values.length - 1];
    }

    /**
     * The least and the greatest part of the measure on (−∞, x] that goes with T: the weights below x and up to x of
     * the quadrature of m + 1 nodes that has one at x.
     */
    double[] partUpTo(double x) {
        if (isComplete()) {
            double part = mass * nodes.sum(h -> h <= x ? 1 : 0);
            return new double[] {part, part};
        }
        int m = alpha.length;
        double[] diagonal = new double[m + 1];
        double pivot = 1;
        for (int j = 0; j < m; j++) {
            diagonal[j] = alpha[j];
            pivot = alpha[j] - x - (j > 0 ? beta[j - 1] * beta[j - 1] / pivot : 0);
            if (Math.abs(pivot) < PIVOT * scale) {
                pivot = Math.copySign(PIVOT * scale, pivot);
            }
        }
        diagonal[m] = x + beta[m - 1] * beta[m - 1] / pivot;
        Nodes extended = new Nodes(m + 1, diagonal, beta);
        int nearest = 0;
        for (int i = 1; i <= m; i++) {
            if (Math.abs(extended.values[i] - x) < Math.abs(extended.values[nearest] - x)) {
                nearest = i;
            }
        }
        double below = 0;
        for (int i = 0; i < nearest; i++) {
            below += extended.weights[i];
        }
        return new double[] {mass * below, mass * (below + extended.weights[nearest])};
    }

    /** The eigenvalues of a tridiagonal matrix with the squares of the first entries of their vectors. */
    private static final class Nodes {
        final double[] values;
        final double[] weights;

        Nodes(int count, double[] diagonal, double[] beside) {
            TridiagonalEigen eigen = new TridiagonalEigen(count);
            eigen.solve(count, diagonal, beside, false);
            values = new double[count];
            weights = new double[count];
            for (int i = 0; i < count; i++) {
                values[i] = eigen.value(i);
                weights[i] = eigen.first(i) * eigen.first(i);
            }
        }

        double sum(DoubleUnaryOperator f) {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += weights[i] * f.applyAsDouble(values[i]);
            }
            return sum;
        }
    }
}
