package dev.lowland.cli.problem;

import dev.lowland.optim.objective.Loss;
import dev.lowland.optim.objective.Losses;
import java.util.List;

/** Reads the field {@code loss}. The losses that flip labels need targets ±1 and a flip probability. */
enum LossReader {
    SQUARE("square", false),
    LOGISTIC("logistic", true),
    EXPONENTIAL("exponential", true),
    SQUARE_MARGIN("square-margin", true);

    private static final List<String> NAMES = List.of("square", "logistic", "exponential", "square-margin");

    private final String label;
    private final boolean flipsLabels;

    LossReader(String label, boolean flipsLabels) {
        this.label = label;
        this.flipsLabels = flipsLabels;
    }

    static LossReader of(JsonFields root) {
        String name = root.text("loss");
        for (LossReader loss : values()) {
            if (loss.label.equals(name)) {
                return loss;
            }
        }
        throw root.fault(
                "loss",
                name.equals("cross-entropy")
                        ? "'cross-entropy' is not in this version; it has " + String.join(", ", NAMES)
                        : "unknown loss '" + name + "'; " + NearestNames.advice(name, NAMES));
    }

    /** The name in the file. */
    String label() {
        return label;
    }

    /** Whether the noise is flipped labels, so that targets are ±1. */
    boolean flipsLabels() {
        return flipsLabels;
    }

    /** The loss; {@code flipProbability} matters only where labels are flipped. */
    Loss build(double flipProbability) {
        return switch (this) {
            case SQUARE -> Losses.square();
            case LOGISTIC -> Losses.logistic(flipProbability);
            case EXPONENTIAL -> Losses.exponential(flipProbability);
            case SQUARE_MARGIN -> Losses.squareMargin(flipProbability);
        };
    }
}
