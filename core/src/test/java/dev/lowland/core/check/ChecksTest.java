package dev.lowland.core.check;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("once")
final class ChecksTest {
    private static final double NAN = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;

    static Stream<Arguments> broken() {
        DMatrixRMaj m = new DMatrixRMaj(2, 3);
        DMatrixRMaj square = new DMatrixRMaj(new double[][] {{1, 2}, {2.5, 4}});
        DMatrixRMaj holed = new DMatrixRMaj(new double[][] {{1, 2, 3}, {4, NAN, 6}});
        return Stream.of(
                broken(() -> Checks.shape("op", "m", m, 3, 2), "op: m is 2×3, must be 3×2"),
                broken(() -> Checks.shape("op", "m", m, 2, 2), "op: m is 2×3, must be 2×2"),
                broken(() -> Checks.rows("op", "m", m, 4), "op: m is 2×3, must be 4×any"),
                broken(() -> Checks.square("op", "m", m), "op: m is 2×3, must be square"),
                broken(
                        () -> Checks.symmetric("op", "m", square, 1e-3),
                        "op: m is 2.5 at (1, 0) but 2.0 at (0, 1), must be symmetric within 0.001 of its largest entry"),
                broken(() -> Checks.finite("op", "m", holed), "op: m is NaN at (1, 1), must be finite"),
                broken(() -> Checks.finite("op", "x", INF), "op: x is Infinity, must be finite"),
                broken(() -> Checks.finite("op", "x", NAN), "op: x is NaN, must be finite"),
                broken(
                        () -> Checks.room("op", "the states", 125_001, 1_000_000, "; less will do"),
                        "op: memory for the states is 1000008 bytes, must be at most 1000000, what the process may have;"
                                + " less will do"),
                broken(() -> Checks.positive("op", "x", 0), "op: x is 0.0, must be positive and finite"),
                broken(() -> Checks.positive("op", "x", NAN), "op: x is NaN, must be positive and finite"),
                broken(() -> Checks.positive("op", "x", INF), "op: x is Infinity, must be positive and finite"),
                broken(() -> Checks.notNegative("op", "x", -1), "op: x is -1.0, must be ≥ 0 and finite"),
                broken(() -> Checks.notNegative("op", "x", NAN), "op: x is NaN, must be ≥ 0 and finite"),
                broken(() -> Checks.atLeast("op", "n", 0, 1), "op: n is 0, must be at least 1"),
                broken(() -> Checks.atMost("op", "n", 3, 2), "op: n is 3, must be at most 2"),
                broken(() -> Checks.index("op", "i", 5, 5), "op: i is 5, must be in [0, 5)"),
                broken(() -> Checks.index("op", "i", -1, 5), "op: i is -1, must be in [0, 5)"),
                broken(() -> Checks.inRange("op", "x", 1.5, 0, 1), "op: x is 1.5, must be in [0.0, 1.0]"),
                broken(() -> Checks.inRange("op", "x", NAN, 0, 1), "op: x is NaN, must be in [0.0, 1.0]"),
                broken(() -> Checks.inHalfOpenRange("op", "x", 1, 0, 1), "op: x is 1.0, must be in [0.0, 1.0)"),
                broken(() -> Checks.inOpenRange("op", "x", 0, 0, 1), "op: x is 0.0, must be in (0.0, 1.0)"),
                broken(() -> Checks.inOpenRange("op", "x", 1, 0, 1), "op: x is 1.0, must be in (0.0, 1.0)"),
                broken(() -> Checks.length("op", "x", 3, 4), "op: x is of length 3, must be of length 4"),
                broken(() -> Checks.span("op", "x", 9, 1, 5, 2), "op: x is of length 9, must be of length at least 10"),
                broken(() -> Checks.span("op", "x", 9, -1, 1, 1), "op: offset is -1, must be at least 0"),
                broken(() -> Checks.span("op", "x", 9, 0, -1, 1), "op: count is -1, must be at least 0"),
                broken(() -> Checks.span("op", "x", 9, 0, 1, 0), "op: stride is 0, must be at least 1"),
                broken(
                        () -> Checks.span("op", "x", 9, 0, Integer.MAX_VALUE, Integer.MAX_VALUE),
                        "op: x is of length 9, must be of length at least 4611686011984936963"),
                broken(
                        () -> Checks.distinct("op", "out", m, "in", m),
                        "op: out is the same memory as in, must be another matrix"));
    }

    private static Arguments broken(Executable check, String text) {
        return Arguments.of(text, check);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void brokenRuleSaysWhatAndWhy(String text, Executable check) {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, check);
        assertEquals(text, error.getMessage());
    }

    static Stream<Executable> kept() {
        DMatrixRMaj m = new DMatrixRMaj(2, 3);
        DMatrixRMaj square = new DMatrixRMaj(new double[][] {{1, 2}, {2, 4}});
        DMatrixRMaj reshaped = new DMatrixRMaj(new double[][] {{1, 2, NAN}});
        reshaped.reshape(1, 2);
        return Stream.of(
                () -> Checks.room("op", "the states", 125_000, 1_000_000, ""),
                () -> Checks.shape("op", "m", m, 2, 3),
                () -> Checks.rows("op", "m", m, 2),
                () -> Checks.square("op", "m", square),
                () -> Checks.symmetric("op", "m", square, 0),
                () -> Checks.finite("op", "m", reshaped),
                () -> Checks.finite("op", "x", -Double.MAX_VALUE),
                () -> Checks.positive("op", "x", Double.MIN_VALUE),
                () -> Checks.notNegative("op", "x", 0),
                () -> Checks.atLeast("op", "n", 1, 1),
                () -> Checks.atMost("op", "n", 2, 2),
                () -> Checks.index("op", "i", 4, 5),
                () -> Checks.inRange("op", "x", 1, 0, 1),
                () -> Checks.inRange("op", "x", 0, 0, 1),
                () -> Checks.inHalfOpenRange("op", "x", 0, 0, 1),
                () -> Checks.inOpenRange("op", "x", 0.5, 0, 1),
                () -> Checks.length("op", "x", 4, 4),
                () -> Checks.span("op", "x", 9, 0, 5, 2),
                () -> Checks.span("op", "x", 9, 9, 0, 1),
                () -> Checks.distinct("op", "out", m, "in", square));
    }

    @ParameterizedTest
    @MethodSource("kept")
    void keptRuleIsSilent(Executable check) {
        assertDoesNotThrow(check);
    }

    @Test
    void whatIsOutOfTurnSaysSoInTheSameForm() {
        IllegalStateException error = Checks.outOfTurn("value", "the status", "UNDEFINED", "DEFINED");
        assertEquals("value: the status is UNDEFINED, must be DEFINED", error.getMessage());
    }

    @Test
    void nullIsRefusedByName() {
        NullPointerException error =
                assertThrows(NullPointerException.class, () -> Checks.notNull("compile", "outputs", null));
        assertEquals("compile: outputs is null, must be given", error.getMessage());
        assertEquals("kept", Checks.notNull("compile", "outputs", "kept"));
        DMatrixRMaj none = null;
        for (Executable check : List.<Executable>of(
                () -> Checks.shape("op", "m", none, 1, 1),
                () -> Checks.rows("op", "m", none, 1),
                () -> Checks.square("op", "m", none),
                () -> Checks.symmetric("op", "m", none, 0),
                () -> Checks.finite("op", "m", none))) {
            assertEquals(
                    "op: m is null, must be given",
                    assertThrows(NullPointerException.class, check).getMessage());
        }
    }
}
