package dev.lowland.cli.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CheckpointsTest {

    @Test
    void areRoundNumbers() {
        assertArrayEquals(new long[] {0}, Checkpoints.upTo(0, 5));
        assertArrayEquals(new long[] {0, 1}, Checkpoints.upTo(1, 5));
        assertArrayEquals(new long[] {0, 1, 2, 3, 4, 5}, Checkpoints.upTo(5, 5));
        assertArrayEquals(new long[] {0, 2, 4, 6}, Checkpoints.upTo(6, 5));
        assertArrayEquals(new long[] {0, 50, 100, 110}, Checkpoints.upTo(110, 5));
        assertArrayEquals(new long[] {0, 123}, Checkpoints.upTo(123, 1));
    }

    @Test
    void growToTheEndAndAreNotTooMany() {
        for (long steps = 1; steps < 3000; steps++) {
            long[] checkpoints = Checkpoints.upTo(steps, 50);
            assertEquals(0, checkpoints[0]);
            assertEquals(steps, checkpoints[checkpoints.length - 1]);
            assertTrue(checkpoints.length <= 51, steps + ": " + checkpoints.length);
            assertTrue(steps < 50 || checkpoints.length > 20, steps + ": " + checkpoints.length);
            for (int i = 1; i < checkpoints.length; i++) {
                assertTrue(checkpoints[i] > checkpoints[i - 1]);
            }
        }
        assertEquals(
                Long.MAX_VALUE, Checkpoints.upTo(Long.MAX_VALUE, 50)[Checkpoints.upTo(Long.MAX_VALUE, 50).length - 1]);
    }
}
