package dev.lowland.theory.report;

import dev.lowland.optim.flatness.FlowStatus;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.flatness.RegularizerMethod;
import dev.lowland.theory.problem.Problem;
import dev.lowland.theory.problem.SgdSettings;
import dev.lowland.theory.study.Inspection;
import dev.lowland.theory.study.Prediction;
import dev.lowland.theory.study.Simulation;
import java.util.ArrayList;
import java.util.List;
import org.ejml.dense.row.NormOps_DDRM;
import org.jspecify.annotations.Nullable;

/** The outcome of a study as facts: a quantity, its symbol and its value, the same on the terminal and on the page. */
final class StudyFacts {
    /** A quantity, its symbol and its value. */
    record Fact(String quantity, String symbol, String value) {}

    private final List<Fact> facts = new ArrayList<>();

    private StudyFacts() {}

    static List<Fact> of(Inspection inspection) {
        StudyFacts list = new StudyFacts();
        Inspection.@Nullable Regularized regularized = inspection.regularized();
        list.add("training loss", "L", inspection.loss());
        inspection.heldOutLoss().ifPresent(loss -> list.add("held-out loss", "", loss));
        list.add("size of its gradient", "‖∇L‖₂", NormOps_DDRM.normF(inspection.gradient()));
        list.estimate("trace of its Hessian", "tr ∇²L", inspection.trace(), inspection.traceStandardError());
        list.estimate(
                "largest eigenvalue", "λmax", inspection.topEigenvalue(), inspection.topEigenvalueStandardError());
        list.add("regularisation strength", "λ = ησ²/(B(1−β))", inspection.lambda());
        list.add("stability margin", "2 − e·λmax", inspection.margin());
        if (regularized == null) {
            list.add("regulariser", "R", "undefined: e·λmax is 2 or more");
            list.method(inspection.method());
            return list.facts;
        }
        double spread = NormOps_DDRM.normF(regularized.gradientStandardError());
        list.estimate("regulariser", "R", regularized.value(), regularized.standardError());
        list.estimate("size of its gradient", "‖∇R‖₂", NormOps_DDRM.normF(regularized.gradient()), spread);
        list.estimate("regularised loss", "L̃ = L + λR", regularized.loss(), regularized.lossStandardError());
        list.estimate(
                "distance from stationarity",
                "‖∇L/λ + ∇R‖₂",
                regularized.stationarity(),
                regularized.stationarityStandardError());
        if (inspection.status() == PotentialStatus.UNCERTAIN) {
            list.add("whether R is defined", "", "uncertain: too near the limit to tell");
        }
        list.method(inspection.method());
        return list.facts;
    }

    static List<Fact> of(Prediction prediction) {
        StudyFacts list = new StudyFacts();
        Prediction.@Nullable Point end = prediction.end();
        list.add("steps", "T", Numbers.count(prediction.steps()));
        list.add("regularisation strength", "λ", prediction.lambda());
        if (end == null) {
            list.add("slow flow", "Φ_T", ending(prediction.status(), prediction.stepsTaken()));
            return list.facts;
        }
        Prediction.Point start = prediction.path().get(0);
        list.add("displacement", "‖Φ_T − θ‖₂", end.displacement());
        list.change("training loss", "L", start.loss(), end.loss());
        list.change("regulariser", "R", start.regularizer(), end.regularizer());
        list.change("trace of the Hessian", "tr ∇²L", start.trace(), end.trace());
        list.method(prediction.method());
        return list.facts;
    }

    static List<Fact> of(Simulation simulation) {
        StudyFacts list = new StudyFacts();
        Simulation.@Nullable Outcome outcome = simulation.outcome();
        Simulation.Flow predicted = simulation.predicted();
        list.add("steps", "T", Numbers.count(simulation.steps()));
        list.add("replicas", "N", Numbers.count(simulation.replicas()));
        list.add("seed", "", String.valueOf(simulation.seed()));
        list.add("regularisation strength", "λ", simulation.lambda());
        list.add("training loss at the start", "L(θ)", simulation.startLoss());
        if (predicted.end() == null) {
            list.add("predicted displacement", "‖Φ_T − θ‖₂", ending(predicted.status(), predicted.stepsTaken()));
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
                "batch size", "B", sgd.batchSize() == SgdSettings.FULL_BATCH ? "full" : Numbers.count(sgd.batchSize()));
        if (problem.loss().flipsLabels()) {
            list.add("flip probability", "p", problem.loss().flipProbability());
        } else {
            list.add("label noise", "σ", sgd.labelNoise());
        }
        return list.facts;
    }

    private void add(String quantity, String symbol, double value) {
        add(quantity, symbol, Numbers.full(value));
    }

    /** With its standard error, where there is one. */
    private void estimate(String quantity, String symbol, double value, double error) {
        add(quantity, symbol, Numbers.full(value) + (error > 0 ? " ± " + Numbers.brief(error) : ""));
    }

    /** Nothing where all numbers are exact. */
    private void method(RegularizerMethod method) {
        if (method == RegularizerMethod.STOCHASTIC) {
            add("method", "", "stochastic; ± one standard error");
        }
    }

    private void change(String quantity, String symbol, double from, double to) {
        add(quantity, symbol, Numbers.full(from) + " → " + Numbers.full(to));
    }

    private void add(String quantity, String symbol, String value) {
        facts.add(new Fact(quantity, symbol, value));
    }

    private static String ending(FlowStatus status, long steps) {
        return (status == FlowStatus.UNDEFINED ? "R is undefined" : "the flow diverged") + " after step "
                + Numbers.count(steps);
    }
}
