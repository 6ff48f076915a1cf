package dev.lowland.theory.claims.trial;

import dev.lowland.optim.ensemble.ReplicaStatistic;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.objective.ObjectiveEvaluator;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.SgdStepper;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;

/**
 * A function of the reference point θ*_k = θ_k − ξ_k of every replica: what is left of a run when its fluctuation is
 * taken away. ξ is the frozen Ornstein-Uhlenbeck process, driven by the label noise ε of the run itself,
 *
 * <pre>
 *   ξ_{k+1} = (I − ηG)ξ_k + (η/B) Σ_{i in batch} ε_i ∇f_i(θ*),   ξ_0 = 0,
 * </pre>
 *
 * with G and ∇f_i frozen at the last reference point that it was started or restarted at. A restart goes on from the ξ
 * that there is, so that the reference points of all windows are one sequence. For models with one output under the
 * square loss.
 *
 * <p>Immutable and shared by threads. A step costs O(nP) a replica, a restart a Jacobian. Source: Damian, Ma, Lee 2021,
 * section 3 (the local coupling and its restarts).
 */
public final class ReferencePoint implements ReplicaStatistic {

    private final String name;
    private final Objective objective;
    private final LabelNoiseSgd sgd;
    private final long window;
    private final boolean falls;
    private final Supplier<ToDoubleFunction<DMatrixRMaj>> value;

    private ReferencePoint(
            String name,
            Objective objective,
            LabelNoiseSgd sgd,
            long window,
            boolean falls,
            Supplier<ToDoubleFunction<DMatrixRMaj>> value) {
        this.name = name;
        this.objective = objective;
        this.sgd = sgd;
        this.window = window;
        this.falls = falls;
        this.value = value;
    }

    /**
     * Watches a function of the reference point, frozen once, at the start.
     *
     * @param name what the function is
     * @param objective what the runs minimise
     * @param sgd how, without momentum
     * @param value gives a function of θ*, P × 1, valid during the call only, for the use of one thread
     */
    public static ReferencePoint value(
            String name, Objective objective, LabelNoiseSgd sgd, Supplier<ToDoubleFunction<DMatrixRMaj>> value) {
        return new ReferencePoint(name, objective, sgd, Long.MAX_VALUE, false, value);
    }

    /**
     * Watches how much a function of the reference point falls from one look to the next; the first look is compared
     * with the start.
     *
     * @param name what the function is
     * @param objective what the runs minimise
     * @param sgd how, without momentum
     * @param window steps between restarts
     * @param value gives a function of θ*, P × 1, valid during the call only, for the use of one thread
     */
    public static ReferencePoint falls(
            String name,
            Objective objective,
            LabelNoiseSgd sgd,
            long window,
            Supplier<ToDoubleFunction<DMatrixRMaj>> value) {
        return new ReferencePoint(name, objective, sgd, window, true, value);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Probe begin(SgdStepper stepper) {
        return new Block(stepper);
    }

    /** ξ and the frozen Jacobians of a block of replicas; each row has an entry a lane. */
    private final class Block implements Probe {

        private final ObjectiveEvaluator evaluator = objective.evaluator();
        private final int size = objective.parameterCount();
        private final int samples = objective.sampleCount();
        private final double[] clean = objective.data().targets().data;
        private final int lanes;
        private final double[][] fluctuation;
        private final double[][] jacobians;
        private final double[][] pull;
        private final ToDoubleFunction<DMatrixRMaj> function = value.get();
        private final double[] before;
        private final DMatrixRMaj theta = new DMatrixRMaj(size, 1);
        private final DMatrixRMaj jacobian = new DMatrixRMaj(samples, size);

        Block(SgdStepper stepper) {
            lanes = stepper.lanes();
            fluctuation = new double[size][lanes];
            jacobians = new double[samples * size][lanes];
            pull = new double[samples][lanes];
            before = new double[lanes];
            freeze(stepper);
            if (falls) {
                measure(stepper, new double[lanes]);
            }
        }

        @Override
        public boolean followsSteps() {
            return true;
        }

        @Override
        public void beforeStep(SgdStepper stepper) {
            if (stepper.stepsTaken() > 0 && stepper.stepsTaken() % window == 0) {
                freeze(stepper);
            }
            for (int i = 0; i < samples; i++) {
                restore(i);
            }
            addNoise(stepper);
            for (int i = 0; i < samples; i++) {
                for (int p = 0; p < size; p++) {
                    addProduct(jacobians[i * size + p], pull[i], sgd.learningRate(), fluctuation[p]);
                }
            }
        }

        private void freeze(SgdStepper stepper) {
            for (int l = 0; l < lanes; l++) {
                reference(stepper, l);
                evaluator.jacobian(theta, jacobian);
                for (int e = 0; e < samples * size; e++) {
                    jacobians[e][l] = jacobian.data[e];
                }
            }
        }

        /** The pull of the frozen linear model, −Jξ/n, of one sample. */
        private void restore(int sample) {
            Arrays.fill(pull[sample], 0);
            for (int p = 0; p < size; p++) {
                addProduct(jacobians[sample * size + p], fluctuation[p], -1.0 / samples, pull[sample]);
            }
        }

        private void addNoise(SgdStepper stepper) {
            double[] targets = stepper.targets();
            int batch = targets.length / lanes;
            if (sgd.isFullBatch()) {
                for (int i = 0; i < samples; i++) {
                    addNoise(targets, i * lanes, clean[i], pull[i]);
                }
                return;
            }
            for (int b = 0; b < batch; b++) {
                for (int l = 0; l < lanes; l++) {
                    int sample = stepper.batchIndex(b, l);
                    pull[sample][l] += (targets[b * lanes + l] - clean[sample]) / batch;
                }
            }
        }

        private void addNoise(double[] targets, int from, double cleanTarget, double[] out) {
            for (int l = 0; l < lanes; l++) {
                out[l] += (targets[from + l] - cleanTarget) / samples;
            }
        }

        private void reference(SgdStepper stepper, int lane) {
            double[] state = stepper.parameters();
            for (int p = 0; p < size; p++) {
                theta.data[p] = state[p * lanes + lane] - fluctuation[p][lane];
            }
        }

        @Override
        public void measure(SgdStepper stepper, double[] out) {
            for (int l = 0; l < lanes; l++) {
                reference(stepper, l);
                double now = function.applyAsDouble(theta);
                out[l] = falls ? before[l] - now : now;
                before[l] = now;
            }
        }
    }

    /** out += factor · a ∘ b, on arrays of one length that are not the same. */
    private static void addProduct(double[] a, double[] b, double factor, double[] out) {
        for (int l = 0; l < out.length; l++) {
            out[l] += factor * a[l] * b[l];
        }
    }
}
