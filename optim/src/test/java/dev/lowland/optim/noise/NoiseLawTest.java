package dev.lowland.optim.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lowland.core.random.RandomLanes;
import dev.lowland.optim.objective.Loss;
import dev.lowland.optim.objective.Losses;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every law has to keep; what each of them draws is in the tests of steps. */
class NoiseLawTest {
    private static final int LANES = 3;

    static List<NoiseLaw> laws() {
        return NoiseLaw.all();
    }

    static Stream<NoiseLaw> lawsOfVarianceOne() {
        return laws().stream().filter(law -> law != NoiseLaw.NONE && !law.flipsLabels());
    }

    @ParameterizedTest
    @MethodSource("laws")
    void aLawDoesOneThing(NoiseLaw law) {
        int things = (law.addsToTargets() ? 1 : 0) + (law.flipsLabels() ? 1 : 0) + (law.addsToParameters() ? 1 : 0);
        assertEquals(law == NoiseLaw.NONE ? 0 : 1, things);
        int numbers = law.place().numbersPerStep(5, 7, 11, 13);
        int ofParameters = law == NoiseLaw.EXPLICIT ? 11 : 13;
        int expected = law.addsToTargets() ? 35 : law.flipsLabels() ? 5 : law.addsToParameters() ? ofParameters : 0;
        assertEquals(expected, numbers);
    }

    @ParameterizedTest
    @MethodSource("laws")
    void onlyTheLawsOfLabelsAskForALoss(NoiseLaw law) {
        Loss flips = Losses.logistic(0.2);
        assertEquals(!law.flipsLabels() || law == NoiseLaw.TRANSITION, law.suits(Losses.square()));
        assertEquals(!law.addsToTargets(), law.suits(flips));
        assertEquals(law.suits(flips), NoiseLaw.suiting(flips).contains(law.name()), NoiseLaw.suiting(flips));
    }

    /** Drawing ahead changes no number. */
    @ParameterizedTest
    @MethodSource("laws")
    void numbersBelongToTheirPositions(NoiseLaw law) {
        RandomLanes streams = law.streams(new long[] {5, 6, 7}, new int[] {2, 3, 2});
        double[] together = new double[8 * LANES];
        law.fill(streams, 4, 8, together);
        double[] apart = new double[8 * LANES];
        for (int half = 0; half < 2; half++) {
            double[] out = new double[4 * LANES];
            law.fill(streams, 4 + 4 * half, 4, out);
            System.arraycopy(out, 0, apart, half * 4 * LANES, out.length);
        }
        assertArrayEquals(together, apart);
    }

    /** Noise on targets is multiplied by σ, so its own variance is 1. */
    @ParameterizedTest
    @MethodSource("lawsOfVarianceOne")
    void numbersHaveMeanZeroAndVarianceOne(NoiseLaw law) {
        double[] numbers = new double[100_000];
        law.fill(law.streams(new long[] {1}, new int[1]), 0, numbers.length, numbers);
        double sum = 0;
        double squares = 0;
        for (double number : numbers) {
            sum += number;
            squares += number * number;
        }
        assertEquals(0, sum / numbers.length, 0.02);
        assertEquals(1, squares / numbers.length, 0.03);
    }
}
