package dev.lowland.optim.objective;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.op.Stacks;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Jet2;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.autodiff.transform.Vmap;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The graphs of an objective's derivatives and their programs, each compiled when first asked for. Safe for threads: a
 * graph is built, compiled and dropped inside one call.
 */
final class ObjectivePrograms {

    /** Directions that one run of a program carries at most; more are worked off in several runs. */
    static final int DIRECTIONS = 64;

    private final Model model;
    private final Loss loss;
    private final Data data;
    private final ConcurrentHashMap<String, Program> compiled = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, SampleProgram> overSamples = new ConcurrentHashMap<>();
    private volatile @Nullable OutputCurvature outputCurvature;

    ObjectivePrograms(Model model, Loss loss, Data data) {
        this.model = model;
        this.loss = loss;
        this.data = data;
    }

    /** f ↦ ∂²l̄/∂f², sample by sample. */
    OutputCurvature outputCurvature() {
        OutputCurvature found = outputCurvature;
        if (found == null) {
            found = new OutputCurvature(loss, data);
            outputCurvature = found;
        }
        return found;
    }

    /** θ ↦ f, as many rows as a chunk has samples. */
    SampleProgram predictions() {
        return overSamples("predictions", g -> g.predictions);
    }

    /** θ ↦ the part of ∇L that belongs to a chunk, P × 1. */
    SampleProgram gradient() {
        return overSamples("gradient", Expression::gradient);
    }

    private SampleProgram overSamples(String name, Function<Expression, Node> output) {
        return overSamples.computeIfAbsent(name, unused -> compile(output));
    }

    private SampleProgram compile(Function<Expression, Node> output) {
        return SampleProgram.compile(
                data.size(),
                n -> {
                    Expression g = new Expression();
                    return Program.compile(List.of(g.theta), List.of(output.apply(g)));
                },
                n -> {
                    Graph graph = new Graph();
                    Node x = graph.input("inputs", Shape.of(n, data.inputSize()));
                    Node y = graph.input("targets", Shape.of(n, data.outputSize()));
                    Expression g = new Expression(graph, x, y);
                    return Program.compile(List.of(g.theta, x, y), List.of(output.apply(g)));
                });
    }

    /** θ and m directions (m groups of P × 1) ↦ H v for each, m groups of P × 1. */
    Program hessianVectors(int m) {
        return cached("hessianVectors" + m, g -> {
            Node direction = g.graph.input("direction", g.theta.shape());
            Node product = Forward.jvp(g.gradient(), g.theta, direction);
            if (m == 1) {
                return Program.compile(List.of(g.theta, direction), List.of(product));
            }
            Node directions = g.graph.input("directions", g.theta.shape().stacked(m));
            Node products = Vmap.map(product, direction, directions);
            return Program.compile(List.of(g.theta, directions), List.of(products));
        });
    }

    /** θ and m cotangents (m groups of n × c) ↦ Jᵀu for each, m groups of P × 1. */
    Program jacobianTransposed(int m) {
        return cached("jacobianTransposed" + m, g -> {
            Node cotangent = g.graph.input("cotangent", g.predictions.shape());
            Node product =
                    Reverse.vjp(g.predictions, cotangent, List.of(g.theta)).get(0);
            if (m == 1) {
                return Program.compile(List.of(g.theta, cotangent), List.of(product));
            }
            Node cotangents = g.graph.input("cotangents", g.predictions.shape().stacked(m));
            Node products = Vmap.map(product, cotangent, cotangents);
            return Program.compile(List.of(g.theta, cotangents), List.of(products));
        });
    }

    /** θ and m directions (m groups of P × 1) ↦ J v for each, m groups of n × c. */
    Program jacobianVectors(int m) {
        return cached("jacobianVectors" + m, g -> {
            Node direction = g.graph.input("direction", g.theta.shape());
            Node product = Forward.jvp(g.predictions, g.theta, direction);
            if (m == 1) {
                return Program.compile(List.of(g.theta, direction), List.of(product));
            }
            Node directions = g.graph.input("directions", g.theta.shape().stacked(m));
            Node products = Vmap.map(product, direction, directions);
            return Program.compile(List.of(g.theta, directions), List.of(products));
        });
    }

    /**
     * θ and m directions, the columns of a P × m matrix ↦ ∇_θ Σ_j D²L[w_j, w_j] (P × 1) and Σ_j D²L[w_j, w_j] (1 × 1).
     */
    Program thirdOrder(int m) {
        return cached("thirdOrder" + m, g -> {
            Node columns = g.graph.input("directions", Shape.of(g.theta.shape().rows(), m));
            Node sum = Jet2.collapsed(g.loss(), g.theta, Stacks.ofColumns(columns, g.theta.shape()));
            return Program.compile(List.of(g.theta, columns), List.of(Reverse.gradient(sum, g.theta), sum));
        });
    }

    private Program cached(String name, Function<Expression, Program> build) {
        return compiled.computeIfAbsent(name, unused -> build.apply(new Expression()));
    }

    /** A fresh graph with θ and the predictions on all samples, or on those given. */
    private final class Expression {
        final Graph graph;
        final Node theta;
        final Node predictions;
        final Node targets;

        Expression() {
            this(new Graph());
        }

        private Expression(Graph graph) {
            this(graph, graph.constant(data.inputs()), graph.constant(data.targets()));
        }

        Expression(Graph graph, Node inputs, Node targets) {
            this.graph = graph;
            this.targets = targets;
            theta = graph.input("theta", Shape.of(model.parameterCount(), 1));
            predictions = model.predict(theta, inputs);
        }

        /** Of these samples, over the number of all. */
        Node loss() {
            return Ops.scale(Ops.sum(loss.smoothed(predictions, targets)), 1.0 / data.size());
        }

        Node gradient() {
            return Reverse.gradient(loss(), theta);
        }
    }
}
