package dev.lowland.cli.report.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lowland.cli.report.format.Json;
import dev.lowland.cli.report.format.Numbers;
import dev.lowland.cli.study.LayerFlatness;
import dev.lowland.cli.study.LayerFlatness.Layer;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries.Role;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How flat each layer is, as a table, a picture and JSON. */
final class LayerRows {
    private LayerRows() {}

    static TextRows table(LayerFlatness flatness) {
        return new TextRows(
                "By layer",
                List.of("layer", ">parameters", ">tr H", ">share of tr H", ">λmax", ">R"),
                flatness.layers().stream().map(LayerRows::row).toList(),
                "tr H, λmax and R are those of the layer's own block of ∇²L; the R of the layers add up to at most R, "
                        + "and what is missing lies between them.");
    }

    private static List<String> row(Layer layer) {
        return List.of(
                layer.name(),
                Numbers.count(layer.parameters()),
                estimate(layer.trace(), layer.traceStandardError()),
                Numbers.percent(layer.share())
                        + (layer.shareStandardError() > 0 ? " ± " + Numbers.percent(layer.shareStandardError()) : ""),
                estimate(layer.topEigenvalue(), layer.topEigenvalueStandardError()),
                layer.status() == PotentialStatus.UNDEFINED
                        ? "undefined"
                        : estimate(layer.regularizer(), layer.regularizerStandardError()));
    }

    private static String estimate(double value, double error) {
        return Numbers.brief(value) + (error > 0 ? " ± " + Numbers.rough(error) : "");
    }

    static Figure figure(LayerFlatness flatness) {
        double[] places = new double[flatness.layers().size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = i + 1;
        }
        Figure.Builder figure = Figure.named("layers")
                .title("Where the curvature lies")
                .caption(
                        "The share of each layer in tr ∇²L, in the order of the table, and two standard errors to either "
                                + "side.")
                .x("layer")
                .y("share of tr ∇²L");
        for (int i = 0; i < places.length; i++) {
            double share = flatness.layers().get(i).share();
            double error = 2 * flatness.layers().get(i).shareStandardError();
            if (error > 0) {
                double[] place = {places[i], places[i]};
                figure.line(Role.MEASURED, "± 2 SE", place, new double[] {share - error, share + error});
            }
        }
        return figure.points(Role.MEASURED, "share", places, values(flatness, Layer::share))
                .build();
    }

    private static double[] values(LayerFlatness flatness, ToDoubleFunction<Layer> value) {
        return flatness.layers().stream().mapToDouble(value).toArray();
    }

    static ArrayNode json(LayerFlatness flatness) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Layer layer : flatness.layers()) {
            ObjectNode node = list.addObject();
            node.put("name", layer.name());
            node.put("parameters", layer.parameters());
            number(node, "hessianTrace", layer.trace(), layer.traceStandardError());
            number(node, "hessianTraceShare", layer.share(), layer.shareStandardError());
            number(node, "hessianTopEigenvalue", layer.topEigenvalue(), layer.topEigenvalueStandardError());
            node.put("regularizerStatus", layer.status().name());
            number(node, "regularizer", layer.regularizer(), layer.regularizerStandardError());
        }
        return list;
    }

    private static void number(ObjectNode node, String name, double value, double error) {
        node.set(name, Json.number(value));
        node.set(name + "StandardError", Json.number(error));
    }
}
