package dev.lowland.optim.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class DataTest {

    @Test
    void keepsCopies() {
        DMatrixRMaj inputs = new DMatrixRMaj(2, 3, true, 1, 2, 3, 4, 5, 6);
        Data data = Data.of(inputs, new DMatrixRMaj(2, 1, true, 7, 8));
        inputs.set(0, 0, 99);
        data.inputs().set(0, 1, 99);
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, data.inputs().data);
        assertArrayEquals(new double[] {7, 8}, data.targets().data);
        assertEquals(2, data.size());
        assertEquals(3, data.inputSize());
        assertEquals(1, data.outputSize());
    }

    @Test
    void readsOnlyTheEntriesOfAMatrixWithALongerArray() {
        DMatrixRMaj inputs = new DMatrixRMaj(5, 5);
        inputs.reshape(1, 2);
        assertEquals(2, Data.of(inputs, new DMatrixRMaj(1, 1)).inputs().data.length);
    }

    @Test
    void refusesWhatCannotBeLearntFrom() {
        refused("rows of inputs", () -> Data.of(new DMatrixRMaj(0, 3), new DMatrixRMaj(0, 1)));
        refused("columns of inputs", () -> Data.of(new DMatrixRMaj(2, 0), new DMatrixRMaj(2, 1)));
        refused("targets is 3×1", () -> Data.of(new DMatrixRMaj(2, 3), new DMatrixRMaj(3, 1)));
        refused("inputs is NaN", () -> Data.of(new DMatrixRMaj(1, 1, true, Double.NaN), new DMatrixRMaj(1, 1)));
        refused(
                "targets is Infinity",
                () -> Data.of(new DMatrixRMaj(1, 1), new DMatrixRMaj(1, 1, true, Double.POSITIVE_INFINITY)));
    }

    @Test
    void makesOneHotRowsOfClasses() {
        Data data = Data.ofClasses(new DMatrixRMaj(2, 1), new int[] {2, 0}, 3);
        assertArrayEquals(new double[] {0, 0, 1, 1, 0, 0}, data.targets().data);
        refused("class of sample 0 is 3", () -> Data.ofClasses(new DMatrixRMaj(1, 1), new int[] {3}, 3));
        refused("classes", () -> Data.ofClasses(new DMatrixRMaj(2, 1), new int[] {0}, 3));
        refused("classCount", () -> Data.ofClasses(new DMatrixRMaj(1, 1), new int[] {0}, 1));
    }

    @Test
    void copiesRowsToMemoryOfTheCaller() {
        Data data = Data.of(
                new DMatrixRMaj(3, 2, true, 1, 2, 3, 4, 5, 6), new DMatrixRMaj(3, 2, true, 10, 20, 30, 40, 50, 60));
        double[] out = {-1, -1, -1, -1, -1};
        data.copyInputs(1, 2, out);
        assertArrayEquals(new double[] {3, 4, 5, 6, -1}, out);
        data.copyTargets(2, 1, out);
        assertArrayEquals(new double[] {50, 60, 5, 6, -1}, out);
        assertEquals(40, data.target(1, 1));
        refused("copyInputs: from is -1, must be at least 0", () -> data.copyInputs(-1, 1, out));
        refused("copyInputs: from + count is 4, must be at most 3", () -> data.copyInputs(2, 2, out));
        refused("copyTargets: out is of length 5, must be of length at least 6", () -> data.copyTargets(0, 3, out));
        refused("target: sample is 3, must be in [0, 3)", () -> data.target(3, 0));
        refused("target: output is 2, must be in [0, 2)", () -> data.target(0, 2));
    }

    /** Places of a lane follow each other, and the lanes lie side by side. */
    @Test
    void gathersRowsForLanes() {
        Data data = Data.of(new DMatrixRMaj(3, 2, true, 1, 2, 3, 4, 5, 6), new DMatrixRMaj(3, 1, true, 10, 20, 30));
        int[] samples = {99, 2, 0, 1, 1};
        double[] out = new double[8];
        data.gatherInputs(samples, 1, 2, 2, out);
        assertArrayEquals(new double[] {5, 1, 6, 2, 3, 3, 4, 4}, out);
        data.gatherInputs(samples, 1, 4, 1, out);
        assertArrayEquals(new double[] {5, 6, 1, 2, 3, 4, 3, 4}, out);
        double[] targets = new double[4];
        data.gatherTargets(samples, 1, 2, 2, targets);
        assertArrayEquals(new double[] {30, 10, 20, 20}, targets);
        refused(
                "gatherInputs: sample is 99, must be in [0, 3)",
                () -> data.gatherInputs(samples, 0, 1, 1, new double[2]));
        refused(
                "gatherTargets: samples is of length 5, must be of length at least 6",
                () -> data.gatherTargets(samples, 1, 5, 1, new double[9]));
        refused(
                "gatherInputs: out is of length 4, must be of length at least 8",
                () -> data.gatherInputs(samples, 1, 2, 2, targets));
    }

    private static void refused(String text, Runnable action) {
        String message =
                assertThrows(IllegalArgumentException.class, action::run).getMessage();
        assertTrue(message.contains(text), message);
    }
}
