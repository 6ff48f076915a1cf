package dev.lowland.optim.fluctuation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lowland.optim.support.Close;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeavyBallVarianceTest {

    /** Var x_k = v Σ_{j<k} r_j² with the impulse response r_0 = 1, r_{j+1} = (1 + β − a) r_j − β r_{j−1}. */
    static double bySum(double a, double momentum, double v, long steps) {
        double before = 0;
        double response = 1;
        double sum = 0;
        for (long k = 0; k < steps; k++) {
            sum += v * response * response;
            double next = (1 + momentum - a) * response - momentum * before;
            before = response;
            response = next;
        }
        return sum;
    }

    @Test
    void isTheSumOfSquaredResponses() {
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            double momentum = random.nextInt(3) == 0 ? 0 : random.nextDouble();
            double a = 2 * (1 + momentum) * random.nextDouble();
            long steps = random.nextInt(200);
            check(a, momentum, steps);
        }
    }

    @Test
    void alsoAtTheEdgesAndBeyond() {
        check(0, 0, 50);
        check(0, 0.7, 50);
        check(1, 0, 50);
        check(2, 0, 50);
        check(2.1, 0, 50);
        check(3.8, 0.9, 50);
        check(4, 0.9, 50);
        assertEquals(0, HeavyBallVariance.afterSteps(0.5, 0.3, 1, 0));
        Close.check("small a", 1000, HeavyBallVariance.afterSteps(1e-15, 0, 1, 1000), 1e-11);
    }

    @Test
    void tendsToTheStationaryVariance() {
        for (double momentum : new double[] {0, 0.5, 0.9}) {
            for (double a : new double[] {0.1, 1, 1.9}) {
                double limit = 1 / ((1 - momentum) * a * (2 - a / (1 + momentum)));
                Close.check("a = " + a, limit, HeavyBallVariance.afterSteps(a, momentum, 1, 1L << 40), 1e-9);
            }
        }
    }

    static void check(double a, double momentum, long steps) {
        String what = "a = " + a + ", momentum = " + momentum + ", steps = " + steps;
        Close.check(what, bySum(a, momentum, 0.3, steps), HeavyBallVariance.afterSteps(a, momentum, 0.3, steps), 1e-9);
    }
}
