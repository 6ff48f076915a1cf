package dev.lowland.cli.report.view;

import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.problem.SgdSettings;
import dev.lowland.cli.report.format.Numbers;
import java.util.ArrayList;
import java.util.List;

/** Facts in the making. Not thread-safe. */
final class FactList {
    private final List<Fact> facts = new ArrayList<>();

    /** The facts of a problem. */
    static List<Fact> of(Problem problem) {
        FactList list = new FactList();
        SgdSettings sgd = problem.settings();
        list.add("model", "", problem.model().kind());
        list.add("parameters", "P", Numbers.count(problem.model().parameterCount()));
        list.add("samples", "n", Numbers.count(problem.data().size()));
        if (problem.heldOut() != null) {
            list.add("held-out samples", "", Numbers.count(problem.heldOut().size()));
        }
        list.add("loss", "", problem.loss().name());
        list.add("learning rate", "η", sgd.learningRate());
        list.add("momentum", "β", sgd.momentum());
        list.add(
                "batch size",
                "B",
                sgd.batchSize().isEmpty()
                        ? "full"
                        : Numbers.count(sgd.batchSize().getAsInt()));
        if (problem.loss().flipsLabels()) {
            list.add("flip probability", "p", problem.loss().flipProbability());
        } else {
            list.add("label noise", "σ", sgd.labelNoise());
        }
        return list.facts();
    }

    /** What was added so far. */
    List<Fact> facts() {
        return List.copyOf(facts);
    }

    void add(String quantity, String symbol, double value) {
        add(quantity, symbol, value, "");
    }

    void add(String quantity, String symbol, double value, String method) {
        add(quantity, symbol, Numbers.full(value), method);
    }

    void add(String quantity, String symbol, String value) {
        add(quantity, symbol, value, "");
    }

    /** With its error, where there is one. */
    void estimate(String quantity, String symbol, double value, double error, String method) {
        add(quantity, symbol, Numbers.full(value) + (error > 0 ? " ± " + Numbers.brief(error) : ""), method);
    }

    void change(String quantity, String symbol, double from, double to, String method) {
        add(quantity, symbol, Numbers.full(from) + " → " + Numbers.full(to), method);
    }

    /** A value with its method; a status with its reason. */
    void add(String quantity, String symbol, String value, String method) {
        facts.add(new Fact(quantity, symbol, value, method));
    }
}
