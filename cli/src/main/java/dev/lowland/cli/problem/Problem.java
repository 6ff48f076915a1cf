package dev.lowland.cli.problem;

import dev.lowland.autodiff.nn.Model;
import dev.lowland.core.check.Checks;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Loss;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.theory.claim.Interruption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * What a problem file says: f, ℓ, the data, a point θ and the settings of SGD. Immutable and thread-safe.
 *
 * @param file where it was read
 * @param model f(θ; x), of which the input size is that of the data
 * @param loss ℓ
 * @param data the training data, n × d and n × 1
 * @param heldOut the data of the field {@code test}; null where there is none
 * @param start θ, P × 1. Not copied: not to be modified.
 * @param settings of SGD
 */
public record Problem(
        Path file,
        Model model,
        Loss loss,
        Data data,
        @Nullable Data heldOut,
        DMatrixRMaj start,
        SgdSettings settings) {

    /**
     * Computes something about this problem.
     *
     * @param study what to compute
     * @param <T> what comes out
     * @return what came out
     * @throws IllegalStateException if the thread is interrupted
     * @throws ProblemException if the study refuses what the file says, as numbers whose products overflow
     */
    public <T> T study(Function<Problem, T> study) {
        try {
            T found = study.apply(this);
            Interruption.check();
            return found;
        } catch (IllegalArgumentException e) {
            throw new ProblemException(file.toString(), "the problem", e);
        }
    }

    /**
     * The training objective.
     *
     * @return a fresh objective over {@link #data()}
     */
    public Objective objective() {
        return Objective.of(model, loss, data);
    }

    /**
     * The objective over the held-out data.
     *
     * @return empty where the file has no {@code test}
     */
    public Optional<Objective> heldOutObjective() {
        return Optional.ofNullable(heldOut).map(d -> Objective.of(model, loss, d));
    }

    /**
     * The point θ.
     *
     * @return a fresh copy, P × 1
     */
    public DMatrixRMaj theta() {
        return start.copy();
    }

    /**
     * The same at another point.
     *
     * @param theta θ, P × 1. Not modified.
     * @return another problem
     */
    public Problem at(DMatrixRMaj theta) {
        Checks.shape("problem", "theta", theta, model.parameterCount(), 1);
        return new Problem(file, model, loss, data, heldOut, theta.copy(), settings);
    }

    /**
     * The optimiser that the file describes.
     *
     * @param seed seed of every random number of its runs
     * @return the optimiser, of one thread
     */
    public Optimiser optimiser(long seed) {
        return settings.optimiser().withSeed(seed);
    }
}
