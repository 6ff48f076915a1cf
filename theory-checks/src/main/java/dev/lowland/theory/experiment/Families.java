package dev.lowland.theory.experiment;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.check.Checks;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Loss;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.theory.claim.Interruption;
import java.util.function.Predicate;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The small problems on which claims are checked: standard normal inputs and parameters, drawn from streams of their
 * own.
 *
 * <p>A problem is a function of its family, its number of samples and the number of the draw, and of nothing else: the
 * seed of a check changes the noise only. Stateless and thread-safe.
 */
public enum Families {
    /** f = ⟨x, θ⟩ with 6 parameters. */
    LINEAR("linear", Models.linear(6)),
    /** f = ⟨x, u∘u − v∘v⟩ with 8 parameters. */
    QUADRATIC("quadratic", Models.quadratic(4)),
    /** f = ⟨A, U Vᵀ⟩, U 3 × 2 and V 2 × 2, 10 parameters. */
    MATRIX_SENSING("matrix-sensing", Models.matrixSensing(3, 2, 2)),
    /** Two inputs, three tanh units, one output, 13 parameters. */
    MLP_TANH("mlp tanh", Models.mlp(2, 3, 1).withActivation(Activation.TANH)),
    /** f = x·W₁·W₂ with 3, 2 and 1 columns, 8 parameters. */
    DEEP_LINEAR("deep-linear", Models.deepLinear(3, 2, 1));

    /** Seed of the problems; not the seed of a check. */
    private static final long PROBLEM_SEED = 2106_06530L;

    /** Candidates that are tried before the criteria are called unreasonable. */
    private static final int CANDIDATES = 1000;

    private final String title;
    private final Model model;

    Families(String title, Model model) {
        this.title = title;
        this.model = model;
    }

    /** The name in the names of cases. */
    public String title() {
        return title;
    }

    /** The model. */
    public Model model() {
        return model;
    }

    /**
     * A point of this family away from any minimum: the targets are standard normal numbers.
     *
     * @param samples n
     * @param candidate which draw, from 0
     */
    public Setting anywhere(int samples, int candidate) {
        DMatrixRMaj targets = gaussian(samples, 1, candidate, Purpose.TEST);
        return new Setting(title, objective(inputs(samples, candidate), targets), parameters(candidate));
    }

    /**
     * A point of this family where the loss is zero: the targets are the predictions at θ.
     *
     * @param samples n
     * @param candidate which draw, from 0
     */
    public Setting zeroLoss(int samples, int candidate) {
        return Setting.interpolating(title, model, inputs(samples, candidate), parameters(candidate));
    }

    /**
     * A point of this family away from any minimum, for a loss that flips labels: the targets are random signs.
     *
     * @param loss a loss on margins
     * @param samples n
     * @param candidate which draw, from 0
     */
    public Setting margin(Loss loss, int samples, int candidate) {
        Checks.notNull("margin", "loss", loss);
        DMatrixRMaj inputs = inputs(samples, candidate);
        DMatrixRMaj signs = new DMatrixRMaj(samples, 1);
        RandomStream.of(PROBLEM_SEED + ordinal(), candidate, Purpose.TEST).fillSigns(0, samples, signs.data, 0, 1);
        Data data = Data.of(inputs, signs);
        return new Setting(title + " " + loss.name(), Objective.of(model, loss, data), parameters(candidate));
    }

    /**
     * A global minimum for a loss that flips labels: every margin y f is at the minimiser of the smoothed loss.
     * Newton's method on the predictions, from a random start.
     *
     * @param loss a loss on margins
     * @param samples n, at most the rank that the Jacobian can have
     * @param candidate which draw, from 0
     */
    public Setting minimum(Loss loss, int samples, int candidate) {
        Checks.notNull("minimum", "loss", loss);
        Setting start = margin(loss, samples, candidate);
        Objective objective = start.objective();
        DMatrixRMaj theta = start.theta().copy();
        DMatrixRMaj jacobian = new DMatrixRMaj(samples, theta.numRows);
        DMatrixRMaj missing = new DMatrixRMaj(samples, 1);
        DMatrixRMaj step = new DMatrixRMaj(theta.numRows, 1);
        DMatrixRMaj inverse = new DMatrixRMaj(theta.numRows, samples);
        for (int iteration = 0; iteration < 100; iteration++) {
            objective.predictions(theta, missing);
            double error = 0;
            for (int i = 0; i < samples; i++) {
                missing.data[i] = loss.minimiser() * objective.data().target(i, 0) - missing.data[i];
                error = Math.max(error, Math.abs(missing.data[i]));
            }
            if (error < 1e-15) {
                break;
            }
            objective.jacobian(theta, jacobian);
            CommonOps_DDRM.pinv(jacobian, inverse);
            CommonOps_DDRM.mult(inverse, missing, step);
            CommonOps_DDRM.addEquals(theta, step);
        }
        return new Setting(start.family(), objective, theta);
    }

    /**
     * The first zero-loss point that meets a criterion.
     *
     * @param samples n
     * @param criterion decided by the theory's quantities at the point, never by a simulation
     * @throws IllegalStateException if none of the first {@value #CANDIDATES} draws meets it
     */
    public Setting zeroLoss(int samples, Predicate<Setting> criterion) {
        Checks.notNull("zero loss", "criterion", criterion);
        for (int candidate = 0; candidate < CANDIDATES; candidate++) {
            Interruption.check();
            Setting setting = zeroLoss(samples, candidate);
            if (criterion.test(setting)) {
                return setting;
            }
        }
        throw new IllegalStateException(
                "no candidate of " + title + " with " + samples + " samples meets the criterion");
    }

    /** A linear problem with two samples at right angles and of equal length: λmax has multiplicity 2. */
    public static Setting linearWithDoubleTop() {
        DMatrixRMaj inputs = new DMatrixRMaj(new double[][] {{3, 4, 0, 0, 0, 0}, {4, -3, 0, 0, 0, 0}});
        DMatrixRMaj theta = new DMatrixRMaj(LINEAR.model.parameterCount(), 1);
        return new Setting(LINEAR.title, LINEAR.objective(inputs, new DMatrixRMaj(2, 1)), theta);
    }

    private Objective objective(DMatrixRMaj inputs, DMatrixRMaj targets) {
        return Objective.of(model, Losses.square(), Data.of(inputs, targets));
    }

    private DMatrixRMaj inputs(int samples, int candidate) {
        return gaussian(samples, model.inputSize(), candidate, Purpose.DATA);
    }

    private DMatrixRMaj parameters(int candidate) {
        return gaussian(model.parameterCount(), 1, candidate, Purpose.INITIALISATION);
    }

    private DMatrixRMaj gaussian(int rows, int columns, int candidate, Purpose purpose) {
        Checks.atLeast("draw problem", "samples", rows, 1);
        Checks.room("draw problem", "samples", rows, (double) rows * columns);
        DMatrixRMaj out = new DMatrixRMaj(rows, columns);
        RandomStream.of(PROBLEM_SEED + ordinal(), candidate, purpose).fillGaussian(0, rows * columns, out.data, 0, 1);
        return out;
    }
}
