package dev.lowland.cli.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.theory.claim.Figure.Scale;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Axes: which ticks they have, where numbers stand, and that no number is too large, too small or too near another. */
class ChartAxisTest {

    private static ChartAxis axis(Scale scale, double... values) {
        return ChartAxis.of(scale, DoubleStream.of(values), 0, 600, 100);
    }

    private static List<String> labels(Scale scale, double... values) {
        return axis(scale, values).ticks().stream()
                .map(ChartAxis.Tick::label)
                .filter(label -> !label.isEmpty())
                .toList();
    }

    @Test
    void ticksAreMultiplesOfOneTwoOrFive() {
        assertEquals(List.of("0", "2", "4", "6", "8", "10"), labels(Scale.LINEAR, 0, 10));
        assertEquals(List.of("-0.1", "0", "0.1", "0.2", "0.3"), labels(Scale.LINEAR, -0.1, 0.3));
        assertEquals(List.of("0", "5,000", "10,000", "15,000", "20,000"), labels(Scale.LINEAR, 0, 20_000));
        assertEquals(List.of("0", "2e-9", "4e-9", "6e-9", "8e-9"), labels(Scale.LINEAR, 0, 9e-9));
    }

    @Test
    void ticksOfALogarithmicAxisArePowersOfTen() {
        assertEquals(List.of("1e-4", "0.001", "0.01", "0.1"), labels(Scale.LOGARITHMIC, 1e-4, 0.1));
        assertEquals(List.of("1e-12", "1e-9", "1e-6", "0.001", "1"), labels(Scale.LOGARITHMIC, 1e-12, 1));
        assertEquals(List.of("2", "5", "10", "20"), labels(Scale.LOGARITHMIC, 2, 30));
        assertEquals(List.of("3.2", "3.4", "3.6", "3.8", "4"), labels(Scale.LOGARITHMIC, 3.1, 4));
        assertEquals(20, axis(Scale.LOGARITHMIC, 1, 100).ticks().size(), "0.9, 1 … 9, 10 … 90 and 100");
    }

    @Test
    void labelsHaveTheDigitsThatTellThemApart() {
        assertEquals(
                List.of("100000.01", "100000.02", "100000.03", "100000.04"),
                labels(Scale.LINEAR, 100_000.009, 100_000.041));
    }

    @Test
    void numbersStandWhereTheyBelong() {
        ChartAxis linear = axis(Scale.LINEAR, -3, 5);
        assertEquals(300, linear.at(1), 1e-9);
        assertEquals(600 * 0.04 / 1.08, linear.at(-3), 1e-9);
        assertEquals(600 * 1.04 / 1.08, linear.at(5), 1e-9);
        assertEquals(300, axis(Scale.LOGARITHMIC, 1e-3, 1e5).at(10), 1e-9);
    }

    @ParameterizedTest
    @CsvSource({
        "LINEAR, 0, 0",
        "LINEAR, 7, 7",
        "LINEAR, -1e300, -1e300",
        "LINEAR, 1, 1.0000000000000002",
        "LINEAR, -1.7976931348623157e308, 1.7976931348623157e308",
        "LINEAR, 4.9e-324, 4.9e-324",
        "LINEAR, 0, 4.9e-324",
        "LOGARITHMIC, 3, 3",
        "LOGARITHMIC, 4.9e-324, 4.9e-324",
        "LOGARITHMIC, 4.9e-324, 1.7976931348623157e308"
    })
    void everyFiniteNumberCanBeShown(Scale scale, double low, double high) {
        ChartAxis axis = axis(scale, low, high);
        for (double value : new double[] {low, high}) {
            assertTrue(axis.at(value) > 10 && axis.at(value) < 590, "at " + axis.at(value));
        }
        assertTrue(
                axis.ticks().size() >= 1 && axis.ticks().size() < 70,
                axis.ticks().toString());
        for (ChartAxis.Tick tick : axis.ticks()) {
            assertTrue(tick.place() >= -1e-9 && tick.place() <= 600 + 1e-9, tick.toString());
        }
    }

    @Test
    void anAxisOfNothingHasTicks() {
        assertEquals(List.of("0", "0.2", "0.4", "0.6", "0.8", "1"), labels(Scale.LINEAR));
        assertEquals(List.of("1", "10"), labels(Scale.LOGARITHMIC));
    }
}
