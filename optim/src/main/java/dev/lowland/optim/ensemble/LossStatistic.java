package dev.lowland.optim.ensemble;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.program.Workspace;
import dev.lowland.core.check.Checks;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.parallel.FittingChunk;
import dev.lowland.optim.sgd.SgdStepper;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * L, by a program for the predictions of all lanes on a chunk of the samples, which are the same for all lanes. Its
 * memory does not grow with the number of samples.
 */
final class LossStatistic implements ReplicaStatistic {

    /** Samples copied at a time: few, as each thread has its own copy. */
    private static final int LARGEST_CHUNK = 128;

    private final Objective objective;
    private final ConcurrentHashMap<Integer, FittingChunk<Program>> laned = new ConcurrentHashMap<>();

    LossStatistic(Objective objective) {
        this.objective = Checks.notNull("ReplicaStatistics.loss", "objective", objective);
    }

    @Override
    public String name() {
        return "loss";
    }

    @Override
    public Probe begin(SgdStepper stepper) {
        ReplicaStatistics.checkSize(name(), objective.parameterCount(), stepper);
        return new LossProbe(laned.computeIfAbsent(stepper.lanes(), this::compile), stepper);
    }

    private FittingChunk<Program> compile(int lanes) {
        return FittingChunk.of(
                Math.min(objective.sampleCount(), LARGEST_CHUNK),
                size -> predictions(size).forLanes(lanes, false, true),
                Program::workspaceBytes);
    }

    /** θ and the inputs of some samples ↦ their predictions. */
    private Program predictions(int size) {
        Graph graph = new Graph();
        Node theta = graph.input("theta", Shape.of(objective.parameterCount(), 1));
        Node inputs = graph.input("inputs", Shape.of(size, objective.data().inputSize()));
        return Program.compile(List.of(theta, inputs), List.of(objective.model().predict(theta, inputs)));
    }

    /** The memory of one block. */
    private final class LossProbe implements Probe {
        private final Data data = objective.data();
        private final int outputs = data.outputSize();
        private final Program program;
        private final Workspace workspace;
        private final int size;
        private final int lanes;
        private final double[] targets;
        private final double[] predicted;
        private final double[][] arguments;
        private final double[][] results;
        private int copied = -1;

        LossProbe(FittingChunk<Program> chunk, SgdStepper stepper) {
            program = chunk.program();
            workspace = program.newWorkspace();
            size = chunk.size();
            lanes = stepper.lanes();
            targets = new double[size * outputs];
            predicted = new double[size * outputs];
            arguments = new double[][] {stepper.parameters(), new double[size * data.inputSize()]};
            results = new double[][] {new double[size * outputs * lanes]};
        }

        @Override
        public void measure(SgdStepper stepper, double[] out) {
            Arrays.fill(out, 0, lanes, 0);
            for (int from = 0; from < data.size(); from += size) {
                int count = Math.min(size, data.size() - from);
                copy(from, count);
                program.run(workspace, arguments, results);
                for (int l = 0; l < lanes; l++) {
                    out[l] = add(count, l, out[l]);
                }
            }
            for (int l = 0; l < lanes; l++) {
                out[l] /= data.size();
            }
        }

        /** Behind the last samples, those of the chunk before remain, whose predictions nobody reads. */
        private void copy(int from, int count) {
            if (copied != from) {
                data.copyInputs(from, count, arguments[1]);
                data.copyTargets(from, count, targets);
                copied = from;
            }
        }

        /** A sum and the losses of a chunk in one lane, in the order of the samples. */
        private double add(int count, int lane, double sum) {
            double total = sum;
            for (int i = 0; i < count; i++) {
                int offset = i * outputs;
                for (int e = offset; e < offset + outputs; e++) {
                    predicted[e] = results[0][e * lanes + lane];
                }
                total += objective.loss().smoothedValue(predicted, targets, offset, outputs);
            }
            return total;
        }
    }
}
