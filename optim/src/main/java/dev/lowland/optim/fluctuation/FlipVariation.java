package dev.lowland.optim.fluctuation;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.optim.objective.Loss;
import java.util.List;

/** What flips of labels do to the curvature of a loss. */
final class FlipVariation {

    private FlipVariation() {}

    /**
     * How much flips of labels vary the curvature at the minimiser: Var l″/α², for one output. Only l″ at the label and
     * at its opposite matter; 0 where it is the same for both.
     */
    static double of(Loss loss) {
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
