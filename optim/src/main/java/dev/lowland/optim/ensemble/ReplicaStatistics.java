package dev.lowland.optim.ensemble;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.SgdStepper;
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
        Checks.notNull("ReplicaStatistics.projection", "origin", origin);
        int size = origin.numRows;
        Checks.shape("ReplicaStatistics.projection", "origin", origin, size, 1);
        Checks.shape("ReplicaStatistics.projection", "direction", direction, size, 1);
        double[] along = direction.copy().data;
        double[] from = origin.copy().data;
        return named(name, size, stepper -> (current, out) -> {
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
        Checks.notNull("ReplicaStatistics.squaredDistance", "origin", origin);
        int size = origin.numRows;
        Checks.shape("ReplicaStatistics.squaredDistance", "origin", origin, size, 1);
        double[] from = origin.copy().data;
        return named(name, size, stepper -> (current, out) -> {
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
        Checks.notNull("ReplicaStatistics.of", "function", function);
        return named(name, parameterCount, stepper -> {
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

    private static ReplicaStatistic named(String name, int size, Beginning beginning) {
        Checks.notNull("ReplicaStatistics", "name", name);
        return new ReplicaStatistic() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Probe begin(SgdStepper stepper) {
                checkSize(name, size, stepper);
                return beginning.begin(stepper);
            }
        };
    }

    /** Refuses a block of replicas of another number of parameters. */
    static void checkSize(String name, int size, SgdStepper stepper) {
        int parameters = stepper.parameters().length / stepper.lanes();
        if (size != parameters) {
            throw Checks.error(
                    "Ensemble.run", "statistic " + name, "one of " + size + " parameters", "one of " + parameters);
        }
    }
}
