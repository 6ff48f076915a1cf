package dev.lowland.optim.sgd;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.program.UpdateProgram;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Objective;
import java.util.List;

/**
 * What a step computes: the gradient of the mean over the batch of the step's loss, as a graph of θ, the targets and,
 * unless they are constants, the inputs of some of its samples.
 *
 * @param arguments θ, targets, and inputs if they are to be given
 * @param theta the first of them
 * @param gradient the part of the gradient that belongs to these samples
 */
record StepGraph(List<Node> arguments, Node theta, Node gradient) {

    /**
     * The graph for so many samples out of a batch; with the inputs of all samples as constants, or inputs to be given.
     */
    static StepGraph of(Objective objective, NoiseLaw law, int samples, int batch, boolean constantInputs) {
        Data data = objective.data();
        Graph graph = new Graph();
        Node theta = graph.input("theta", Shape.of(objective.parameterCount(), 1));
        Node targets = graph.input("targets", Shape.of(samples, data.outputSize()));
        Node inputs = constantInputs
                ? graph.constant(data.inputs())
                : graph.input("inputs", Shape.of(samples, data.inputSize()));
        Node predictions = objective.model().predict(theta, inputs);
        Node losses = law.changesLabels()
                ? objective.loss().perSample(predictions, targets)
                : objective.loss().smoothed(predictions, targets);
        Node gradient = Reverse.gradient(Ops.scale(Ops.sum(losses), 1.0 / batch), theta);
        List<Node> arguments = constantInputs ? List.of(theta, targets) : List.of(theta, targets, inputs);
        return new StepGraph(arguments, theta, gradient);
    }

    /** The gradient as a program. */
    Program program() {
        return Program.compile(arguments, List.of(gradient));
    }

    /** θ −= learningRate · gradient as a program. */
    UpdateProgram update(double learningRate) {
        return UpdateProgram.compile(arguments, theta, gradient, -learningRate);
    }
}
