package dev.lowland.optim.curvature;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.program.StagedProgram;
import dev.lowland.autodiff.program.Workspace;
import dev.lowland.core.check.Checks;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.parallel.FittingChunk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sum over samples, compiled for chunks of them: θ and a chunk come first, directions later. Immutable, shared by
 * threads.
 *
 * <p>The size of a chunk depends on the objective and on how many directions one run carries, never on the machine or
 * on threads: the largest of n, {@value #LARGEST_CHUNK}, and halves of that, of which the temporaries stay below
 * {@value FittingChunk#MEBIBYTES} MiB, or do not shrink any more.
 */
final class ChunkedProgram {

    static final int LARGEST_CHUNK = 512;

    /** What a program computes. */
    interface Expression {
        /** The outputs for one chunk; directions are a stack of width groups. */
        Compiled of(ChunkExpression chunk, int width);
    }

    /** The input for directions, and what is computed with it. */
    record Compiled(Node directions, List<Node> outputs) {}

    private final SampleChunks chunks;
    private final int width;
    private final int parameters;
    private final StagedProgram full;
    private final @Nullable StagedProgram last;

    private ChunkedProgram(
            SampleChunks chunks, int width, int parameters, StagedProgram full, @Nullable StagedProgram last) {
        this.chunks = chunks;
        this.width = width;
        this.parameters = parameters;
        this.full = full;
        this.last = last;
    }

    static ChunkedProgram compile(Objective objective, int width, Expression expression) {
        FittingChunk<StagedProgram> fitting = FittingChunk.of(
                Math.min(objective.sampleCount(), LARGEST_CHUNK),
                size -> compile(objective, size, width, expression),
                StagedProgram::workspaceBytes);
        return of(objective, fitting.size(), width, fitting.program(), expression);
    }

    /** With chunks of a given size. */
    static ChunkedProgram compile(Objective objective, int width, Expression expression, int chunkSize) {
        Checks.atLeast("curvature", "chunkSize", chunkSize, 1);
        int size = Math.min(objective.sampleCount(), chunkSize);
        return of(objective, size, width, compile(objective, size, width, expression), expression);
    }

    private static ChunkedProgram of(
            Objective objective, int size, int width, StagedProgram full, Expression expression) {
        SampleChunks chunks = new SampleChunks(objective.data(), size);
        int rest = chunks.size(chunks.count() - 1);
        StagedProgram last = rest == size ? null : compile(objective, rest, width, expression);
        return new ChunkedProgram(chunks, width, objective.parameterCount(), full, last);
    }

    private static StagedProgram compile(Objective objective, int size, int width, Expression expression) {
        ChunkExpression chunk = new ChunkExpression(objective, size);
        Compiled compiled = expression.of(chunk, width);
        return StagedProgram.compile(
                List.of(chunk.theta, chunk.inputs, chunk.targets), List.of(compiled.directions()), compiled.outputs());
    }

    SampleChunks chunks() {
        return chunks;
    }

    /** Directions of one run. */
    int width() {
        return width;
    }

    int parameters() {
        return parameters;
    }

    boolean isLast(int c) {
        return last != null && c == chunks.count() - 1;
    }

    private StagedProgram program(int c) {
        return last != null && isLast(c) ? last : full;
    }

    long workspaceBytes() {
        return full.workspaceBytes();
    }

    Workspace newWorkspace(int c) {
        return program(c).newWorkspace();
    }

    void prepare(int c, Workspace workspace, double[][] early) {
        program(c).prepare(workspace, early);
    }

    void run(int c, Workspace workspace, double[][] late, double[][] out) {
        program(c).run(workspace, late, out);
    }
}
