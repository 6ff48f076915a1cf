package dev.lowland.optim.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.parallel.FittingChunk;
import dev.lowland.optim.support.Problems;
import org.junit.jupiter.api.Test;

class BatchChunksTest {

    private static BatchChunks chunks(Model model, int batch) {
        Objective objective = Problems.unfitted(model, 3, 1).objective();
        return BatchChunks.compile(
                batch,
                size -> StepGraph.of(objective, NoiseLaw.RADEMACHER, size, batch, false)
                        .program());
    }

    private static void check(int batch, int count, int size) {
        BatchChunks chunks = chunks(Models.linear(2), batch);
        assertEquals(count, chunks.count(), "chunks of " + batch);
        assertEquals(size, chunks.size(0), "size for " + batch);
        assertEquals(Math.min(8, count), chunks.strips());
        int next = 0;
        for (int c = 0; c < chunks.count(); c++) {
            assertEquals(next, chunks.from(c));
            assertEquals(chunks.size(c) < size, chunks.isLast(c));
            next += chunks.size(c);
        }
        assertEquals(batch, next);
        assertEquals(0, chunks.firstOfStrip(0));
        for (int s = 0; s < chunks.strips(); s++) {
            assertTrue(chunks.firstOfStrip(s) < chunks.firstOfStrip(s + 1));
        }
        assertEquals(count, chunks.firstOfStrip(chunks.strips()));
    }

    @Test
    void chunksFollowEachOtherToTheEndOfTheBatch() {
        check(256, 2, 128);
        check(257, 2, 136);
        check(511, 2, 256);
        check(512, 4, 128);
        check(1000, 4, 256);
        check(1024, 8, 128);
        check(1025, 8, 136);
        check(4096, 8, 512);
        check(4097, 16, 264);
        check(8192, 16, 512);
        check(60_000, 120, 504);
    }

    @Test
    void smallBatchesAndSmallProblemsAreNotCut() {
        assertTrue(BatchChunks.suit(256, 1 << 15));
        assertFalse(BatchChunks.suit(256, (1 << 15) - 1));
        assertFalse(BatchChunks.suit(255, 1 << 30));
        assertTrue(BatchChunks.suit(1 << 23, 1));
        assertTrue(BatchChunks.suit(Integer.MAX_VALUE, Integer.MAX_VALUE));
    }

    /** A wide layer: at 512 samples its temporaries are beyond the bound. */
    @Test
    void chunksOfWideModelsAreSmaller() {
        BatchChunks chunks = chunks(Models.mlp(2, 20_000, 1).withActivation(Activation.TANH), 4096);
        assertTrue(chunks.count() > 8, chunks.count() + " chunks");
        assertEquals(8, chunks.strips());
        assertTrue(chunks.full().workspaceBytes() <= FittingChunk.BYTES);
    }
}
