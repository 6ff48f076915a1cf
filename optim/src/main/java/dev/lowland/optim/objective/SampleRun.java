package dev.lowland.optim.objective;

import dev.lowland.autodiff.function.ProgramCall;
import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import org.jspecify.annotations.Nullable;

/**
 * A {@link SampleProgram} with its memory, run chunk by chunk in order. For one thread; nothing is allocated after it
 * is made.
 */
final class SampleRun {

    private final SampleProgram program;
    private final Data data;
    private final ProgramCall full;
    private final @Nullable ProgramCall last;
    private final double[] inputs;
    private final double[] targets;
    private final double[] part;

    /**
     * What the program gives for a chunk is at most so many numbers. The inputs of chunks go to an array as long as
     * {@link #inputsOf} says, which other runs of the thread may use too.
     */
    SampleRun(ObjectivePrograms programs, SampleProgram program, Data data, double[] inputs, int resultSize) {
        this.program = program;
        this.data = data;
        boolean whole = program.whole();
        this.full = whole ? programs.call(program.full()) : new ProgramCall(program.full());
        this.last = program.last() == null ? null : new ProgramCall(program.last());
        this.inputs = inputs;
        this.targets = new double[program.size(0) * data.outputSize()];
        this.part = new double[whole ? 0 : resultSize];
    }

    /** Numbers in the inputs of a chunk; none where all samples are one, which is not copied. */
    static int inputsOf(SampleProgram program, Data data) {
        return program.whole() ? 0 : program.size(0) * data.inputSize();
    }

    /** out = the sum over chunks of what the program gives, so many numbers. */
    void sum(double[] theta, double[] out) {
        run(0, theta, out);
        for (int c = 1; c < program.count(); c++) {
            run(c, theta, part);
            Kernels.active().axpy(part.length, 1, part, 0, out, 0);
        }
    }

    /** out = what the program gives for one chunk after the other, so many numbers a sample. */
    void concatenate(double[] theta, int numbers, double[] out) {
        if (program.whole()) {
            run(0, theta, out);
            return;
        }
        for (int c = 0; c < program.count(); c++) {
            run(c, theta, part);
            System.arraycopy(part, 0, out, program.from(c) * numbers, program.size(c) * numbers);
        }
    }

    /** L from predictions: the mean over samples, summed in their order. Predicted has room for a chunk. */
    double meanLoss(double[] theta, Loss loss, double[] predicted) {
        int outputs = data.outputSize();
        double sum = 0;
        for (int c = 0; c < program.count(); c++) {
            run(c, theta, predicted);
            data.copyTargets(program.from(c), program.size(c), targets);
            for (int i = 0; i < program.size(c); i++) {
                sum += loss.smoothedValue(predicted, targets, i * outputs, outputs);
            }
        }
        return sum / data.size();
    }

    /** An interrupt ends the work before the next chunk. */
    private void run(int c, double[] theta, double[] out) {
        if (c > 0) {
            Checks.notInterrupted("objective");
        }
        ProgramCall call = last != null && program.isRest(c) ? last : full;
        call.input(0, theta).output(0, out);
        if (!program.whole()) {
            data.copyInputs(program.from(c), program.size(c), inputs);
            data.copyTargets(program.from(c), program.size(c), targets);
            call.input(1, inputs).input(2, targets);
        }
        call.run();
    }
}
