package dev.lowland.core.linalg.lyapunov;

import dev.lowland.core.check.Checks;
import org.ejml.data.DMatrixRMaj;

/**
 * The covariance of SGD after k steps from rest, in the coordinates of the range of G, step by step: with X, Y, Z the
 * covariances of x with itself, of x with x_before, and of x_before with itself, and A = (1 + β) − η(D + γ),
 *
 * <p>X ← AXA − βAY − βYᵀA + β²Z + Q + sampling(X), Y ← AX − βYᵀ, Z ← X.
 *
 * <p>All over η, in the units of {@link SampleResponse}.
 */
final class SampledSteps {
    /** A covariance that changes by less, relative to its largest entry, has settled. */
    private static final double SETTLED = 2e-16;

    private final int rank;
    private final double momentum;
    private final double rate;
    private final double[] steps;
    private DMatrixRMaj x;
    private DMatrixRMaj y;
    private DMatrixRMaj z;

    SampledSteps(GradientModes modes, Recursion recursion) {
        this.rank = modes.rank();
        this.momentum = recursion.momentum();
        this.rate = recursion.learningRate();
        this.steps = new double[rank];
        for (int a = 0; a < rank; a++) {
            steps[a] = 1 + momentum - recursion.learningRate() * recursion.pull(modes.curvatures()[a]);
        }
        this.x = new DMatrixRMaj(rank, rank);
        this.y = new DMatrixRMaj(rank, rank);
        this.z = new DMatrixRMaj(rank, rank);
    }

    /** X after k steps, or where it settled before. */
    DMatrixRMaj after(SampleResponse response, DMatrixRMaj noise, long count) {
        for (long k = 0; k < count; k++) {
            Checks.notInterrupted("sampled covariance");
            DMatrixRMaj next = response.sampling(x);
            DMatrixRMaj cross = new DMatrixRMaj(rank, rank);
            double change = 0;
            double largest = 0;
            for (int a = 0; a < rank; a++) {
                for (int b = 0; b < rank; b++) {
                    int e = a * rank + b;
                    int t = b * rank + a;
                    double moved = steps[a] * steps[b] * x.data[e]
                            - momentum * (steps[a] * y.data[e] + steps[b] * y.data[t])
                            + momentum * momentum * z.data[e];
                    next.data[e] = rate * next.data[e] + moved + noise.data[e];
                    cross.data[e] = steps[a] * x.data[e] - momentum * y.data[t];
                    change = Math.max(change, Math.abs(next.data[e] - x.data[e]));
                    largest = Math.max(largest, Math.abs(next.data[e]));
                }
            }
            Congruence.symmetrise(next);
            z = x;
            x = next;
            y = cross;
            if (!(largest <= Double.MAX_VALUE)) {
                throw SampledCovariance.tooManySteps(count);
            }
            if (change <= SETTLED * largest && k > 0) {
                break;
            }
        }
        return x;
    }
}
