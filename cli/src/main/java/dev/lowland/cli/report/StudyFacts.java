package dev.lowland.cli.report;

import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.problem.SgdSettings;
import dev.lowland.cli.report.format.Numbers;
import dev.lowland.cli.study.Inspection;
import dev.lowland.cli.study.NearbyPoint;
import dev.lowland.cli.study.OtherFlow;
import dev.lowland.cli.study.PointJitter;
import dev.lowland.cli.study.Prediction;
import dev.lowland.cli.study.Simulation;
import dev.lowland.core.linalg.Norms;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.flatness.PrecisionStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outcome of a study as facts: a quantity, its symbol and its value, the same on the terminal and on the page. */
final class StudyFacts {
    /** A quantity, its symbol and its value, and how it was got, or why it is not there; nothing for what was given. */
    record Fact(String quantity, String symbol, String value, String method) {}

    private final List<Fact> facts = new ArrayList<>();

    private StudyFacts() {}

    static List<Fact> of(Inspection inspection) {
        StudyFacts list = new StudyFacts();
        String exact = StudyMethods.EXACT;
        String spectral = StudyMethods.spectral(inspection);
        Inspection.@Nullable Regularized regularized = inspection.regularized();
        list.add("training loss", "L", inspection.loss(), exact);
        inspection.heldOutLoss().ifPresent(loss -> list.add("held-out loss", "", loss, exact));
        list.add("size of its gradient", "‖∇L‖₂", Norms.scaled(inspection.gradient()), exact);
        list.estimate("trace of its Hessian", "tr ∇²L", inspection.trace(), inspection.traceStandardError(), spectral);
        String top = StudyMethods.top(inspection);
        list.estimate(
                "largest eigenvalue", "λmax", inspection.topEigenvalue(), inspection.topEigenvalueStandardError(), top);
        list.add("regularization strength", "λ = ησ²/(B(1−β))", inspection.lambda(), StudyMethods.FORMULA);
        list.add("stability margin", "2 − e·λmax", inspection.margin(), top);
        if (regularized == null) {
            list.none("regularizer", "R", "undefined", "e·λmax is 2 or more");
        } else {
            double spread = Norms.scaled(regularized.gradientStandardError());
            list.estimate("regularizer", "R", regularized.value(), regularized.standardError(), spectral);
            list.estimate("size of its gradient", "‖∇R‖₂", Norms.scaled(regularized.gradient()), spread, spectral);
            list.estimate(
                    "regularized loss", "L̃ = L + λR", regularized.loss(), regularized.lossStandardError(), spectral);
            list.estimate(
                    "distance from stationarity",
                    "‖∇L/λ + ∇R‖₂",
                    regularized.stationarity(),
                    regularized.stationarityStandardError(),
                    spectral);
        }
        if (inspection.status() == PotentialStatus.UNCERTAIN) {
            list.none("whether R is defined", "", "uncertain", "too near the limit to tell");
        }
        if (inspection.precision() == PrecisionStatus.NOT_REACHED) {
            list.none("standard error asked for", "", "NOT_REACHED", "it takes more probes than allowed");
        }
        list.nearby(inspection);
        list.jitter(inspection.jitter(), spectral);
        return list.facts;
    }

    private void nearby(Inspection inspection) {
        NearbyPoint nearby = inspection.nearby();
        if (nearby.point() == null) {
            none("nearby stationary point", "(ε, γ)", nearby.status().name(), nearby.reason());
            return;
        }
        String method = StudyMethods.nearby(inspection)
                + (nearby.status() == NearbyPoint.Status.STALLED ? "; stalled before the floor" : "");
        add("stationarity near by", "ε = ‖∇L/λ + ∇R‖₂ at θ*", nearby.epsilon(), method);
        add("how near", "γ = ‖θ − θ*‖₂", nearby.distance(), method);
    }

    private void jitter(PointJitter jitter, String spectral) {
        PointJitter.@Nullable Values numbers = jitter.numbers();
        if (numbers == null) {
            none("fluctuations of the runs", "S", jitter.status().name(), jitter.reason());
            return;
        }
        String method = StudyMethods.jitter(numbers);
        add("fluctuations of the runs", "tr S", numbers.trace(), method);
        add("variance where it is largest", "λmax(S)", numbers.topEigenvalue(), method);
        add("loss that they make", "½ tr(KS)", numbers.lossFloor(), method);
        add("their drift", "v = ½∇³L[S]/λ, ‖v‖₂", Norms.scaled(numbers.drift()), method);
        if (!Double.isNaN(numbers.difference())) {
            String share =
                    Double.isNaN(numbers.share()) ? "" : ", " + Numbers.percent(numbers.share()) + " of ∇R there";
            add(
                    "differs from ∇R along the valley by",
                    "‖P(v − ∇R)‖₂",
                    Numbers.full(numbers.difference()) + share,
                    method + ", ∇R " + spectral);
        }
    }

    static List<Fact> of(Prediction prediction) {
        StudyFacts list = new StudyFacts();
        Prediction.@Nullable Point end = prediction.end();
        list.add("steps", "T", Numbers.count(prediction.steps()), "");
        list.add("regularization strength", "λ", prediction.lambda(), StudyMethods.FORMULA);
        if (end == null) {
            list.none(
                    "slow flow",
                    "Φ_T",
                    prediction.status().name(),
                    StudyMethods.ending(prediction.status(), prediction.stepsTaken()));
        } else {
            String spectral = StudyMethods.spectral(prediction);
            Prediction.Point start = prediction.path().get(0);
            list.estimate(
                    "displacement",
                    "‖Φ_T − θ‖₂",
                    end.displacement(),
                    prediction.errorEstimate(),
                    StudyMethods.flow(prediction));
            list.change("training loss", "L", start.loss(), end.loss(), StudyMethods.EXACT);
            list.change("regularizer", "R", start.regularizer(), end.regularizer(), spectral);
            list.change("trace of the Hessian", "tr ∇²L", start.trace(), end.trace(), spectral);
        }
        list.other("along the drift of S", prediction.ownDrift(), StudyMethods.ownFlow(prediction));
        list.other("with ¼tr H for R", prediction.quarterTrace(), StudyMethods.quarterFlow(prediction));
        return list.facts;
    }

    private void other(String name, OtherFlow flow, String method) {
        if (flow.end() == null) {
            none("displacement " + name, "", flow.status().name(), flow.reason());
            return;
        }
        estimate("displacement " + name, "", flow.displacement(), flow.errorEstimate(), method);
        if (!Double.isNaN(flow.difference())) {
            add("which ends apart from Φ_T by", "", flow.difference(), method);
        }
    }

    static List<Fact> of(Simulation simulation) {
        StudyFacts list = new StudyFacts();
        Simulation.@Nullable Outcome outcome = simulation.outcome();
        Simulation.Flow predicted = simulation.predicted();
        list.add("steps", "T", Numbers.count(simulation.steps()));
        list.add("replicas", "N", Numbers.count(simulation.replicas()));
        list.add("seed", "", String.valueOf(simulation.seed()));
        list.add("regularization strength", "λ", simulation.lambda());
        list.add("training loss at the start", "L(θ)", simulation.startLoss());
        if (predicted.end() == null) {
            list.add(
                    "predicted displacement",
                    "‖Φ_T − θ‖₂",
                    StudyMethods.ending(predicted.status(), predicted.stepsTaken()));
        } else {
            list.add("predicted displacement", "‖Φ_T − θ‖₂", predicted.displacement());
        }
        if (outcome == null) {
            list.add(
                    "runs",
                    "",
                    "diverged: replica " + simulation.divergedReplica().orElse(-1) + " at step "
                            + Numbers.count(simulation.divergedAtStep().orElse(-1)));
            return list.facts;
        }
        list.add("mean and prediction differ by", "‖mean − Φ_T‖₂", outcome.difference());
        list.add("the same with ¼tr H for R", "", outcome.differenceQuarterTrace());
        list.add("difference expected by chance", "√(Σ SE²)", outcome.standardErrorNorm());
        return list.facts;
    }

    static List<Fact> of(Problem problem) {
        StudyFacts list = new StudyFacts();
        SgdSettings sgd = problem.settings();
        list.add("model", "", problem.model().kind());
        list.add("parameters", "P", Numbers.count(problem.model().parameterCount()));
        list.add("samples", "n", Numbers.count(problem.data().size()));
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
        return list.facts;
    }

    private void add(String quantity, String symbol, double value) {
        add(quantity, symbol, value, "");
    }

    private void add(String quantity, String symbol, double value, String method) {
        add(quantity, symbol, Numbers.full(value), method);
    }

    private void add(String quantity, String symbol, String value) {
        add(quantity, symbol, value, "");
    }

    /** With its error, where there is one. */
    private void estimate(String quantity, String symbol, double value, double error, String method) {
        add(quantity, symbol, Numbers.full(value) + (error > 0 ? " ± " + Numbers.brief(error) : ""), method);
    }

    private void change(String quantity, String symbol, double from, double to, String method) {
        add(quantity, symbol, Numbers.full(from) + " → " + Numbers.full(to), method);
    }

    /** What is not there, and why. */
    private void none(String quantity, String symbol, String status, String reason) {
        add(quantity, symbol, status, reason);
    }

    private void add(String quantity, String symbol, String value, String method) {
        facts.add(new Fact(quantity, symbol, value, method));
    }
}
