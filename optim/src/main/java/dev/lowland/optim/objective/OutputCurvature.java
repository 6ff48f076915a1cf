package dev.lowland.optim.objective;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Reverse;
import java.util.ArrayList;
import java.util.List;

/** Second derivatives of a loss in the predictions, sample by sample. Immutable, shared by threads. */
final class OutputCurvature {

    private final Loss loss;
    private final Data data;
    private final Program smoothed;

    OutputCurvature(Loss loss, Data data) {
        this.loss = loss;
        this.data = data;
        this.smoothed = compileSmoothed();
    }

    /** f (n × c) ↦ for each k the product of every M_i with unit vector k, n × c. */
    private Program compileSmoothed() {
        int samples = data.size();
        int outputs = data.outputSize();
        Graph graph = new Graph();
        Node predictions = graph.input("predictions", Shape.of(samples, outputs));
        Node total = Ops.sum(loss.smoothed(predictions, graph.constant(data.targets())));
        Node slope = Reverse.gradient(total, predictions);
        List<Node> columns = new ArrayList<>();
        for (int k = 0; k < outputs; k++) {
            double[] unit = new double[samples * outputs];
            for (int i = 0; i < samples; i++) {
                unit[i * outputs + k] = 1;
            }
            columns.add(Forward.jvp(slope, predictions, graph.constant(predictions.shape(), unit)));
        }
        return Program.compile(List.of(predictions), columns);
    }

    /** M_i by samples, c × c each. */
    double[] at(double[] predictions) {
        int samples = data.size();
        int outputs = data.outputSize();
        double[][] columns = new double[outputs][samples * outputs];
        smoothed.run(smoothed.newWorkspace(), new double[][] {predictions}, columns);
        double[] curvature = new double[samples * outputs * outputs];
        for (int i = 0; i < samples; i++) {
            for (int j = 0; j < outputs; j++) {
                for (int k = 0; k < outputs; k++) {
                    curvature[(i * outputs + j) * outputs + k] = columns[k][i * outputs + j];
                }
            }
        }
        return curvature;
    }
}
