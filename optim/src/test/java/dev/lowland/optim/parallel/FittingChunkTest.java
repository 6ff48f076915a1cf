package dev.lowland.optim.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FittingChunkTest {

    private static int size(int largest, long bytesPerSample, long fixed) {
        FittingChunk<Integer> found = FittingChunk.of(largest, size -> size, size -> size * bytesPerSample + fixed);
        assertEquals(found.size(), found.program());
        return found.size();
    }

    @Test
    void halvesUntilItFits() {
        long bytes = FittingChunk.BYTES;
        assertEquals(512, size(512, bytes / 512, 0));
        assertEquals(256, size(512, bytes / 512 + 1, 0));
        assertEquals(32, size(512, bytes / 40, 0));
        assertEquals(4, size(7, bytes / 6, 0));
        assertEquals(1, size(512, 2 * bytes, 0));
    }

    /** The bytes that do not depend on the samples are most of them. */
    @Test
    void endsWhereTheTemporariesDoNotShrink() {
        long bytes = FittingChunk.BYTES;
        assertEquals(512, size(512, 1, bytes));
        assertEquals(128, size(512, bytes / 256, bytes));
    }
}
