package dev.lowland.theory.claims.trial;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Loss;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.theory.claim.Interruption;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.Setting;
import java.util.List;
import java.util.function.IntFunction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Problems for losses that flip labels: global minima, copies of the samples, and the noise of a step by enumeration.
 *
 * <p>Stateless and thread-safe.
 */
public final class Flips {

    /** Seed of the problems with several classes; not the seed of a check. */
    private static final long PROBLEM_SEED = 2106_06531L;

    private static final int CANDIDATES = 1000;

    /** Smallest share of λmax that the least eigenvalue on the range of H may be. */
    private static final double CONDITIONING = 0.3;

    /** The same with several classes, where softmax itself spreads the eigenvalues. */
    private static final double CLASSES_CONDITIONING = 0.05;

    /** Largest λmax with several classes: the larger, the more copies it takes to keep the logits near c. */
    private static final double CLASSES_TOP = 2;

    /** Loss at which a point counts as a minimum: that of rounded predictions. */
    private static final double NO_LOSS = 1e-24;

    private Flips() {}

    /**
     * The first random minimum of a family whose Hessian has full rank and is conditioned well.
     *
     * @param loss a loss on margins
     * @param samples n
     */
    public static Setting minimum(Families family, Loss loss, int samples) {
        return first(
                samples, CONDITIONING, Double.POSITIVE_INFINITY, candidate -> family.minimum(loss, samples, candidate));
    }

    /**
     * The first random minimum of the cross-entropy whose Hessian has full rank and is conditioned well.
     *
     * @param title the family's name
     * @param model a model with a logit for every class
     * @param classes K
     * @param flipProbability p
     * @param samples n
     */
    public static Setting classes(String title, Model model, int classes, double flipProbability, int samples) {
        Loss loss = Losses.crossEntropy(classes, flipProbability);
        return first(
                samples * (classes - 1),
                CLASSES_CONDITIONING,
                CLASSES_TOP,
                candidate -> classes(title, model, classes, loss, samples, candidate));
    }

    private static Setting first(int rank, double conditioning, double top, IntFunction<Setting> candidates) {
        for (int candidate = 0; candidate < CANDIDATES; candidate++) {
            Interruption.check();
            Setting setting = candidates.apply(candidate);
            boolean minimum = setting.objective().loss(setting.theta()) < NO_LOSS;
            if (minimum && setting.rank() == rank && setting.conditioning() > conditioning && setting.top() < top) {
                return setting;
            }
        }
        throw new IllegalStateException("no candidate has a minimum of rank " + rank);
    }

    /**
     * Newton's method on the logits, from a random start, until each sample's logits are c at its label and 0
     * elsewhere.
     */
    private static Setting classes(String title, Model model, int classes, Loss loss, int samples, int candidate) {
        int count = model.parameterCount();
        DMatrixRMaj inputs = new DMatrixRMaj(samples, model.inputSize());
        DMatrixRMaj theta = new DMatrixRMaj(count, 1);
        RandomStream.of(PROBLEM_SEED, candidate, Purpose.DATA)
                .fillGaussian(0, inputs.getNumElements(), inputs.data, 0, 1);
        RandomStream.of(PROBLEM_SEED, candidate, Purpose.INITIALISATION).fillGaussian(0, count, theta.data, 0, 1);
        int[] labels = new int[samples];
        for (int i = 0; i < samples; i++) {
            labels[i] = i % classes;
        }
        Objective objective = Objective.of(model, loss, Data.ofClasses(inputs, labels, classes));
        DMatrixRMaj logits = new DMatrixRMaj(samples, classes);
        DMatrixRMaj missing = new DMatrixRMaj(samples * classes, 1);
        DMatrixRMaj jacobian = new DMatrixRMaj(samples * classes, count);
        DMatrixRMaj inverse = new DMatrixRMaj(count, samples * classes);
        DMatrixRMaj step = new DMatrixRMaj(count, 1);
        for (int iteration = 0; iteration < 30; iteration++) {
            objective.predictions(theta, logits);
            double error = 0;
            for (int e = 0; e < missing.numRows; e++) {
                missing.data[e] = loss.minimiser() * objective.data().target(e / classes, e % classes) - logits.data[e];
                error = Math.max(error, Math.abs(missing.data[e]));
            }
            if (!(error > 1e-15) || !(error < 1e6)) {
                break;
            }
            objective.jacobian(theta, jacobian);
            CommonOps_DDRM.pinv(jacobian, inverse);
            CommonOps_DDRM.mult(inverse, missing, step);
            CommonOps_DDRM.addEquals(theta, step);
        }
        return new Setting(title + " " + loss.name(), objective, theta);
    }

    /**
     * The same objective with every sample several times: the same loss, and on the full batch as many independent
     * flips a sample.
     *
     * @param copies at least 1
     */
    public static Objective copies(Objective objective, int copies) {
        DMatrixRMaj inputs = repeated(objective.data().inputs(), copies);
        DMatrixRMaj targets = repeated(objective.data().targets(), copies);
        return Objective.of(objective.model(), objective.loss(), Data.of(inputs, targets));
    }

    private static DMatrixRMaj repeated(DMatrixRMaj rows, int copies) {
        DMatrixRMaj out = new DMatrixRMaj(rows.numRows * copies, rows.numCols);
        for (int copy = 0; copy < copies; copy++) {
            System.arraycopy(rows.data, 0, out.data, copy * rows.getNumElements(), rows.getNumElements());
        }
        return out;
    }

    /**
     * Mean and covariance of the full-batch gradient over all patterns of flips, each with its probability.
     *
     * @param mean P × 1
     * @param covariance P × P
     */
    public record StepNoise(DMatrixRMaj mean, DMatrixRMaj covariance) {}

    /**
     * The noise of a full-batch step by enumeration: the gradient of the loss that a step differentiates, at every
     * pattern of labels.
     *
     * @param setting few samples, because there are K^n patterns
     */
    public static StepNoise enumerate(Setting setting) {
        Objective objective = setting.objective();
        DMatrixRMaj clean = objective.data().targets();
        int count = setting.parameters();
        int samples = objective.sampleCount();
        int outputs = clean.numCols;
        int classes = Math.max(2, outputs);
        double flip = objective.loss().flipProbability();
        Program program = gradient(objective);
        DMatrixRMaj noisy = clean.copy();
        double[][] out = {new double[count]};
        DMatrixRMaj mean = new DMatrixRMaj(count, 1);
        DMatrixRMaj square = new DMatrixRMaj(count, count);
        long patterns = Math.round(Math.pow(classes, samples));
        for (long pattern = 0; pattern < patterns; pattern++) {
            double probability = 1;
            long rest = pattern;
            for (int i = 0; i < samples; i++) {
                int shift = (int) (rest % classes);
                rest /= classes;
                probability *= shift == 0 ? 1 - flip : flip / (classes - 1);
                for (int k = 0; k < outputs; k++) {
                    noisy.set(
                            i, (k + shift) % outputs, outputs == 1 && shift == 1 ? -clean.get(i, 0) : clean.get(i, k));
                }
            }
            program.run(program.newWorkspace(), new double[][] {setting.theta().data, noisy.data}, out);
            DMatrixRMaj gradient = new DMatrixRMaj(count, 1, true, out[0]);
            CommonOps_DDRM.addEquals(mean, probability, gradient);
            CommonOps_DDRM.multAddTransB(probability, gradient, gradient, square);
        }
        CommonOps_DDRM.multAddTransB(-1, mean, mean, square);
        return new StepNoise(mean, square);
    }

    private static Program gradient(Objective objective) {
        DMatrixRMaj targets = objective.data().targets();
        Graph graph = new Graph();
        Node theta = graph.input("theta", Shape.of(objective.parameterCount(), 1));
        Node labels = graph.input("labels", Shape.of(targets.numRows, targets.numCols));
        Node inputs = graph.constant(objective.data().inputs());
        Node losses = objective.loss().perSample(objective.model().predict(theta, inputs), labels);
        Node mean = Ops.scale(Ops.sum(losses), 1.0 / targets.numRows);
        return Program.compile(List.of(theta, labels), List.of(Reverse.gradient(mean, theta)));
    }
}
