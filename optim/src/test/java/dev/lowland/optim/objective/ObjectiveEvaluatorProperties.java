package dev.lowland.optim.objective;

import dev.lowland.optim.support.Close;
import dev.lowland.optim.support.Problems;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Assertions;

class ObjectiveEvaluatorProperties {

    @Property(tries = 60)
    void secondOrderIsTheSameBothWays(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed, @ForAll @IntRange(min = 1, max = 6) int samples) {
        secondOrder(seed, samples);
    }

    @Property(tries = 60)
    void thirdOrderIsLinearInTheSumOfOuterProducts(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        thirdOrder(seed);
    }

    /** Jets along v give vᵀHv, and H is symmetric: uᵀ(Hv) = vᵀ(Hu). */
    static void secondOrder(long seed, int samples) {
        Problems problem = Problems.unfitted(Problems.model(seed), samples, seed);
        ObjectiveEvaluator evaluator = problem.objective().evaluator();
        int size = problem.theta().numRows;
        Random random = new Random(seed + 1);
        DMatrixRMaj u = Problems.gaussian(size, 1, random);
        DMatrixRMaj v = Problems.gaussian(size, 1, random);
        DMatrixRMaj hv = new DMatrixRMaj(size, 1);
        DMatrixRMaj hu = new DMatrixRMaj(size, 1);
        evaluator.hessianVector(problem.theta(), v, hv);
        evaluator.hessianVector(problem.theta(), u, hu);
        double scale = 1e-12 * (1 + Math.sqrt(CommonOps_DDRM.dot(hv, hv)) + Math.sqrt(CommonOps_DDRM.dot(hu, hu)));
        Assertions.assertEquals(CommonOps_DDRM.dot(u, hv), CommonOps_DDRM.dot(v, hu), 10 * scale, "seed " + seed);
        double jet = evaluator.thirdOrder(problem.theta(), v, hu);
        Assertions.assertEquals(CommonOps_DDRM.dot(v, hv), jet, 10 * scale, "seed " + seed);
    }

    /** W and W Q, Q orthogonal, have one W Wᵀ and so one gradient. */
    static void thirdOrder(long seed) {
        Problems problem = Problems.unfitted(Problems.model(seed), 3, seed);
        int size = problem.theta().numRows;
        Random random = new Random(seed + 1);
        DMatrixRMaj directions = Problems.gaussian(size, 2, random);
        double angle = random.nextDouble();
        DMatrixRMaj turn =
                new DMatrixRMaj(2, 2, true, Math.cos(angle), -Math.sin(angle), Math.sin(angle), Math.cos(angle));
        DMatrixRMaj turned = new DMatrixRMaj(size, 2);
        CommonOps_DDRM.mult(directions, turn, turned);
        DMatrixRMaj expected = new DMatrixRMaj(size, 1);
        DMatrixRMaj measured = new DMatrixRMaj(size, 1);
        problem.objective().thirdOrder(problem.theta(), directions, expected);
        problem.objective().thirdOrder(problem.theta(), turned, measured);
        double scale = 1 + Math.sqrt(CommonOps_DDRM.dot(expected, expected));
        Assertions.assertEquals(0, Close.distance(expected, measured), 1e-11 * scale, "seed " + seed);
    }
}
