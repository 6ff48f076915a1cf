package dev.lowland.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {

    @ParameterizedTest
    @CsvSource({"1,1,0,1", "3,5,1,3", "64,3,0,3", "65,7,6,1", "200,9,2,5", "130,4,4,0", "0,4,1,2"})
    void columnsBecomeRowsAndNothingElseIsTouched(int size, int columns, int first, int count) {
        DMatrixRMaj matrix = new DMatrixRMaj(size, columns);
        for (int k = 0; k < size * columns; k++) {
            matrix.data[k] = k + 1;
        }
        double[] rows = new double[count * size + 3];
        Arrays.fill(rows, -1);

        Columns.copyAsRows(matrix, first, count, rows);

        for (int j = 0; j < count; j++) {
            for (int i = 0; i < size; i++) {
                assertThat(rows[j * size + i]).isEqualTo(matrix.get(i, first + j));
            }
        }
        assertThat(Arrays.copyOfRange(rows, count * size, rows.length)).containsOnly(-1);
    }

    @ParameterizedTest
    @CsvSource({"0,4,12,columns of matrix", "-1,1,12,first", "0,-1,12,count", "3,1,12,columns of matrix", "1,2,7,length of rows"})
    void columnsThatAreNotThereAreRefused(int first, int count, int length, String argument) {
        assertThatThrownBy(() -> Columns.copyAsRows(new DMatrixRMaj(4, 3), first, count, new double[length]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("copyAsRows")
                .hasMessageContaining(argument);
    }
}
