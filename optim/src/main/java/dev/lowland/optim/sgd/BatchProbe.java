package dev.lowland.optim.sgd;

import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.program.Workspace;
import dev.lowland.optim.gradient.StepGraph;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Loss and gradient of the batch of the coming step of a single run, summed over chunks of a bounded number of samples.
 * For one thread; allocates nothing once it has seen the sizes of its chunks.
 */
final class BatchProbe {

    private static final int LARGEST_CHUNK = 512;

    private final SgdStepper stepper;
    private final Objective objective;
    private final Data data;
    private final List<Chunk> chunks = new ArrayList<>();
    private final double[] gradient;
    private double loss;

    BatchProbe(SgdStepper stepper) {
        this.stepper = stepper;
        this.objective = stepper.program().objective();
        this.data = objective.data();
        this.gradient = new double[objective.parameterCount()];
    }

    /** A program for so many samples of a batch, and its memory. */
    private final class Chunk {
        private final Program program;
        private final Workspace workspace;
        private final int size;
        private final int batch;
        private final double[] targets;
        private final double[] inputs;
        private final double[][] arguments;

        Chunk(int size, int batch) {
            this.size = size;
            this.batch = batch;
            program = StepGraph.of(objective, stepper.program().law(), size, batch, false)
                    .lossAndGradient();
            workspace = program.newWorkspace();
            targets = new double[size * data.outputSize()];
            inputs = new double[size * data.inputSize()];
            arguments = new double[][] {stepper.parameters(), targets, inputs};
        }
    }

    /** Computes both at the present θ. */
    void look() {
        stepper.prepareStep();
        int batch = stepper.coming();
        loss = 0;
        Arrays.fill(gradient, 0);
        for (int from = 0; from < batch; from += LARGEST_CHUNK) {
            add(from, Math.min(LARGEST_CHUNK, batch - from), batch);
        }
    }

    private void add(int from, int size, int batch) {
        Chunk chunk = chunk(size, batch);
        System.arraycopy(stepper.targets(), from * data.outputSize(), chunk.targets, 0, chunk.targets.length);
        stepper.gather(from, size, chunk.inputs);
        chunk.program.run(chunk.workspace, chunk.arguments);
        loss += chunk.workspace.output(0)[0];
        double[] part = chunk.workspace.output(1);
        for (int e = 0; e < gradient.length; e++) {
            gradient[e] += part[e];
        }
    }

    private Chunk chunk(int size, int batch) {
        for (int i = 0; i < chunks.size(); i++) {
            if (chunks.get(i).size == size && chunks.get(i).batch == batch) {
                return chunks.get(i);
            }
        }
        Chunk made = new Chunk(size, batch);
        chunks.add(made);
        return made;
    }

    double loss() {
        return loss;
    }

    double[] gradient() {
        return gradient;
    }
}
