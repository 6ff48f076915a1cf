package dev.lowland.autodiff.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which buffer a value is given, for steps that compute nothing. */
class BufferPlanTest {
    private final List<Step> steps = new ArrayList<>();
    private final Storage input = Storage.input(0, 3, false, true);

    /** A step; the value it makes. */
    private Storage step(int size, boolean inPlace, boolean late, Storage... operands) {
        Storage result = Storage.temporary(size, false, late);
        StepText text = new StepText("r", "op", List.of(), "");
        steps.add(new Step((buffers, slots, slot) -> {}, List.of(operands), result, inPlace, text));
        return result;
    }

    private BufferPlan plan(int boundary, Storage... outputs) {
        return new BufferPlan(1, steps, boundary, List.of(outputs));
    }

    @Test
    void theSmallestFreeBufferThatIsLargeEnoughIsTakenElseTheLargestGrows() {
        int[][] orders = {{10, 4, 6}, {10, 6, 4}, {4, 10, 6}, {4, 6, 10}, {6, 10, 4}, {6, 4, 10}, {5, 5, 9}, {9, 5, 5}};
        for (int[] sizes : orders) {
            for (int wanted = 1; wanted <= 12; wanted++) {
                steps.clear();
                Storage[] old = new Storage[3];
                for (int i = 0; i < 3; i++) {
                    old[i] = step(sizes[i], false, true, input);
                }
                Storage end = step(1, false, true, old);
                Storage value = step(wanted, false, true, input);
                int need = wanted;
                int largest = Arrays.stream(sizes).max().orElseThrow();
                int best = Arrays.stream(sizes).filter(s -> s >= need).min().orElse(largest);
                int[] capacities = plan(0, end, value).capacities();
                String what = wanted + " of " + Arrays.toString(sizes) + ": " + Arrays.toString(capacities);
                assertEquals(4, capacities.length, what);
                assertEquals(best, sizes[value.slot - 1], what);
                assertEquals(Math.max(best, wanted), capacities[value.slot - 1], what);
                assertEquals(1, capacities[end.slot - 1], what);
            }
        }
    }

    @Test
    void aShortValueLeavesALongBufferToALongOne() {
        Storage wide = step(1000, false, true, input);
        Storage sum = step(100, false, true, wide);
        Storage next = step(1000, false, true, sum);
        Storage rest = step(10, false, true, next, sum);
        int[] capacities = plan(0, sum, rest).capacities();
        assertEquals(1110, Arrays.stream(capacities).sum(), Arrays.toString(capacities));
        assertEquals(wide.slot, next.slot);
    }

    @Test
    void aBufferIsGivenAwayAfterItsLastUseAndNeverWhileTheStepReadsIt() {
        Storage a = step(4, false, true, input);
        Storage b = step(4, false, true, a);
        Storage c = step(4, false, true, b, b);
        Storage d = step(4, true, true, c);
        Storage e = step(5, true, true, d);
        int[] capacities = plan(0, e).capacities();
        assertNotEquals(a.slot, b.slot);
        assertEquals(a.slot, c.slot);
        assertEquals(c.slot, d.slot, "in place");
        assertNotEquals(d.slot, e.slot, "another size is not in place");
        assertArrayEquals(new int[] {4, 5}, capacities);
    }

    @Test
    void whatIsReadAgainOrIsAnOutputIsNotWrittenOver() {
        Storage a = step(4, false, true, input);
        Storage b = step(4, true, true, a);
        Storage c = step(4, true, true, b, a);
        Storage d = step(4, true, true, c);
        plan(0, c, d);
        assertNotEquals(a.slot, b.slot, "a is read again");
        assertTrue(c.slot == a.slot || c.slot == b.slot, "both die there");
        assertNotEquals(c.slot, d.slot, "c is an output");
        assertTrue(input.slot == 0 && a.slot > 0, "the caller's array is not written over");
    }

    @Test
    void whatTheFirstPartLeavesForTheSecondKeepsItsBuffer() {
        Storage early = step(4, false, false, input);
        Storage first = step(4, true, true, early);
        Storage second = step(4, true, true, first);
        plan(1, second);
        assertNotEquals(early.slot, first.slot, "the next run of the second part reads it again");
        assertEquals(first.slot, second.slot);
        steps.clear();
        Storage made = step(4, false, false, input);
        Storage over = step(4, true, true, made);
        assertEquals(1, plan(0, over).capacities().length, "a program in one part keeps nothing");
        assertEquals(made.slot, over.slot);
    }

    @Test
    void constantsOfOneNumberArePrefixesOfTheLongest() {
        Storage two = Storage.constant(new double[] {7, 7}, false);
        Storage four = Storage.constant(new double[] {7, 7, 7, 7}, false);
        Storage three = Storage.constant(new double[] {7, 7, 7}, false);
        Storage mixed = Storage.constant(new double[] {7, 8}, false);
        Storage empty = Storage.constant(new double[0], false);
        Storage none = Storage.constant(new double[0], false);
        Storage sum = step(4, false, true, input, two, four, three, mixed, empty, none, mixed);
        BufferPlan plan = plan(0, sum, mixed);
        double[][] constants = plan.constants();
        assertEquals(4, constants.length);
        assertEquals(1, two.slot);
        assertEquals(1, four.slot);
        assertEquals(1, three.slot);
        assertArrayEquals(new double[] {7, 7, 7, 7}, constants[0]);
        assertEquals(2, mixed.slot);
        assertEquals(5, sum.slot);
    }

    @Test
    void constantsHavePlacesOfTheirOwnAlsoWithoutInputs() {
        Storage constant = Storage.constant(new double[] {1, 2}, false);
        Storage twice = step(2, false, true, constant, constant);
        BufferPlan plan = new BufferPlan(0, steps, 0, List.of(twice, constant));
        assertEquals(0, constant.slot);
        assertEquals(1, twice.slot);
        assertEquals(1, plan.constants().length);
    }
}
