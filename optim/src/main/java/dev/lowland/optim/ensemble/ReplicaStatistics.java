package dev.lowland.optim.ensemble;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.program.Workspace;
import dev.lowland.core.check.Checks;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.SgdStepper;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;

/** Statistics that are often watched. */
public final class ReplicaStatistics {

    private ReplicaStatistics() {}

    /**
     * The training loss L(θ_k).
     *
     * @param objective gives L; the one that the ensemble minimises, or another of as many parameters
     * @return the statistic
     */
    public static ReplicaStatistic loss(Objective objective) {
        return new LossStatistic(objective);
    }

    /**
     * ⟨direction, θ_k − origin⟩.
     *
     * @param name what it is, for people
     * @param direction P × 1. Not modified.
     * @param origin P × 1. Not modified.
     * @return the statistic
     * @throws IllegalArgumentException if the shapes differ
     */
    public static ReplicaStatistic projection(String name, DMatrixRMaj direction, DMatrixRMaj origin) {
        int size = origin.numRows;
        Checks.shape("ReplicaStatistics.projection", "origin", origin, size, 1);
        Checks.shape("ReplicaStatistics.projection", "direction", direction, size, 1);
        double[] along = direction.copy().data;
        double[] from = origin.copy().data;
        return named(name, stepper -> (current, out) -> {
            int lanes = current.lanes();
            double[] state = current.parameters();
            for (int l = 0; l < lanes; l++) {
                double sum = 0;
                for (int i = 0; i < size; i++) {
                    sum += along[i] * (state[i * lanes + l] - from[i]);
                }
                out[l] = sum;
            }
        });
    }

    /**
     * ‖θ_k − origin‖₂².
     *
     * @param name what it is, for people
     * @param origin P × 1. Not modified.
     * @return the statistic
     * @throws IllegalArgumentException if the origin is not a column
     */
    public static ReplicaStatistic squaredDistance(String name, DMatrixRMaj origin) {
        int size = origin.numRows;
        Checks.shape("ReplicaStatistics.squaredDistance", "origin", origin, size, 1);
        double[] from = origin.copy().data;
        return named(name, stepper -> (current, out) -> {
            int lanes = current.lanes();
            double[] state = current.parameters();
            for (int l = 0; l < lanes; l++) {
                double sum = 0;
                for (int i = 0; i < size; i++) {
                    double away = state[i * lanes + l] - from[i];
                    sum += away * away;
                }
                out[l] = sum;
            }
        });
    }

    /**
     * Any function of a replica's parameters; slow, and meant for few steps.
     *
     * @param name what it is, for people
     * @param parameterCount P
     * @param function takes θ, P × 1, valid during the call only; called from several threads
     * @return the statistic
     * @throws IllegalArgumentException if there is no parameter
     */
    public static ReplicaStatistic of(String name, int parameterCount, ToDoubleFunction<DMatrixRMaj> function) {
        Checks.atLeast("ReplicaStatistics.of", "parameterCount", parameterCount, 1);
        return named(name, stepper -> {
            DMatrixRMaj theta = new DMatrixRMaj(parameterCount, 1);
            return (current, out) -> {
                int lanes = current.lanes();
                for (int l = 0; l < lanes; l++) {
                    for (int i = 0; i < parameterCount; i++) {
                        theta.data[i] = current.parameters()[i * lanes + l];
                    }
                    out[l] = function.applyAsDouble(theta);
                }
            };
        });
    }

    private interface Beginning {
        ReplicaStatistic.Probe begin(SgdStepper stepper);
    }

    private static ReplicaStatistic named(String name, Beginning beginning) {
        return new ReplicaStatistic() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Probe begin(SgdStepper stepper) {
                return beginning.begin(stepper);
            }
        };
    }

    /** L, by a program for the predictions of all lanes. */
    private static final class LossStatistic implements ReplicaStatistic {
        private final Objective objective;
        private final double[] targets;
        private final Program predictions;
        private final ConcurrentHashMap<Integer, Program> laned = new ConcurrentHashMap<>();

        LossStatistic(Objective objective) {
            this.objective = objective;
            this.targets = objective.data().targets().data;
            Graph graph = new Graph();
            Node theta = graph.input("theta", Shape.of(objective.parameterCount(), 1));
            Node inputs = graph.constant(objective.data().inputs());
            Node outputs = objective.model().predict(theta, inputs);
            this.predictions = Program.compile(List.of(theta), List.of(outputs));
        }

        @Override
        public String name() {
            return "loss";
        }

        @Override
        public Probe begin(SgdStepper stepper) {
            int lanes = stepper.lanes();
            Program program = laned.computeIfAbsent(lanes, count -> predictions.forLanes(count));
            Workspace workspace = program.newWorkspace();
            double[] predicted = new double[targets.length * lanes];
            double[] row = new double[targets.length];
            double[][] arguments = {stepper.parameters()};
            double[][] results = {predicted};
            return (current, out) -> {
                program.run(workspace, arguments, results);
                for (int l = 0; l < lanes; l++) {
                    out[l] = meanLoss(predicted, lanes, l, row);
                }
            };
        }

        private double meanLoss(double[] predicted, int lanes, int lane, double[] row) {
            for (int e = 0; e < row.length; e++) {
                row[e] = predicted[e * lanes + lane];
            }
            int outputs = objective.data().outputSize();
            double sum = 0;
            for (int e = 0; e < row.length; e += outputs) {
                sum += objective.loss().smoothedValue(row, targets, e, outputs);
            }
            return sum / objective.sampleCount();
        }
    }
}
