package dev.lowland.cli.report.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lowland.cli.experiment.Penalty;
import dev.lowland.cli.report.format.Json;
import dev.lowland.cli.report.format.Numbers;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries.Role;
import java.util.List;

/**
 * What the penalty on an eigenvalue shows beside its linearisation.
 *
 * @param penalty the two curves
 */
public record PenaltyView(Penalty penalty) implements StudyView {
    @Override
    public String subject() {
        return "Figure 1 of the paper";
    }

    @Override
    public String title() {
        return "What an eigenvalue costs";
    }

    @Override
    public List<Fact> given() {
        FactList list = new FactList();
        list.add("learning rate", "η", penalty.learningRate());
        return list.facts();
    }

    @Override
    public List<Fact> facts() {
        FactList list = new FactList();
        int half = penalty.eigenvalues().length / 2;
        int last = penalty.eigenvalues().length - 1;
        for (int i : new int[] {half / 2, half, last}) {
            double h = penalty.eigenvalues()[i];
            list.add(
                    "penalty over linearisation at h = " + Numbers.brief(h),
                    "4R/h",
                    penalty.penalties()[i] / penalty.linear()[i]);
        }
        list.add("limit of stability", "2/η", 2 / penalty.learningRate());
        return list.facts();
    }

    @Override
    public List<Figure> figures() {
        double[] h = penalty.eigenvalues();
        return List.of(Figure.named("penalty")
                .title("What an eigenvalue adds to R, and its linearisation")
                .caption(
                        "−log(1 − ηh/2)/(2η) grows without bound towards 2/η, where SGD becomes unstable; h/4 is its limit"
                                + " as η → 0.")
                .x("eigenvalue h")
                .y("penalty")
                .line(Role.MEASURED, "−log(1 − ηh/2)/(2η)", h, penalty.penalties())
                .line(Role.REFERENCE, "h/4", h, penalty.linear())
                .build());
    }

    @Override
    public List<VectorTable> tables() {
        return List.of();
    }

    @Override
    public String json() {
        ObjectNode node = Json.object();
        node.put("learningRate", penalty.learningRate());
        ArrayNode points = node.putArray("points");
        for (int i = 0; i < penalty.eigenvalues().length; i++) {
            points.addObject()
                    .put("eigenvalue", penalty.eigenvalues()[i])
                    .put("penalty", penalty.penalties()[i])
                    .put("linear", penalty.linear()[i]);
        }
        return Json.text(node);
    }
}
