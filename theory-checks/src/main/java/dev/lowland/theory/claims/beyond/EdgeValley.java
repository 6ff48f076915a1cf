package dev.lowland.theory.claims.beyond;

import dev.lowland.optim.flatness.DriftEvaluator;
import dev.lowland.optim.flatness.DriftField;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.objective.ObjectiveEvaluator;
import dev.lowland.theory.claim.Interruption;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.Setting;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Two samples, the second of which has inputs and a target ε times as large: L = L_s + ε²ℓ, where the model is linear
 * in its inputs. At the start L_s is 0, η = 2/λ₁ and ℓ drives λ₁ up along the valley of L_s. Immutable.
 *
 * @param sharp L_s, of one sample
 * @param slow ℓ, of one sample
 * @param family where the samples come from
 * @param theta the start, P × 1
 * @param learningRate η
 */
record EdgeValley(Objective sharp, Objective slow, Families family, DMatrixRMaj theta, double learningRate) {

    /** How far the second prediction is from its target at the start. */
    private static final double MISS = 1;

    /** The valley of a draw; the second target is on the side from which λ₁ goes up. */
    static EdgeValley of(Families family, int candidate) {
        Setting setting = family.zeroLoss(2, candidate);
        EdgeValley above = of(family, setting, MISS);
        return above.variance(setting.theta()) > 0 ? above : of(family, setting, -MISS);
    }

    private static EdgeValley of(Families family, Setting setting, double miss) {
        Objective sharp = one(setting, 0, 0);
        double top = new Setting("", sharp, setting.theta()).top();
        return new EdgeValley(sharp, one(setting, 1, miss), family, setting.theta(), 2 / top);
    }

    /** ½(f/√2 − (y + miss)/√2)² of one sample. */
    private static Objective one(Setting setting, int sample, double miss) {
        Data data = setting.objective().data();
        int width = data.inputs().numCols;
        DMatrixRMaj input = new DMatrixRMaj(1, width);
        for (int j = 0; j < width; j++) {
            input.data[j] = data.inputs().get(sample, j) / Math.sqrt(2);
        }
        DMatrixRMaj target = new DMatrixRMaj(1, 1);
        target.data[0] = (data.target(sample, 0) + miss) / Math.sqrt(2);
        return Objective.of(setting.objective().model(), Losses.square(), Data.of(input, target));
    }

    /** ∇λ₁ of L_s. */
    private DriftField top() {
        return new SpectralField("λ₁", sharp, 1, (j, h) -> 1);
    }

    /** σ²/ε² = −2⟨∇λ₁, ∇ℓ⟩/‖∇λ₁‖², of the parts along the valley; below 0 where λ₁ goes down by itself. */
    double variance(DMatrixRMaj at) {
        DMatrixRMaj slopes = new DMatrixRMaj(at.numRows, 1);
        DMatrixRMaj push = new DMatrixRMaj(at.numRows, 1);
        top().evaluator().field(at, slopes);
        slow.gradient(at, push);
        DMatrixRMaj along = tangential(at, slopes);
        return -2 * Dense.dot(along, push) / Dense.dot(along, along);
    }

    /** The part of a vector along the valley of L_s. */
    private DMatrixRMaj tangential(DMatrixRMaj at, DMatrixRMaj vector) {
        DMatrixRMaj normal = across(at);
        return Dense.minus(vector, Dense.scaled(Dense.dot(normal, vector), normal));
    }

    /** v₁, up to its sign: the direction of the gradient of the first prediction. */
    private DMatrixRMaj across(DMatrixRMaj at) {
        DMatrixRMaj jacobian = new DMatrixRMaj(1, at.numRows);
        sharp.jacobian(at, jacobian);
        return Dense.unit(CommonOps_DDRM.transpose(jacobian, null));
    }

    /**
     * ∇ℓ + ½(σ²/ε²)∇λ₁, whose flow along the valley keeps λ₁.
     *
     * @param name for people
     * @param share 1, or 0 for the flow of ℓ alone
     */
    DriftField field(String name, double share) {
        return new DriftField() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public DriftEvaluator evaluator() {
                DriftEvaluator slopes = top().evaluator();
                ObjectiveEvaluator push = slow.evaluator();
                DMatrixRMaj gradient = new DMatrixRMaj(theta.numRows, 1);
                return (at, out) -> {
                    PotentialStatus status = slopes.field(at, out);
                    push.gradient(at, gradient);
                    CommonOps_DDRM.scale(share * 0.5 * variance(at), out);
                    CommonOps_DDRM.addEquals(out, gradient);
                    return status;
                };
            }
        };
    }

    /**
     * How often x swings in a time of the flow: to first order δ = log|x/σ| obeys δ″ = −2(ηε)²αδ in steps, α = −⟨∇λ₁,
     * ∇ℓ⟩.
     *
     * @param size ε
     * @param time of the flow, ηε² times the steps
     */
    double swings(double size, double time) {
        DMatrixRMaj slopes = new DMatrixRMaj(theta.numRows, 1);
        DMatrixRMaj push = new DMatrixRMaj(theta.numRows, 1);
        top().evaluator().field(theta, slopes);
        slow.gradient(theta, push);
        double driven = -Dense.dot(tangential(theta, slopes), push);
        return Math.sqrt(2 * driven) * time / (2 * Math.PI * size);
    }

    /**
     * What gradient descent on L_s + ε²ℓ does in the second half of its steps.
     *
     * @param displacement the mean of θ − θ_0, P × 1
     * @param variance the mean of x²/ε², x the half of what a step goes along v₁
     */
    record Way(DMatrixRMaj displacement, double variance) {}

    /** Runs gradient descent from the start, off by its own σ along v₁. */
    Way descend(double size, long steps) {
        ObjectiveEvaluator one = sharp.evaluator();
        ObjectiveEvaluator other = slow.evaluator();
        DMatrixRMaj now = theta.copy();
        CommonOps_DDRM.addEquals(now, size * Math.sqrt(variance(theta)), across(theta));
        DMatrixRMaj gradient = new DMatrixRMaj(theta.numRows, 1);
        DMatrixRMaj push = new DMatrixRMaj(theta.numRows, 1);
        DMatrixRMaj sum = new DMatrixRMaj(theta.numRows, 1);
        DMatrixRMaj before = new DMatrixRMaj(theta.numRows, 1);
        double squares = 0;
        long half = steps / 2;
        for (long k = 0; k < steps; k++) {
            if (k % 256 == 0) {
                Interruption.check();
            }
            before.setTo(now);
            one.gradient(now, gradient);
            other.gradient(now, push);
            CommonOps_DDRM.addEquals(now, -learningRate, gradient);
            CommonOps_DDRM.addEquals(now, -learningRate * size * size, push);
            if (k >= half) {
                CommonOps_DDRM.addEquals(sum, 1, now);
                double x = 0.5 * Dense.dot(across(now), Dense.minus(now, before));
                squares += x * x;
            }
        }
        double count = steps - half;
        return new Way(Dense.minus(Dense.scaled(1 / count, sum), theta), squares / count / (size * size));
    }
}
