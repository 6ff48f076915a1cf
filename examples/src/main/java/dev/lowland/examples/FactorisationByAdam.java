package dev.lowland.examples;

import dev.lowland.autodiff.function.ScalarFunction;
import dev.lowland.optim.minimizer.Minimizer;
import dev.lowland.optim.minimizer.MinimizerResult;
import dev.lowland.optim.rule.Rules;
import dev.lowland.optim.schedule.Schedules;
import dev.lowland.optim.state.SavedState;
import dev.lowland.optim.state.StateSettings;
import dev.lowland.optim.state.States;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The same factorisation by Adam, which saves what it remembers and goes on from there when it is started again. */
public final class FactorisationByAdam {

    private static final long STEPS = 4_000;

    private FactorisationByAdam() {}

    /** Where it is after so many steps, taken from where the file says that it is. */
    static MinimizerResult found(Path state, long steps) throws IOException {
        ScalarFunction f =
                Functions.factorisation(FactorisationByTrustRegion.matrix(), FactorisationByTrustRegion.RANK);
        Minimizer minimizer = Minimizer.of(Rules.adam(), Schedules.exponential(0.05, 1e-4, STEPS))
                .withSteps(steps);
        StateSettings settings = StateSettings.of(minimizer).with("function", "½‖A − UVᵀ‖² of the first matrix");
        MinimizerResult found = Files.exists(state)
                ? minimizer.resume(f, States.state(SavedState.load(state), settings))
                : minimizer.minimize(f, FactorisationByTrustRegion.start(f));
        States.of(found.state(), settings).save(state);
        return found;
    }

    /**
     * Prints the value.
     *
     * @param arguments the file of the state
     * @throws IOException if it cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        System.out.println("half the squared distance: "
                + found(Path.of(arguments[0]), STEPS).value());
    }
}
