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

    private static void refused(String text, Runnable action) {
        String message =
                assertThrows(IllegalArgumentException.class, action::run).getMessage();
        assertTrue(message.contains(text), message);
    }
}
