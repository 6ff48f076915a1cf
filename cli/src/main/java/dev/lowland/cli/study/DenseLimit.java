package dev.lowland.cli.study;

import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.problem.ProblemException;

/** How many parameters a study takes that writes a dense matrix. */
public final class DenseLimit {
    /** The largest P; a study of as many takes minutes and a gigabyte, and both grow as a power of P. */
    public static final int PARAMETERS = 4000;

    private DenseLimit() {}

    static void check(Problem problem) {
        int size = problem.model().parameterCount();
        if (size > PARAMETERS) {
            throw new ProblemException(
                    problem.file().toString(),
                    "theta",
                    "of length " + size,
                    "of length at most " + PARAMETERS + ", for the matrices here are dense");
        }
    }
}
