package dev.lowland.cli.report.view;

import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.report.format.Numbers;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.rule.UpdateRule;
import dev.lowland.optim.sgd.Optimiser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** Facts in the making. Not thread-safe. */
final class FactList {
    private final List<Fact> facts = new ArrayList<>();

    /** The facts of a problem. */
    static List<Fact> of(Problem problem) {
        FactList list = new FactList();
        Optimiser sgd = problem.settings().optimiser();
        list.add("model", "", problem.model().kind());
        list.add("parameters", "P", Numbers.count(problem.model().parameterCount()));
        list.add("samples", "n", Numbers.count(problem.data().size()));
        if (problem.heldOut() != null) {
            list.add("held-out samples", "", Numbers.count(problem.heldOut().size()));
        }
        list.add("loss", "", problem.loss().name());
        OptionalDouble rate = sgd.schedule().constant();
        list.add(
                "learning rate",
                "η",
                rate.isPresent()
                        ? Numbers.full(rate.getAsDouble())
                        : sgd.schedule().toString());
        rule(list, sgd.rule());
        list.add(
                "batch size",
                "B",
                sgd.batches().isFull()
                        ? "full"
                        : Numbers.count(sgd.batches().batchSize(problem.data().size())));
        if (!sgd.batches().isFull() && !sgd.batches().name().equals("with-replacement")) {
            list.add("batches", "", sgd.batches().toString());
        }
        if (problem.loss().flipsLabels()) {
            list.add("flip probability", "p", problem.loss().flipProbability());
        } else {
            list.add("label noise", "σ", sgd.noise().deviation());
        }
        NoiseLaw law = sgd.noiseLaw(problem.objective());
        if (law != NoiseLaw.RADEMACHER && law != NoiseLaw.LABEL_FLIP) {
            list.add("law of the noise", "", law.toString());
        }
        if (!sgd.regularization().isNone()) {
            list.add("regularization", "", sgd.regularization().toString().strip());
        }
        return list.facts();
    }

    private static void rule(FactList list, UpdateRule rule) {
        String text = Arrays.toString(rule.numbers());
        String numbers = text.substring(1, text.length() - 1);
        switch (rule.name()) {
            case "plain" -> list.add("momentum", "β", 0.0);
            case "heavy-ball" -> list.add("momentum", "β", rule.numbers()[0]);
            default -> list.add("rule", "", (rule.name() + " " + numbers).strip());
        }
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
