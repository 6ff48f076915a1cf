package dev.lowland.theory.study;

import dev.lowland.theory.problem.Problem;
import dev.lowland.theory.problem.ProblemException;

/** How many parameters a study takes. Its matrices are dense, so that its numbers are exact. */
public final class DenseLimit {
    /** The largest P: above it a study is refused, for a few matrices of P × P would not fit and their eigenvalues take hours. */
    public static final int PARAMETERS = 4000;

    private DenseLimit() {}

    static void check(Problem problem) {
        int size = problem.model().parameterCount();
        if (size > PARAMETERS) {
            throw new ProblemException(
                    problem.file().toString(),
                    "theta",
                    "has " + size + " numbers; spectra are exact here, and so at most " + PARAMETERS + " are taken");
        }
    }
}
