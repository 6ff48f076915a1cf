package dev.lowland.optim.objective;

import dev.lowland.autodiff.function.ProgramCall;
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
import dev.lowland.optim.parallel.FittingChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The graphs of an objective's derivatives and their programs, each compiled when first asked for. Safe for threads: a
 * graph is built, compiled and dropped inside one call.
 *
 * <p>A program for all samples has them as constants as long as they are at most {@value #MOST_CONSTANTS} numbers; more
 * are its last two arguments, which are the arrays of the data themselves: no program has a copy of its own.
 */
final class ObjectivePrograms {

    /** Directions that one run of a program carries at most; more are worked off in several runs. */
    static final int DIRECTIONS = 64;

    /** Numbers of inputs and targets that programs carry as constants. */
    static final int MOST_CONSTANTS = 1 << 16;

    private final Model model;
    private final Loss loss;
    private final Data data;
    private final boolean constant;
    private final ConcurrentHashMap<String, Program> compiled = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, SampleProgram> overSamples = new ConcurrentHashMap<>();
    private volatile @Nullable OutputCurvature outputCurvature;
    private volatile @Nullable FittingChunk<Program> forecasts;

    ObjectivePrograms(Model model, Loss loss, Data data) {
        this.model = model;
        this.loss = loss;
        this.data = data;
        this.constant = (long) data.size() * (data.inputSize() + data.outputSize()) <= MOST_CONSTANTS;
    }

    /** A call of a program for all samples, with these where it takes them. */
    ProgramCall call(Program program) {
        int arguments = program.inputs().size();
        ProgramCall call = new ProgramCall(program);
        if (!constant) {
            call.input(arguments - 2, data.lentInputs()).input(arguments - 1, data.lentTargets());
        }
        return call;
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

    /** θ and the inputs of samples that are not those of the objective ↦ f, for as many as fit. */
    private FittingChunk<Program> forecasts() {
        FittingChunk<Program> found = forecasts;
        if (found == null) {
            found = FittingChunk.of(SampleProgram.LARGEST_CHUNK, this::forecast, Program::workspaceBytes);
            forecasts = found;
        }
        return found;
    }

    private Program forecast(int samples) {
        return compiled.computeIfAbsent("forecast" + samples, unused -> {
            Expression g = Expression.ofSome(this, samples);
            return Program.compile(List.of(g.theta, g.samples.get(0)), List.of(g.predictions));
        });
    }

    /**
     * Predictions on any samples, in chunks of powers of two; behind the last samples of a chunk are old ones, whose
     * predictions nobody reads. For one thread; a size of chunk that has been used allocates nothing when used again.
     */
    static final class Forecast {
        private final ObjectivePrograms programs;
        private final int largest;
        private final int outputSize;
        private final double[] inputs;
        private final double[] outputs;
        /** By the power of two. */
        private final @Nullable ProgramCall[] calls;

        Forecast(ObjectivePrograms programs) {
            this.programs = programs;
            this.largest = programs.forecasts().size();
            this.calls = new ProgramCall[Integer.SIZE];
            this.outputSize = programs.data.outputSize();
            this.inputs = new double[largest * programs.data.inputSize()];
            this.outputs = new double[largest * outputSize];
        }

        void run(double[] theta, DMatrixRMaj samples, DMatrixRMaj out) {
            int width = samples.numCols;
            for (int from = 0; from < samples.numRows; from += largest) {
                int count = Math.min(largest, samples.numRows - from);
                System.arraycopy(samples.data, from * width, inputs, 0, count * width);
                call(count).input(0, theta).run();
                System.arraycopy(outputs, 0, out.data, from * outputSize, count * outputSize);
            }
        }

        /** For at least so many samples. */
        private ProgramCall call(int count) {
            int power = Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
            ProgramCall known = calls[power];
            if (known == null) {
                int size = Math.min(largest, 1 << power);
                known = new ProgramCall(programs.forecast(size))
                        .input(1, inputs)
                        .output(0, outputs);
                calls[power] = known;
            }
            return known;
        }
    }

    private SampleProgram overSamples(String name, Function<Expression, Node> output) {
        return overSamples.computeIfAbsent(name, unused -> compile(output));
    }

    private SampleProgram compile(Function<Expression, Node> output) {
        return SampleProgram.compile(
                data.size(),
                n -> {
                    Expression g = Expression.ofAll(this);
                    return g.compile(List.of(g.theta), List.of(output.apply(g)));
                },
                n -> {
                    Expression g = Expression.ofSome(this, n);
                    return g.compile(List.of(g.theta), List.of(output.apply(g)));
                });
    }

    /** θ and m directions (m groups of P × 1) ↦ H v for each, m groups of P × 1. */
    Program hessianVectors(int m) {
        return cached("hessianVectors" + m, g -> {
            Node direction = g.graph.input("direction", g.theta.shape());
            Node product = Forward.jvp(g.gradient(), g.theta, direction);
            return mapped(g, product, direction, m);
        });
    }

    /** θ and m cotangents (m groups of n × c) ↦ Jᵀu for each, m groups of P × 1. */
    Program jacobianTransposed(int m) {
        return cached("jacobianTransposed" + m, g -> {
            Node cotangent = g.graph.input("cotangent", g.predictions.shape());
            Node product =
                    Reverse.vjp(g.predictions, cotangent, List.of(g.theta)).get(0);
            return mapped(g, product, cotangent, m);
        });
    }

    /** θ and m directions (m groups of P × 1) ↦ J v for each, m groups of n × c. */
    Program jacobianVectors(int m) {
        return cached("jacobianVectors" + m, g -> {
            Node direction = g.graph.input("direction", g.theta.shape());
            Node product = Forward.jvp(g.predictions, g.theta, direction);
            return mapped(g, product, direction, m);
        });
    }

    /** θ and m of what a product is linear in ↦ the product with each. */
    private static Program mapped(Expression g, Node product, Node one, int m) {
        if (m == 1) {
            return g.compile(List.of(g.theta, one), List.of(product));
        }
        Node many = g.graph.input(one.label() + "s", one.shape().stacked(m));
        return g.compile(List.of(g.theta, many), List.of(Vmap.map(product, one, many)));
    }

    /**
     * θ and m directions, the columns of a P × m matrix ↦ ∇_θ Σ_j D²L[w_j, w_j] (P × 1) and Σ_j D²L[w_j, w_j] (1 × 1).
     */
    Program thirdOrder(int m) {
        return cached("thirdOrder" + m, g -> {
            Node columns = g.graph.input("directions", Shape.of(g.theta.shape().rows(), m));
            Node sum = Jet2.collapsed(g.loss(), g.theta, Stacks.ofColumns(columns, g.theta.shape()));
            return g.compile(List.of(g.theta, columns), List.of(Reverse.gradient(sum, g.theta), sum));
        });
    }

    private Program cached(String name, Function<Expression, Program> build) {
        return compiled.computeIfAbsent(name, unused -> build.apply(Expression.ofAll(this)));
    }

    /** A fresh graph with θ and the predictions on all samples, or on those given. */
    private static final class Expression {
        private final ObjectivePrograms programs;
        private final List<Node> samples;
        private final Node targets;
        final Graph graph;
        final Node theta;
        final Node predictions;

        private Expression(ObjectivePrograms programs, Graph graph, Node inputs, Node targets, boolean given) {
            this.programs = programs;
            this.samples = given ? List.of(inputs, targets) : List.of();
            this.targets = targets;
            this.graph = graph;
            theta = graph.input("theta", Shape.of(programs.model.parameterCount(), 1));
            predictions = programs.model.predict(theta, inputs);
        }

        static Expression ofAll(ObjectivePrograms programs) {
            if (!programs.constant) {
                return ofSome(programs, programs.data.size());
            }
            Graph graph = new Graph();
            Node inputs = graph.constant(programs.data.inputs());
            return new Expression(programs, graph, inputs, graph.constant(programs.data.targets()), false);
        }

        static Expression ofSome(ObjectivePrograms programs, int count) {
            Graph graph = new Graph();
            Node inputs = graph.input("inputs", Shape.of(count, programs.data.inputSize()));
            Node targets = graph.input("targets", Shape.of(count, programs.data.outputSize()));
            return new Expression(programs, graph, inputs, targets, true);
        }

        /** A program of these arguments, and the samples if they are to be given. */
        Program compile(List<Node> arguments, List<Node> outputs) {
            List<Node> all = new ArrayList<>(arguments);
            all.addAll(samples);
            return Program.compile(all, outputs);
        }

        /** Of these samples, over the number of all. */
        Node loss() {
            Node losses = programs.loss.smoothed(predictions, targets);
            return Ops.scale(Ops.sum(losses), 1.0 / programs.data.size());
        }

        Node gradient() {
            return Reverse.gradient(loss(), theta);
        }
    }
}
