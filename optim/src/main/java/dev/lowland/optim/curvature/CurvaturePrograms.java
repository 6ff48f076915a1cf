package dev.lowland.optim.curvature;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.op.Stacks;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Jet2;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.autodiff.transform.Vmap;
import dev.lowland.optim.objective.Objective;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The chunked programs of one objective, each compiled when first asked for. Shared by threads. */
final class CurvaturePrograms {

    /** Directions that one run carries at most, and numbers in all of them together. */
    private static final int MOST_DIRECTIONS = 64;

    private static final int MOST_NUMBERS = 1 << 20;

    private final Objective objective;
    private final @Nullable Integer chunkSize;
    private final ConcurrentHashMap<String, ChunkedProgram> compiled = new ConcurrentHashMap<>();

    CurvaturePrograms(Objective objective, @Nullable Integer chunkSize) {
        this.objective = objective;
        this.chunkSize = chunkSize;
    }

    Objective objective() {
        return objective;
    }

    /** How many of so many directions one run should carry. */
    int width(int directions) {
        int room = Math.max(1, MOST_NUMBERS / objective.parameterCount());
        return Math.min(directions, Math.min(MOST_DIRECTIONS, room));
    }

    /** m directions ↦ the matrix times each. */
    ChunkedProgram products(CurvatureMatrix matrix, int width) {
        return cached(matrix + " " + width, width, (chunk, m) -> {
            Node direction = chunk.direction();
            Node product = matrix.product(chunk, direction);
            if (m == 1) {
                return new ChunkedProgram.Compiled(direction, List.of(product));
            }
            Node directions = chunk.directions(m);
            return new ChunkedProgram.Compiled(directions, List.of(Vmap.map(product, direction, directions)));
        });
    }

    /** m directions, the columns of a P × m matrix ↦ ∇_θ Σ_j D²L[w_j, w_j] and Σ_j D²L[w_j, w_j]. */
    ChunkedProgram thirdDerivative(int width) {
        return cached("third derivative " + width, width, (chunk, m) -> {
            Node columns = chunk.directionColumns(m);
            Node sum = Jet2.collapsed(chunk.loss(), chunk.theta, Stacks.ofColumns(columns, chunk.theta.shape()));
            return new ChunkedProgram.Compiled(columns, List.of(Reverse.gradient(sum, chunk.theta), sum));
        });
    }

    /**
     * m directions, the columns of a P × m matrix ↦ Σ over samples and outputs of |(ℓ″f) · Σ_j D²f[w_j, w_j]|, ℓ″ the
     * second derivative of the loss in the predictions f.
     */
    ChunkedProgram predictionRounding(int width) {
        return cached("prediction rounding " + width, width, (chunk, m) -> {
            Node columns = chunk.directionColumns(m);
            Node bend = Jet2.collapsed(chunk.predictions, chunk.theta, Stacks.ofColumns(columns, chunk.theta.shape()));
            Node slope = Reverse.gradient(chunk.loss(), chunk.predictions);
            Node change = Forward.jvp(slope, chunk.predictions, chunk.predictions);
            return new ChunkedProgram.Compiled(columns, List.of(Ops.sum(Ops.abs(Ops.multiply(change, bend)))));
        });
    }

    private ChunkedProgram cached(String name, int width, ChunkedProgram.Expression expression) {
        Function<String, ChunkedProgram> compile = unused -> chunkSize == null
                ? ChunkedProgram.compile(objective, width, expression)
                : ChunkedProgram.compile(objective, width, expression, chunkSize);
        return compiled.computeIfAbsent(name, compile);
    }
}
