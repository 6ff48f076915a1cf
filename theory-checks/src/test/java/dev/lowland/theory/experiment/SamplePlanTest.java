package dev.lowland.theory.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.theory.claim.Estimate;
import dev.lowland.theory.claim.Expectation;
import dev.lowland.theory.claim.Expectation.Alternative;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plans are those of the formulas, and are enough. */
class SamplePlanTest {

    private static final int PILOT = 10_001;

    /** A pilot whose one sample has this standard deviation. */
    private static Estimate pilot(double deviation) {
        return new Estimate(123, deviation / Math.sqrt(PILOT), PILOT, 1);
    }

    private static SamplePlan.Need need(Expectation expectation, double deviation) {
        return SamplePlan.of(List.of(expectation), List.of(pilot(deviation)))
                .needs()
                .get(0);
    }

    @Test
    void precisionAsksForItsFormula() {
        SamplePlan.Need need = need(new Expectation("x", 1, 0.01, 1, List.of()), 0.2);
        assertEquals(0.2 * 1.0223, need.deviation(), 1e-4);
        double exact = Math.pow(4 * need.deviation() / 0.01, 2);
        assertTrue(need.samples() >= exact && need.samples() < exact + 64, need::toString);
        assertEquals(0, need.samples() % 64);
    }

    @Test
    void aWrongTheoryNearbyAsksForMore() {
        Expectation expectation = new Expectation(
                "x",
                1,
                0.001,
                1,
                List.of(Alternative.mustReject("near", 1.012), Alternative.reported("nearer", 1.0001)));
        SamplePlan.Need need = need(expectation, 0.2);
        double exact = Math.pow(10 * need.deviation() / 0.01, 2);
        assertTrue(need.samples() >= exact && need.samples() < exact + 64, need::toString);
        assertTrue(need.toString().contains("near"), need::toString);
    }

    @Test
    void whatNoNumberDecidesIsSaid() {
        assertEquals(
                Long.MAX_VALUE,
                need(new Expectation("x", 1, 0.03, 1, List.of()), 0.2).samples());
        List<Alternative> inside = List.of(Alternative.mustReject("inside the bias", 1.015));
        SamplePlan.Need need = need(new Expectation("x", 1, 0.01, 1, inside), 0.2);
        assertEquals(Long.MAX_VALUE, need.samples());
        assertTrue(need.toString().contains("no number of samples is enough"), need::toString);
    }

    @Test
    void thePilotsValueDoesNotMatterAndALittleScatterNeedsTheLeast() {
        Expectation expectation = new Expectation("x", 1, 0, 1, List.of());
        assertEquals(SamplePlan.LEAST, need(expectation, 1e-9).samples());
        Estimate broken = new Estimate(Double.NaN, Double.NaN, PILOT, 1);
        assertEquals(
                SamplePlan.LEAST,
                SamplePlan.of(List.of(expectation), List.of(broken)).samples());
    }

    @Test
    void theLargestNeedCounts() {
        Expectation rough = new Expectation("rough", 1, 0, 1, List.of());
        Expectation fine = new Expectation("fine", 1, 0, 0.1, List.of());
        SamplePlan plan = SamplePlan.of(List.of(rough, fine), List.of(pilot(1), pilot(1)));
        assertEquals(plan.needs().get(1).samples(), plan.samples());
        assertTrue(plan.samples() > 50 * plan.needs().get(0).samples());
    }

    @Test
    void argumentsThatDoNotFitAreNamed() {
        Expectation expectation = new Expectation("x", 1, 0, 1, List.of());
        assertThrows(IllegalArgumentException.class, () -> SamplePlan.of(List.of(expectation), List.of()));
        Estimate one = new Estimate(1, 0, 1, 1);
        assertThrows(IllegalArgumentException.class, () -> SamplePlan.of(List.of(expectation), List.of(one)));
    }

    /** The deviation of a normal law is underestimated by one pilot of ten in a thousand. */
    @Test
    void theDeviationIsAnUpperBound() {
        int low = 0;
        int pilots = 4000;
        for (int p = 0; p < pilots; p++) {
            RunningEstimate mean = new RunningEstimate();
            RandomStream stream = RandomStream.of(3, p, Purpose.TEST);
            for (int i = 0; i < 20; i++) {
                mean.add(stream.gaussian(i));
            }
            Expectation expectation = new Expectation("x", 1, 0, 1, List.of());
            SamplePlan plan = SamplePlan.of(List.of(expectation), List.of(mean.estimate(3)));
            low += plan.needs().get(0).deviation() < 1 ? 1 : 0;
        }
        assertTrue(low <= 14, low + " of " + pilots + " are too low, 4 are expected");
    }
}
