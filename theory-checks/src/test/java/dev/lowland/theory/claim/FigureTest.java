package dev.lowland.theory.claim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lowland.theory.claim.FigureSeries.Role;
import org.junit.jupiter.api.Test;

/** What a figure takes in. */
class FigureTest {

    private static final double[] X = {1, 2, 3};

    @Test
    void pointsThatAreNotFiniteAreLeftOut() {
        double[] y = {1, Double.NaN, 3};
        double[] none = {Double.NaN, Double.POSITIVE_INFINITY, Double.NaN};
        Figure figure = Figure.named("gaps")
                .line(Role.PREDICTED, "line", X, y)
                .points(Role.MEASURED, "nothing", X, none)
                .band(Role.MEASURED, "band", X, y, new double[] {2, 2, Double.NEGATIVE_INFINITY})
                .build();
        assertEquals(2, figure.series().size());
        assertArrayEquals(new double[] {1, 3}, figure.series().get(0).x());
        assertArrayEquals(new double[] {1, 3}, figure.series().get(0).y());
        assertArrayEquals(new double[] {1}, figure.series().get(1).x());
    }

    @Test
    void columnsOfOtherLengthsAreNamed() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> Figure.named("short").line(Role.PREDICTED, "line", X, new double[2]));
        assertEquals(
                "draw figure short: a column of series 'line' is of length 2, must be of length " + X.length,
                refused.getMessage());
    }
}
