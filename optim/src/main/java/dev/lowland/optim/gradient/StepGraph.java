package dev.lowland.optim.gradient;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.program.UpdateProgram;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Objective;
import java.util.ArrayList;
import java.util.List;

/**
 * What a step computes: the gradient of the mean over the batch of the step's loss, as a graph of θ, the targets and,
 * unless they are constants, the inputs of some of its samples.
 *
 * @param arguments θ, targets, and inputs if they are to be given
 * @param theta the first of them
 * @param loss the part of the mean loss that belongs to these samples
 * @param gradient the part of the gradient that belongs to these samples
 */
public record StepGraph(List<Node> arguments, Node theta, Node loss, Node gradient) {

    /**
     * The graph for so many samples out of a batch; with the inputs of all samples as constants, or inputs to be given.
     */
    public static StepGraph of(Objective objective, NoiseLaw law, int samples, int batch, boolean constantInputs) {
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
        Node loss = Ops.scale(Ops.sum(losses), 1.0 / batch);
        Node gradient = Reverse.gradient(loss, theta);
        List<Node> arguments = constantInputs ? List.of(theta, targets) : List.of(theta, targets, inputs);
        return new StepGraph(arguments, theta, loss, gradient);
    }

    /** The gradient as a program. */
    public Program program() {
        return Program.compile(arguments, List.of(gradient));
    }

    /** Loss and gradient as a program. */
    public Program lossAndGradient() {
        return Program.compile(arguments, List.of(loss, gradient));
    }

    /** θ −= learningRate · gradient as a program. */
    UpdateProgram update(double learningRate) {
        return UpdateProgram.compile(arguments, theta, gradient, -learningRate);
    }

    /** θ += factor · gradient as a program that takes the factor, minus the learning rate, behind its other inputs. */
    UpdateProgram updateAtGivenRate() {
        Node factor = theta.graph().input("factor", Shape.scalar());
        List<Node> all = new ArrayList<>(arguments);
        all.add(factor);
        return UpdateProgram.compile(all, theta, gradient, factor);
    }
}
