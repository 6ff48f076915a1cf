package dev.lowland.optim.sgd;

import dev.lowland.core.check.Checks;
import java.util.Arrays;
import java.util.OptionalInt;

/** θ and the last change of some replicas side by side: entry e of lane l is at [e·lanes + l]. For one thread. */
final class LanedState {

    private final int lanes;
    private final double[] parameters;
    private final double[] velocity;

    /** So many parameters in so many lanes. */
    LanedState(int size, int lanes) {
        this.lanes = lanes;
        this.parameters = new double[size * lanes];
        this.velocity = new double[size * lanes];
    }

    double[] parameters() {
        return parameters;
    }

    double[] velocity() {
        return velocity;
    }

    /** Every lane at θ, at rest. */
    void start(double[] theta) {
        int size = parameters.length / lanes;
        check("start", "theta", theta, size);
        for (int i = 0; i < size; i++) {
            Arrays.fill(parameters, i * lanes, (i + 1) * lanes, theta[i]);
        }
        Arrays.fill(velocity, 0);
    }

    /** The state that is given, laned. */
    void restore(double[] givenParameters, double[] givenVelocity) {
        check("restore", "parameters", givenParameters, parameters.length);
        check("restore", "velocity", givenVelocity, velocity.length);
        System.arraycopy(givenParameters, 0, parameters, 0, parameters.length);
        System.arraycopy(givenVelocity, 0, velocity, 0, velocity.length);
    }

    private static void check(String operation, String argument, double[] numbers, int length) {
        Checks.notNull(operation, argument, numbers);
        Checks.length(operation, argument, numbers.length, length);
        for (int e = 0; e < length; e++) {
            if (!(Math.abs(numbers[e]) <= Double.MAX_VALUE)) {
                throw Checks.error(operation, argument, numbers[e] + " at " + e, "finite");
            }
        }
    }

    /** The first lane with a parameter that is no number or exceeds {@link LabelNoiseSgd#LARGEST_PARAMETER}. */
    OptionalInt divergedLane() {
        boolean sound = true;
        for (double parameter : parameters) {
            sound &= Math.abs(parameter) <= LabelNoiseSgd.LARGEST_PARAMETER;
        }
        if (sound) {
            return OptionalInt.empty();
        }
        for (int l = 0; l < lanes; l++) {
            for (int e = l; e < parameters.length; e += lanes) {
                if (!(Math.abs(parameters[e]) <= LabelNoiseSgd.LARGEST_PARAMETER)) {
                    return OptionalInt.of(l);
                }
            }
        }
        throw new AssertionError("a diverged parameter has no lane");
    }
}
