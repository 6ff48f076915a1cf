package dev.lowland.optim.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.flatness.DriftEvaluator;
import dev.lowland.optim.flatness.DriftField;
import dev.lowland.optim.flatness.NoPotential;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.flatness.QuarterTrace;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.support.Close;
import dev.lowland.optim.support.Problems;
import java.util.OptionalLong;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A flow that is at rest costs nothing, and ends where all the plain steps end. */
@Timeout(60)
class RestTest {

    private static final long ENDLESS = 1_000_000_000_000_000L;

    /** The same field; but its evaluators do not promise equal values at equal points, so all steps are taken. */
    private record Remembering(DriftField field) implements DriftField {
        @Override
        public String name() {
            return field.name();
        }

        @Override
        public DriftEvaluator evaluator() {
            DriftEvaluator inner = field.evaluator();
            return new DriftEvaluator() {
                @Override
                public PotentialStatus field(DMatrixRMaj theta, DMatrixRMaj out) {
                    return inner.field(theta, out);
                }

                @Override
                public boolean remembers() {
                    return true;
                }
            };
        }
    }

    @Test
    void aStationaryPointTakesOneStep() {
        Problems problem = Problems.interpolated(Models.linear(3), 2, 1);
        SlowFlow flow = SlowFlow.of(problem.objective(), LabelNoiseSgd.of(0.1).withLabelNoise(0.1));
        SlowFlowResult result = flow.run(problem.theta(), new long[] {7, ENDLESS});
        assertArrayEquals(problem.theta().data, result.parameters().data);
        assertEquals(ENDLESS, result.steps());
        assertEquals(1, result.plainSteps());
        assertEquals(OptionalLong.of(0), result.restStep());
        SlowFlowResult inLongSteps = flow.withLongSteps(1e-6).run(problem.theta(), new long[] {7, ENDLESS});
        assertArrayEquals(problem.theta().data, inLongSteps.parameters().data);
        assertEquals(0, inLongSteps.errorEstimate());
        assertEquals(OptionalLong.of(0), inLongSteps.restStep());
    }

    /** Of a linear model, which has one best θ: no number of it vanishes, which would take until it underflows. */
    @ParameterizedTest
    @CsvSource({"1.0, 0", "0.5, 0.6", "1.6, 0"})
    void endsWithTheBitsOfAllTheSteps(double sharpness, double momentum) {
        Problems problem = Problems.unfitted(Models.linear(3), 5, 2);
        SlowFlow flow = SlowFlow.of(problem.objective(), optimiser(problem, sharpness, momentum, 0.02));
        SlowFlowResult rested = flow.run(problem.theta(), ENDLESS);
        long rest = rested.restStep().orElseThrow();
        assertTrue(rested.plainSteps() < 200_000, () -> rested.plainSteps() + " steps");
        assertEquals(ENDLESS, rested.steps());
        SlowFlow every = flow.withDrift(new Remembering(flow.drift()));
        for (long steps : new long[] {rest, rest + 1, rested.plainSteps() + 1001}) {
            SlowFlowResult all = every.run(problem.theta(), steps);
            assertEquals(steps, all.plainSteps());
            assertTrue(all.restStep().isEmpty());
            assertArrayEquals(
                    all.parameters().data, flow.run(problem.theta(), steps).parameters().data);
        }
    }

    /** η h = 2: θ goes to and fro between two points, for ever. */
    @Test
    void circlesAreKnownToo() {
        DMatrixRMaj one = new DMatrixRMaj(1, 1, true, 1);
        Objective objective = Objective.of(Models.linear(1), Losses.square(), Data.of(one, new DMatrixRMaj(1, 1)));
        DMatrixRMaj theta = new DMatrixRMaj(1, 1, true, 0.75);
        SlowFlow flow = SlowFlow.along(objective, LabelNoiseSgd.of(2), new NoPotential());
        SlowFlowResult result = flow.run(theta, new long[] {ENDLESS, ENDLESS + 1, ENDLESS + 7, ENDLESS + 8});
        double[] expected = {0.75, -0.75, -0.75, 0.75};
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], result.path().get(i).parameters().data[0]);
        }
        assertTrue(result.plainSteps() < 10, () -> result.plainSteps() + " steps");
    }

    /** η = 3/2, β = 1/2, h = 1, in numbers that are exact: θ stands still for a step, with a velocity, and goes on. */
    @Test
    void aStateThatStandsStillForAStepIsNotAtRest() {
        DMatrixRMaj one = new DMatrixRMaj(1, 1, true, 1);
        Objective objective = Objective.of(Models.linear(1), Losses.square(), Data.of(one, new DMatrixRMaj(1, 1)));
        LabelNoiseSgd optimiser = LabelNoiseSgd.of(1.5).withMomentum(0.5);
        SlowFlow flow = SlowFlow.along(objective, optimiser, new NoPotential());
        SlowFlowResult result = flow.run(one, new long[] {1, 2, 3, 4});
        double[] expected = {-0.5, -0.5, 0.25, 0.25};
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], result.path().get(i).parameters().data[0]);
        }
        assertEquals(4, result.plainSteps());
        assertEquals(OptionalLong.empty(), result.restStep());
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"1.6, 0, 1e-2", "0.5, 0, 1e-2", "0.8, 0.7, 1e-2"})
    void longStepsComeToRestWherePlainOnesDo(double sharpness, double momentum, double lambda) {
        Problems problem = Problems.table(5);
        SlowFlow flow = SlowFlow.of(problem.objective(), optimiser(problem, sharpness, momentum, lambda));
        SlowFlowResult plain = flow.run(problem.theta(), 200_000);
        SlowFlowResult quick = flow.withLongSteps(1e-6).run(problem.theta(), ENDLESS);
        assertTrue(quick.restStep().isPresent());
        assertTrue(quick.longSteps() + quick.plainSteps() < 100_000, () -> quick.plainSteps() + " steps");
        double error = Close.distance(plain.parameters(), quick.parameters());
        assertTrue(error <= quick.errorEstimate(), () -> error + " of " + quick.errorEstimate());
        assertTrue(quick.errorEstimate() < 1e-6, () -> "stated " + quick.errorEstimate());
    }

    private static LabelNoiseSgd optimiser(Problems problem, double sharpness, double momentum, double lambda) {
        double top = QuarterTrace.of(problem.objective()).at(problem.theta()).topEigenvalue();
        double eta = sharpness * (1 + momentum) / top;
        return LabelNoiseSgd.of(eta)
                .withMomentum(momentum)
                .withLabelNoise(Math.sqrt(lambda * 3 * (1 - momentum) / eta));
    }
}
