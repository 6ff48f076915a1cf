package dev.lowland.cli.report.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.report.format.Json;
import dev.lowland.cli.report.format.Numbers;
import dev.lowland.cli.train.Measure;
import dev.lowland.cli.train.TrainingRow;
import dev.lowland.optim.sgd.RunStatus;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a training shows, while it goes and at its end.
 *
 * @param problem what is trained
 * @param steps how many there are in all
 * @param status STOPPED while it goes on
 * @param divergedAtStep the step that diverged, if one did
 * @param rows what was measured so far
 * @param thetaSha256 what tells the last θ apart; null before the end
 */
public record TrainingView(
        Problem problem,
        long steps,
        RunStatus status,
        OptionalLong divergedAtStep,
        List<TrainingRow> rows,
        @Nullable String thetaSha256)
        implements ProblemView {

    private static final double BAND = 2;

    @Override
    public String title() {
        return "Where training goes";
    }

    @Override
    public boolean isComplete() {
        return status != RunStatus.STOPPED;
    }

    @Override
    public List<Fact> facts() {
        FactList list = new FactList();
        list.add("steps", "T", Numbers.count(steps));
        if (divergedAtStep.isPresent()) {
            list.add("outcome", "", "diverged at step " + Numbers.count(divergedAtStep.getAsLong()));
        }
        if (rows.isEmpty()) {
            return list.facts();
        }
        TrainingRow last = rows.get(rows.size() - 1);
        if (!isComplete()) {
            list.add("steps so far", "k", Numbers.count(last.step()));
        }
        change(list, "training loss", "L", Measure.LOSS);
        change(list, "training accuracy", "", Measure.TRAIN_ACCURACY);
        change(list, "held-out loss", "", Measure.TEST_LOSS);
        change(list, "held-out accuracy", "", Measure.TEST_ACCURACY);
        estimate(list, "trace of the Hessian", "tr H", Measure.TRACE, Measure.TRACE_ERROR, "by random vectors");
        estimate(
                list,
                "the same by the noise of gradients",
                "tr H",
                Measure.NOISE_TRACE,
                Measure.NOISE_TRACE_ERROR,
                "both gradients at one θ");
        estimate(list, "largest eigenvalue", "λmax", Measure.TOP, Measure.TOP_ERROR, "± its residual");
        estimate(list, "regularizer", "R", Measure.REGULARIZER, Measure.REGULARIZER_ERROR, "at the last η");
        return list.facts();
    }

    private void change(FactList list, String quantity, String symbol, Measure measure) {
        OptionalDouble from = rows.get(0).get(measure);
        OptionalDouble to = rows.get(rows.size() - 1).get(measure);
        if (from.isPresent() && to.isPresent()) {
            list.change(quantity, symbol, from.getAsDouble(), to.getAsDouble(), "");
        }
    }

    private void estimate(FactList list, String quantity, String symbol, Measure measure, Measure error, String how) {
        List<TrainingRow> there =
                rows.stream().filter(row -> row.get(measure).isPresent()).toList();
        if (there.isEmpty()) {
            return;
        }
        TrainingRow first = there.get(0);
        TrainingRow last = there.get(there.size() - 1);
        list.add(quantity, symbol, text(first, measure, error) + " → " + text(last, measure, error), how);
    }

    private static String text(TrainingRow row, Measure measure, Measure error) {
        double off = row.get(error).orElse(0);
        return Numbers.brief(row.get(measure).orElse(Double.NaN)) + (off > 0 ? " ± " + Numbers.rough(off) : "");
    }

    @Override
    public List<Figure> figures() {
        if (rows.size() < 2) {
            return List.of();
        }
        List<Figure> figures = new ArrayList<>();
        double[] k = values(rows, Measure.STEP);
        boolean positive = rows.stream().allMatch(row -> row.get(Measure.LOSS).orElse(0) > 0);
        Figure.Builder loss = axis("loss", "Loss").caption("Smoothed, less its minimum.");
        (positive ? loss.logY("L") : loss.y("L")).line(Role.MEASURED, "training", k, values(rows, Measure.LOSS));
        boolean held = rows.stream().allMatch(row -> row.get(Measure.TEST_LOSS).orElse(0) > 0);
        if (held) {
            loss.line(Role.REFERENCE, "held out", k, values(rows, Measure.TEST_LOSS));
        }
        figures.add(loss.build());
        if (rows.get(0).get(Measure.TRAIN_ACCURACY).isPresent()) {
            figures.add(axis("accuracy", "Accuracy")
                    .y("share predicted")
                    .caption("The share of samples whose class is predicted.")
                    .line(Role.REFERENCE, "training", k, values(rows, Measure.TRAIN_ACCURACY))
                    .line(Role.MEASURED, "held out", k, values(rows, Measure.TEST_ACCURACY))
                    .build());
        }
        List<TrainingRow> curved =
                rows.stream().filter(row -> row.get(Measure.TRACE).isPresent()).toList();
        if (curved.size() > 1) {
            figures.add(trace(curved));
            figures.add(axis("top", "Largest eigenvalue of the Hessian")
                    .y("λmax")
                    .line(Role.MEASURED, "λmax", values(curved, Measure.STEP), values(curved, Measure.TOP))
                    .build());
        }
        figures.add(axis("rate", "Learning rate")
                .y("η")
                .line(Role.MEASURED, "η", k, values(rows, Measure.LEARNING_RATE))
                .build());
        return figures;
    }

    private static Figure trace(List<TrainingRow> curved) {
        double[] k = values(curved, Measure.STEP);
        double[] value = values(curved, Measure.TRACE);
        double[] error = values(curved, Measure.TRACE_ERROR);
        double[] lower = new double[k.length];
        double[] upper = new double[k.length];
        for (int i = 0; i < k.length; i++) {
            lower[i] = value[i] - BAND * error[i];
            upper[i] = value[i] + BAND * error[i];
        }
        return axis("trace", "Trace of the Hessian")
                .y("tr H")
                .caption("By products with random vectors, the same at every step, with a band of "
                        + Numbers.brief(BAND)
                        + " standard errors; and by gradients with and without noise in the labels,"
                        + " both at one θ, which is tr H where every sample is fitted.")
                .band(Role.MEASURED, "± " + Numbers.brief(BAND) + " SE", k, lower, upper)
                .line(Role.MEASURED, "by random vectors", k, value)
                .line(Role.PREDICTED, "by the noise of gradients", k, values(curved, Measure.NOISE_TRACE))
                .build();
    }

    private static Figure.Builder axis(String name, String title) {
        return Figure.named(name).title(title).x("step k");
    }

    private static double[] values(List<TrainingRow> rows, Measure measure) {
        return rows.stream()
                .mapToDouble(row -> row.get(measure).orElse(Double.NaN))
                .toArray();
    }

    @Override
    public List<VectorTable> tables() {
        return List.of();
    }

    /**
     * A row as a line of JSON: every measure by its name, null where it was not taken.
     *
     * @param row the row
     * @return the object, as text
     */
    public static String line(TrainingRow row) {
        return object(row).toString();
    }

    private static ObjectNode object(TrainingRow row) {
        ObjectNode node = Json.object();
        for (Measure measure : Measure.values()) {
            OptionalDouble value = row.get(measure);
            if (measure == Measure.STEP) {
                node.put(measure.key(), row.step());
            } else {
                node.set(measure.key(), Json.number(value.orElse(Double.NaN)));
            }
        }
        return node;
    }

    @Override
    public String json() {
        ObjectNode node = rows.isEmpty() ? Json.object() : object(rows.get(rows.size() - 1));
        node.put("status", status.name());
        divergedAtStep.ifPresent(step -> node.put("divergedAtStep", step));
        if (thetaSha256 != null) {
            node.put("thetaSha256", thetaSha256);
        }
        return Json.text(node);
    }
}
