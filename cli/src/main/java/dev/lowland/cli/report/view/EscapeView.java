package dev.lowland.cli.report.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lowland.cli.experiment.Escape;
import dev.lowland.cli.experiment.EscapeCurve;
import dev.lowland.cli.experiment.EscapeSetting;
import dev.lowland.cli.report.format.Json;
import dev.lowland.cli.report.format.Numbers;
import dev.lowland.cli.train.Measure;
import dev.lowland.cli.train.Start;
import dev.lowland.cli.train.TrainingRow;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What an escape shows: test accuracy and tr H over steps, for each start and momentum.
 *
 * @param escape what was found
 * @param subject which figure of the paper it is
 */
public record EscapeView(Escape escape, String subject) implements StudyView {
    private static final List<Measure> SHOWN = List.of(
            Measure.LOSS,
            Measure.TRAIN_ACCURACY,
            Measure.TEST_ACCURACY,
            Measure.TRACE,
            Measure.NOISE_TRACE,
            Measure.TOP);

    @Override
    public String title() {
        return "Escape from bad minima";
    }

    @Override
    public List<Fact> given() {
        FactList list = new FactList();
        list.add("model", "", escape.problem().model().toString());
        list.add("parameters", "P", Numbers.count(escape.problem().model().parameterCount()));
        list.add("samples", "n", Numbers.count(escape.problem().data().size()));
        escape.problem()
                .heldOutObjective()
                .ifPresent(heldOut -> list.add("held-out samples", "", Numbers.count(heldOut.sampleCount())));
        list.add("loss", "", escape.problem().loss().name());
        list.add("flip probability", "p", escape.problem().loss().flipProbability());
        list.add(
                "batches",
                "B",
                escape.problem().settings().optimiser().batches().toString());
        list.add("steps", "T", Numbers.count(escape.plan().steps()));
        list.add("seeds", "", Numbers.count(escape.plan().seeds()));
        return list.facts();
    }

    @Override
    public List<Fact> facts() {
        FactList list = new FactList();
        double images = escape.curves().stream()
                .flatMap(curve -> curve.runs().stream())
                .mapToDouble(run -> run.get(run.size() - 1).get(Measure.SPEED).orElse(0))
                .average()
                .orElse(Double.NaN);
        list.add("images a second, a thread", "", Numbers.count(Math.round(images)));
        return list.facts();
    }

    @Override
    public List<TextRows> parts() {
        List<List<String>> rows = new ArrayList<>();
        for (EscapeCurve curve : escape.curves()) {
            EscapeSetting setting = curve.setting();
            List<String> row = new ArrayList<>(List.of(
                    word(setting.start()),
                    Numbers.brief(setting.momentum()),
                    Numbers.brief(setting.learningRate()),
                    setting.noise() ? "yes" : "no"));
            if (curve.runs().isEmpty()) {
                row.addAll(List.of("all diverged", "", "", "", ""));
            } else {
                row.add(change(curve, Measure.TEST_ACCURACY));
                row.add(change(curve, Measure.TRACE));
                row.add(change(curve, Measure.TOP));
                row.add(change(curve, Measure.LOSS));
                row.add(String.valueOf(curve.diverged()));
            }
            rows.add(row);
        }
        return List.of(new TextRows(
                "From start to end",
                List.of("start", ">β", ">η", "noise", "test accuracy", "tr H", "λmax", "L", ">diverged"),
                rows,
                "Means over seeds ± their standard error; a run with momentum β takes η(1 − β)."));
    }

    private static String change(EscapeCurve curve, Measure measure) {
        double[] mean = curve.mean(measure);
        double[] error = curve.standardError(measure);
        int last = mean.length - 1;
        return text(mean[0], error[0]) + " → " + text(mean[last], error[last]);
    }

    private static String text(double mean, double error) {
        return Numbers.brief(mean) + " ± " + Numbers.rough(error);
    }

    private static String word(Start.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        for (Start.Kind start : escape.plan().starts()) {
            for (double momentum : escape.plan().momenta()) {
                figures.add(figure(start, momentum, Measure.TEST_ACCURACY, "accuracy", "test accuracy"));
                figures.add(figure(start, momentum, Measure.TRACE, "trace", "tr H"));
            }
        }
        return figures;
    }

    private Figure figure(Start.Kind start, double momentum, Measure measure, String name, String axis) {
        Figure.Builder figure = Figure.named(word(start) + "-momentum" + momentum + "-" + name)
                .title(axis + " from the " + word(start) + " start, β = " + Numbers.brief(momentum))
                .caption("Mean over " + escape.plan().seeds() + " seeds " + Figure.BAND
                        + "; grey: without noise in the labels.")
                .x("step k")
                .y(axis);
        for (EscapeCurve curve : escape.curves()) {
            EscapeSetting setting = curve.setting();
            if (setting.start() != start
                    || setting.momentum() != momentum
                    || curve.runs().isEmpty()) {
                continue;
            }
            Role role = setting.noise() ? Role.VARIANT : Role.REFERENCE;
            String label = (setting.noise() ? "η = " : "no noise, η = ") + Numbers.brief(setting.learningRate());
            double[] k = curve.steps();
            figure.around(role, label, k, curve.mean(measure), curve.standardError(measure))
                    .line(role, label, k, curve.mean(measure));
        }
        return figure.build();
    }

    @Override
    public List<VectorTable> tables() {
        return List.of();
    }

    @Override
    public String json() {
        ObjectNode node = Json.object();
        node.put("steps", escape.plan().steps());
        node.put("seeds", escape.plan().seeds());
        ArrayNode curves = node.putArray("curves");
        for (EscapeCurve curve : escape.curves()) {
            EscapeSetting setting = curve.setting();
            ObjectNode one = curves.addObject();
            one.put("start", word(setting.start()));
            one.put("momentum", setting.momentum());
            one.put("learningRate", setting.learningRate());
            one.put("noise", setting.noise());
            one.put("diverged", curve.diverged());
            if (curve.runs().isEmpty()) {
                continue;
            }
            put(one, "step", curve.steps());
            for (Measure measure : SHOWN) {
                put(one, measure.key(), curve.mean(measure));
                put(one, measure.key() + "StandardError", curve.standardError(measure));
            }
            ArrayNode ends = one.putArray("testAccuracyAtEnd");
            for (List<TrainingRow> run : curve.runs()) {
                OptionalDouble end = run.get(run.size() - 1).get(Measure.TEST_ACCURACY);
                ends.add(Json.number(end.orElse(Double.NaN)));
            }
        }
        return Json.text(node);
    }

    private static void put(ObjectNode node, String field, double[] values) {
        ArrayNode list = node.putArray(field);
        for (double value : values) {
            list.add(Json.number(value));
        }
    }
}
