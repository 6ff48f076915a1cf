package dev.lowland.theory.claims.coupling;

import dev.lowland.optim.flatness.DriftPotential;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.flatness.ScaledPotential;
import dev.lowland.optim.flow.FlowStatus;
import dev.lowland.optim.flow.SlowFlow;
import dev.lowland.optim.flow.SlowFlowResult;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.theory.claim.Theory;
import dev.lowland.theory.claims.trial.DriftCase;
import dev.lowland.theory.claims.trial.TwoStrengths;
import dev.lowland.theory.claims.trial.Valley;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Setting;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * How much of L + λR the theory says is lost up to each checkpoint of a drift case, in units of λ: Σ_k ηλ‖P_T∇R(Φ_k)‖²
 * along the slow flow Φ, by trapezoids from checkpoint to checkpoint, {@link TwoStrengths#combined}.
 *
 * @param tangential with ‖P_T∇R‖² as the rate, cumulated; NaN if the flow did not end
 * @param whole with ‖∇R‖² as the rate, which is wrong, cumulated; NaN if the flow did not end
 */
record DescentRate(double[] tangential, double[] whole) {

    /**
     * The losses of a case.
     *
     * @param subject the case
     * @param theory the theory under test
     */
    static DescentRate of(DriftCase subject, Theory theory) {
        DescentRate weak = at(subject, theory, 1);
        DescentRate strong = at(subject, theory, TwoStrengths.FACTOR);
        return new DescentRate(
                TwoStrengths.combined(weak.tangential, strong.tangential),
                TwoStrengths.combined(weak.whole, strong.whole));
    }

    private static DescentRate at(DriftCase subject, Theory theory, int factor) {
        Setting setting = subject.setting();
        double strength = factor * subject.strength() * theory.lambdaFactor();
        LabelNoiseSgd sgd = subject.optimiser(factor);
        DriftPotential potential =
                new ScaledPotential(Regularizer.of(setting.objective(), sgd), theory.gradientFactor());
        long[] checkpoints = subject.checkpoints(factor);
        SlowFlowResult flow = SlowFlow.of(setting.objective(), sgd)
                .withDrift(potential)
                .withStrength(strength)
                .run(setting.theta(), checkpoints);
        double[] tangential = new double[checkpoints.length];
        double[] whole = new double[checkpoints.length];
        if (flow.status() != FlowStatus.FINISHED) {
            Arrays.fill(tangential, Double.NaN);
            Arrays.fill(whole, Double.NaN);
            return new DescentRate(tangential, whole);
        }
        Valley valley = new Valley(setting.objective());
        Slope before = Slope.at(potential, valley, setting.theta());
        double weight =
                subject.learningRate() * strength * strength / (factor * subject.strength()) * checkpoints[0] / 2;
        for (int i = 0; i < checkpoints.length; i++) {
            Slope after = Slope.at(potential, valley, flow.path().get(i).parameters());
            tangential[i] = (i == 0 ? 0 : tangential[i - 1]) + weight * (before.tangential + after.tangential);
            whole[i] = (i == 0 ? 0 : whole[i - 1]) + weight * (before.whole + after.whole);
            before = after;
        }
        return new DescentRate(tangential, whole);
    }

    /** ‖P_T∇R‖² and ‖∇R‖² at a point near the valley, with P_T from the Jacobian there. */
    private record Slope(double tangential, double whole) {

        static Slope at(DriftPotential potential, Valley valley, DMatrixRMaj theta) {
            DMatrixRMaj gradient = new DMatrixRMaj(theta.numRows, 1);
            potential.gradient(theta, gradient);
            DMatrixRMaj along = valley.tangential(theta, gradient);
            return new Slope(Dense.dot(along, along), Dense.dot(gradient, gradient));
        }
    }
}
