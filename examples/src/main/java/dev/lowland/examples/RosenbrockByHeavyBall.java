package dev.lowland.examples;

import dev.lowland.optim.minimizer.Minimizer;
import dev.lowland.optim.minimizer.MinimizerResult;
import dev.lowland.optim.rule.Rules;
import org.ejml.data.DMatrixRMaj;

/** The bottom of Rosenbrock's curved valley, by the steps of this library. */
public final class RosenbrockByHeavyBall {

    private static final int SIZE = 4;

    private RosenbrockByHeavyBall() {}

    /** Where it ended. */
    static MinimizerResult found() {
        DMatrixRMaj start = new DMatrixRMaj(SIZE, 1);
        return Minimizer.of(Rules.heavyBall(0.97), 5e-4)
                .withGradientTolerance(1e-11)
                .minimize(Functions.rosenbrock(SIZE), start);
    }

    /**
     * Prints where it ended.
     *
     * @param arguments not looked at
     */
    public static void main(String[] arguments) {
        System.out.println(found());
        System.out.println(found().point());
    }
}
