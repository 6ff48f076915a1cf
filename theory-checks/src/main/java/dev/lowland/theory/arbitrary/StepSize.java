package dev.lowland.theory.arbitrary;

import dev.lowland.core.check.Checks;
import dev.lowland.theory.experiment.Setting;

/**
 * A learning rate in the stable range of a problem that is not known yet, and a momentum.
 *
 * @param sharpness eλmax with e = η/(1+β), between 0 and 2, where R ends
 * @param momentum β in [0, 1)
 */
public record StepSize(double sharpness, double momentum) {

    public StepSize {
        Checks.positive("choose a step size", "sharpness", sharpness);
        Checks.positive("choose a step size", "2 - sharpness", 2 - sharpness);
        Checks.inHalfOpenRange("choose a step size", "momentum", momentum, 0, 1);
    }

    /**
     * η on a problem.
     *
     * @param setting gives λmax
     */
    public double learningRate(Setting setting) {
        Checks.notNull("learning rate", "setting", setting);
        return (1 + momentum) * setting.learningRate(sharpness);
    }

    /** The Java expression that makes it again. */
    @Override
    public String toString() {
        return "new StepSize(" + sharpness + ", " + momentum + ")";
    }
}
