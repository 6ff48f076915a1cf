package dev.lowland.optim.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** How often a class becomes another, over uniform numbers at equal distances: each share to one part in them. */
class FlipsTest {

    private static final int NUMBERS = 40_000;

    /** The share of each class that one of K classes becomes. */
    private static double[] shares(Flips flips, int from, int classes) {
        int outputs = classes == 2 ? 1 : classes;
        double[] clean = new double[outputs + 3];
        if (outputs == 1) {
            clean[3] = from == 0 ? -1 : 1;
        } else {
            clean[3 + from] = 1;
        }
        double[] shares = new double[classes];
        double[] out = new double[2 * outputs + 1];
        for (int i = 0; i < NUMBERS; i++) {
            flips.flip((i + 0.5) / NUMBERS, clean, 3, outputs, out, 1, 2);
            int to = outputs == 1 ? (out[1] > 0 ? 1 : 0) : 0;
            double sum = 0;
            for (int j = 0; j < outputs; j++) {
                sum += Math.abs(out[1 + 2 * j]);
                to = outputs > 1 && out[1 + 2 * j] == 1 ? j : to;
            }
            assertEquals(1, sum, "one class, of size 1");
            shares[to] += 1.0 / NUMBERS;
        }
        return shares;
    }

    @Test
    void uniformFlipsGoToEveryOtherClassAlike() {
        for (int classes : new int[] {2, 3, 5}) {
            for (double probability : new double[] {0, 0.2, 0.7, 1}) {
                for (int from = 0; from < classes; from++) {
                    double[] expected = new double[classes];
                    for (int to = 0; to < classes; to++) {
                        expected[to] = to == from ? 1 - probability : probability / (classes - 1);
                    }
                    double[] found = shares(Flips.uniform(probability), from, classes);
                    assertArrayEquals(expected, found, 2.0 / NUMBERS, classes + " classes, p = " + probability);
                }
            }
        }
    }

    @Test
    void transitionsHaveTheSharesOfTheirRow() {
        double[][] matrix = {{0.5, 0.3, 0.2, 0}, {0, 0, 1, 0}, {0.25, 0.25, 0.25, 0.25}, {0.9, 0.05, 0, 0.05}};
        Flips flips = Flips.transitions(new DMatrixRMaj(matrix));
        for (int from = 0; from < 4; from++) {
            assertArrayEquals(matrix[from], shares(flips, from, 4), 2.0 / NUMBERS, "from " + from);
        }
        double[][] two = {{0.9, 0.1}, {0.4, 0.6}};
        for (int from = 0; from < 2; from++) {
            assertArrayEquals(
                    two[from], shares(Flips.transitions(new DMatrixRMaj(two)), from, 2), 2.0 / NUMBERS, "from " + from);
        }
    }

    /** A row may sum to a little less than 1; the largest uniform number still gives a class that has a probability. */
    @Test
    void theLastNumberDoesNotGoToAClassOfNoProbability() {
        double third = 1.0 / 3 - 1e-14;
        Flips flips = Flips.transitions(
                new DMatrixRMaj(new double[][] {{third, third, third, 0}, {1, 0, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}}));
        double[] out = new double[4];
        flips.flip(Math.nextDown(1.0), new double[] {1, 0, 0, 0}, 0, 4, out, 0, 1);
        assertArrayEquals(new double[] {0, 0, 1, 0}, out);
    }
}
