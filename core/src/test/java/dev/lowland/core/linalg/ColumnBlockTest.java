package dev.lowland.core.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnBlockTest {

    private final DMatrixRMaj matrix = new DMatrixRMaj(3, 5);

    ColumnBlockTest() {
        for (int k = 0; k < 15; k++) {
            matrix.data[k] = k + 1;
        }
    }

    @ParameterizedTest
    @CsvSource({"0,5", "0,2", "1,3", "3,4", "4,1", "5,2", "0,9"})
    void columnsThenZeros(int first, int width) {
        ColumnBlock block = new ColumnBlock();
        block.of(matrix, 0, 4);

        double[] entries = block.of(matrix, first, width);

        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < width; j++) {
                double expected = first + j < 5 ? matrix.get(i, first + j) : 0;
                assertEquals(expected, entries[i * width + j], i + ", " + j);
            }
        }
    }

    @Test
    void allColumnsAreNotCopied() {
        assertSame(matrix.data, new ColumnBlock().of(matrix, 0, 5));
    }

    @Test
    void memoryIsKept() {
        ColumnBlock block = new ColumnBlock();
        assertSame(block.of(matrix, 0, 3), block.of(matrix, 2, 2));
    }

    @ParameterizedTest
    @CsvSource({"-1,2,first", "6,1,columns of matrix", "0,0,width"})
    void columnsThatCannotBeAreRefused(int first, int width, String argument) {
        ColumnBlock block = new ColumnBlock();
        String message = assertThrows(IllegalArgumentException.class, () -> block.of(matrix, first, width))
                .getMessage();
        assertTrue(message.contains("columnBlock") && message.contains(argument), message);
    }
}
