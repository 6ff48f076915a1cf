package dev.lowland.cli.study;

import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.problem.ProblemException;
import dev.lowland.core.linalg.Norms;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.flatness.QuarterTrace;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Objective;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** The sample for which a loss or one of its derivatives is not a number. */
final class OverflowingSample {
    private OverflowingSample() {}

    /** What to say where a derivative of the loss overflows: which sample's, if it is one's alone. */
    static ProblemException refusal(Problem problem) {
        Data data = problem.data();
        int from = 0;
        int to = data.size();
        while (to - from > 1) {
            int middle = (from + to) >>> 1;
            if (overflows(problem, from, middle)) {
                to = middle;
            } else {
                from = middle;
            }
        }
        String whose = overflows(problem, from, to) ? "of sample " + from + " " : "";
        return new ProblemException(
                problem.file().toString(),
                "theta",
                "a point where the loss " + whose + "or one of its derivatives overflows",
                "one where they are finite");
    }

    private static boolean overflows(Problem problem, int from, int to) {
        Data data = problem.data();
        Objective part = Objective.of(
                problem.model(),
                problem.loss(),
                Data.of(rows(data.inputs(), from, to), rows(data.targets(), from, to)));
        DMatrixRMaj theta = problem.theta();
        DMatrixRMaj gradient = new DMatrixRMaj(theta.numRows, 1);
        if (!Double.isFinite(part.loss(theta))) {
            return true;
        }
        part.gradient(theta, gradient);
        if (!Norms.isFinite(gradient)) {
            return true;
        }
        return QuarterTrace.of(part)
                        .evaluator()
                        .evaluate(theta, gradient, gradient.copy())
                        .status()
                == PotentialStatus.UNDEFINED;
    }

    private static DMatrixRMaj rows(DMatrixRMaj table, int from, int to) {
        int columns = table.numCols;
        double[] part = Arrays.copyOfRange(table.data, from * columns, to * columns);
        return new DMatrixRMaj(to - from, columns, true, part);
    }
}
