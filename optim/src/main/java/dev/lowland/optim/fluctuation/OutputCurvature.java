package dev.lowland.optim.fluctuation;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Loss;
import dev.lowland.optim.objective.Objective;
import java.util.ArrayList;
import java.util.List;

/** Second derivatives of a loss in the predictions, sample by sample. Immutable, shared by threads. */
final class OutputCurvature {

    private final Objective objective;
    private final Program smoothed;

    OutputCurvature(Objective objective) {
        this.objective = objective;
        this.smoothed = compileSmoothed();
    }

    /** f (n × c) ↦ for each k the product of every M_i with unit vector k, n × c. */
    private Program compileSmoothed() {
        Data data = objective.data();
        int samples = data.size();
        int outputs = data.outputSize();
        Graph graph = new Graph();
        Node predictions = graph.input("predictions", Shape.of(samples, outputs));
        Node loss = Ops.sum(objective.loss().smoothed(predictions, graph.constant(data.targets())));
        Node slope = Reverse.gradient(loss, predictions);
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
        int samples = objective.sampleCount();
        int outputs = objective.data().outputSize();
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

    /**
     * How much flips of labels vary the curvature at the minimiser: Var l″/α², for one output. Only l″ at the label and at its opposite matter;
     * 0 where it is the same for both.
     */
    static double flipVariation(Loss loss) {
        Graph graph = new Graph();
        Node prediction = graph.input("prediction", Shape.scalar());
        Node target = graph.input("target", Shape.scalar());
        Node slope = Reverse.gradient(Ops.sum(loss.perSample(prediction, target)), prediction);
        Node curvature = Reverse.gradient(Ops.sum(slope), prediction);
        Program program = Program.compile(List.of(prediction, target), List.of(curvature));
        double p = loss.flipProbability();
        double kept = curvature(program, loss.minimiser(), 1);
        double flipped = curvature(program, loss.minimiser(), -1);
        double mean = (1 - p) * kept + p * flipped;
        return p * (1 - p) * (kept - flipped) * (kept - flipped) / (mean * mean);
    }

    private static double curvature(Program program, double prediction, double target) {
        double[] out = new double[1];
        program.run(program.newWorkspace(), new double[][] {{prediction}, {target}}, new double[][] {out});
        return out[0];
    }
}
