package dev.lowland.optim.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.Run;
import dev.lowland.optim.sgd.RunStatus;
import dev.lowland.optim.support.Close;
import dev.lowland.optim.support.Problems;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class EnsembleTest {

    private final Problems problem = Problems.unfitted(Models.quadratic(2), 4, 1);
    private final LabelNoiseSgd sgd =
            LabelNoiseSgd.of(0.02).withLabelNoise(0.3).withBatchSize(2).withMomentum(0.5);
    private final Ensemble ensemble = Ensemble.of(problem.objective(), sgd);

    @Test
    void doesNotDependOnTheThreads() {
        Ensemble watched = ensemble.withReplicas(300)
                .withStates(true)
                .withStatistic(ReplicaStatistics.loss(problem.objective()), StepSchedule.every(0, 7, 200));
        EnsembleResult one = watched.run(problem.theta(), new long[] {50, 200});
        for (int threads : new int[] {2, 3, 9}) {
            EnsembleResult many = watched.withThreads(threads).run(problem.theta(), new long[] {50, 200});
            for (int i = 0; i < 2; i++) {
                assertArrayEquals(
                        one.checkpoints().get(i).mean().data,
                        many.checkpoints().get(i).mean().data);
                assertArrayEquals(
                        one.checkpoints().get(i).covariance().orElseThrow().data,
                        many.checkpoints().get(i).covariance().orElseThrow().data);
                assertArrayEquals(one.states().get(i).data, many.states().get(i).data);
            }
            StatisticSeries expected = one.statistics().get(0);
            StatisticSeries found = many.statistics().get(0);
            for (int i = 0; i < expected.schedule().count(); i++) {
                assertEquals(expected.mean(i), found.mean(i));
                assertEquals(expected.standardError(i), found.standardError(i));
            }
            assertEquals(expected.timeMean(), found.timeMean());
            assertEquals(expected.timeMeanStandardError(), found.timeMeanStandardError());
        }
    }

    @Test
    void momentsAreThoseOfTheStates() {
        for (int replicas : new int[] {1, 5, 64, 65, 130}) {
            EnsembleResult result =
                    ensemble.withReplicas(replicas).withStates(true).run(problem.theta(), 100);
            assertEquals(RunStatus.FINISHED, result.status());
            assertEquals(replicas, result.last().count());
            assertEquals(100, result.last().step());
            DMatrixRMaj states = result.states().get(0);
            assertEquals(replicas, states.numRows);
            DMatrixRMaj mean = new DMatrixRMaj(4, 1);
            for (int i = 0; i < 4; i++) {
                mean.data[i] = CommonOps_DDRM.elementSum(CommonOps_DDRM.extractColumn(states, i, null)) / replicas;
            }
            Close.check("mean", mean, result.last().mean(), 1e-13);
            if (replicas > 1) {
                DMatrixRMaj away = states.copy();
                for (int e = 0; e < away.getNumElements(); e++) {
                    away.data[e] -= mean.data[e % 4];
                }
                DMatrixRMaj covariance = new DMatrixRMaj(4, 4);
                CommonOps_DDRM.multTransA(1.0 / (replicas - 1), away, away, covariance);
                Close.check("covariance", covariance, result.last().covariance().orElseThrow(), 1e-12);
            }
        }
    }

    @Test
    void replicaZeroIsTheSingleRunAndTheOthersDiffer() {
        EnsembleResult result = ensemble.withReplicas(70).withStates(true).run(problem.theta(), 100);
        DMatrixRMaj states = result.states().get(0);
        Run single = sgd.run(problem.objective(), problem.theta(), 100);
        DMatrixRMaj first = CommonOps_DDRM.extractRow(states, 0, null);
        CommonOps_DDRM.transpose(first);
        Close.check("replica 0", single.parameters(), first, 1e-12);
        for (int r = 1; r < 70; r++) {
            assertFalse(Math.abs(states.get(r, 0) - states.get(r - 1, 0)) < 1e-9, "replica " + r);
        }
    }

    @Test
    void checkpointsAreThoseOfShorterRuns() {
        EnsembleResult result = ensemble.withReplicas(70).run(problem.theta(), new long[] {0, 63, 64, 65, 200});
        assertEquals(5, result.checkpoints().size());
        for (Moments moments : result.checkpoints()) {
            Moments direct = ensemble.withReplicas(70)
                    .run(problem.theta(), moments.step())
                    .last();
            assertArrayEquals(direct.mean().data, moments.mean().data);
            assertArrayEquals(
                    direct.covariance().orElseThrow().data, moments.covariance().orElseThrow().data);
        }
        Close.check("start", problem.theta(), result.checkpoints().get(0).mean(), 1e-15);
        assertEquals(0, result.checkpoints().get(0).standardError(0), 1e-15);
    }

    @Test
    void statisticsAreThoseOfTheStates() {
        DMatrixRMaj direction = new DMatrixRMaj(4, 1, true, 1, 0, -2, 0);
        Objective objective = problem.objective();
        EnsembleResult result = ensemble.withReplicas(70)
                .withStates(true)
                .withStatistic(ReplicaStatistics.loss(objective), StepSchedule.at(10, 90))
                .withStatistic(ReplicaStatistics.projection("along", direction, problem.theta()), StepSchedule.at(90))
                .withStatistic(ReplicaStatistics.squaredDistance("away", problem.theta()), StepSchedule.at(90))
                .withStatistic(ReplicaStatistics.of("loss again", 4, objective::loss), StepSchedule.at(10, 90))
                .run(problem.theta(), new long[] {10, 90});
        StatisticSeries loss = result.statistics().get(0);
        DMatrixRMaj states = result.states().get(1);
        double[] losses = new double[70];
        double along = 0;
        double away = 0;
        for (int r = 0; r < 70; r++) {
            DMatrixRMaj theta = new DMatrixRMaj(4, 1);
            for (int i = 0; i < 4; i++) {
                theta.data[i] = states.get(r, i);
                double moved = theta.data[i] - problem.theta().data[i];
                along += direction.data[i] * moved / 70;
                away += moved * moved / 70;
            }
            losses[r] = objective.loss(theta);
        }
        double mean = java.util.Arrays.stream(losses).average().getAsDouble();
        double squares = java.util.Arrays.stream(losses)
                .map(l -> (l - mean) * (l - mean))
                .sum();
        Close.check("mean loss", mean, loss.mean(1), 1e-12);
        Close.check("standard error", Math.sqrt(squares / 69 / 70), loss.standardError(1), 1e-11);
        Close.check("time mean", 0.5 * (loss.mean(0) + loss.mean(1)), loss.timeMean(), 1e-13);
        Close.check("along", along, result.statistics().get(1).mean(0), 1e-12);
        Close.check("away", away, result.statistics().get(2).mean(0), 1e-12);
        Close.check("function", loss.mean(1), result.statistics().get(3).mean(1), 1e-12);
        Close.check(
                "time mean's error",
                loss.timeMeanStandardError(),
                result.statistics().get(3).timeMeanStandardError(),
                1e-10);
    }

    /**
     * A probe that takes the noisy targets before each step sees exactly the steps' noise: here, gradient descent
     * driven by it.
     */
    @Test
    void aProbeCanFollowTheNoise() {
        Problems linear = Problems.unfitted(Models.linear(1), 2, 3);
        LabelNoiseSgd full = LabelNoiseSgd.of(0.1).withLabelNoise(0.5);
        double[] x = linear.objective().data().inputs().data;
        ReplicaStatistic shadow = new ReplicaStatistic() {
            @Override
            public String name() {
                return "shadow";
            }

            @Override
            public Probe begin(dev.lowland.optim.sgd.SgdStepper stepper) {
                int lanes = stepper.lanes();
                double[] own = stepper.parameters().clone();
                return new Probe() {
                    @Override
                    public boolean followsSteps() {
                        return true;
                    }

                    @Override
                    public void beforeStep(dev.lowland.optim.sgd.SgdStepper block) {
                        for (int l = 0; l < lanes; l++) {
                            double gradient = 0;
                            for (int i = 0; i < 2; i++) {
                                gradient += 0.5 * (x[i] * own[l] - block.targets()[i * lanes + l]) * x[i];
                            }
                            own[l] -= 0.1 * gradient;
                        }
                    }

                    @Override
                    public void measure(dev.lowland.optim.sgd.SgdStepper block, double[] out) {
                        for (int l = 0; l < lanes; l++) {
                            out[l] = Math.abs(own[l] - block.parameters()[l]);
                        }
                    }
                };
            }
        };
        EnsembleResult result = Ensemble.of(linear.objective(), full)
                .withReplicas(20)
                .withStatistic(shadow, StepSchedule.at(1, 150))
                .run(linear.theta(), 150);
        assertEquals(0, result.statistics().get(0).mean(0), 1e-14);
        assertEquals(0, result.statistics().get(0).mean(1), 1e-12);
        assertTrue(result.last().standardError(0) > 1e-3, "there was noise");
    }

    @Test
    void divergenceIsTheEarliestWhateverTheThreads() {
        LabelNoiseSgd wild = LabelNoiseSgd.of(0.6).withLabelNoise(1).withBatchSize(1);
        Ensemble runs = Ensemble.of(problem.objective(), wild).withReplicas(200);
        EnsembleResult one = runs.run(problem.theta(), new long[] {0, 3, 5000});
        assertEquals(RunStatus.DIVERGED, one.status());
        long step = one.divergedAtStep().getAsLong();
        int replica = one.divergedReplica().getAsInt();
        EnsembleResult many = runs.withThreads(3).run(problem.theta(), new long[] {0, 3, 5000});
        assertEquals(step, many.divergedAtStep().getAsLong());
        assertEquals(replica, many.divergedReplica().getAsInt());
        assertEquals(one.checkpoints().size(), many.checkpoints().size());
        EnsembleResult before = runs.withStates(true).run(problem.theta(), step - 1);
        assertEquals(RunStatus.FINISHED, before.status(), "no replica diverged before step " + step);
        assertEquals(RunStatus.DIVERGED, runs.run(problem.theta(), step).status());
        assertTrue(one.toString().contains("replica " + replica + " diverged at step " + step));
        for (Moments moments : one.checkpoints()) {
            assertTrue(moments.step() < step);
            assertArrayEquals(runs.run(problem.theta(), moments.step()).last().mean().data, moments.mean().data);
        }
        assertThrows(IllegalStateException.class, one::last);
        assertTrue(one.statistics().isEmpty());
    }

    /**
     * Fewer replicas side by side where a step touches much, and each of them takes the same steps as before, to the
     * bit.
     */
    @Test
    void blocksFitTheCache() {
        Problems network = Problems.unfitted(Models.mlp(10, 20, 1).withActivation(Activation.TANH), 64, 3);
        for (int batch : new int[] {1, 8, 64}) {
            LabelNoiseSgd steps = LabelNoiseSgd.of(0.01).withLabelNoise(0.1).withBatchSize(batch);
            Ensemble networks =
                    Ensemble.of(network.objective(), steps).withReplicas(70).withStates(true);
            int lanes = networks.program().lanes();
            assertEquals(batch == 1 ? 64 : batch == 8 ? 32 : 16, lanes);
            double[] states = networks.run(network.theta(), 20).states().get(0).data;
            double[] few =
                    networks.withReplicas(8).run(network.theta(), 20).states().get(0).data;
            assertArrayEquals(few, Arrays.copyOf(states, few.length));
        }
        assertEquals(64, ensemble.withReplicas(70).program().lanes());
        assertEquals(40, ensemble.withReplicas(33).program().lanes());
    }

    /** A replica that is work enough is alone in its block, and then has the bits of its single run. */
    @Test
    void largeReplicasAreAlone() {
        Problems network = Problems.unfitted(Models.mlp(64, 64, 10).withActivation(Activation.TANH), 64, 3);
        for (int batch : new int[] {48, 64}) {
            LabelNoiseSgd steps = LabelNoiseSgd.of(0.01).withLabelNoise(0.1).withBatchSize(batch);
            Ensemble networks = Ensemble.of(network.objective(), steps).withReplicas(5);
            assertEquals(batch == 48 ? 8 : 1, networks.program().lanes());
        }
        LabelNoiseSgd steps = LabelNoiseSgd.of(0.01).withLabelNoise(0.1).withThreads(3);
        Ensemble networks =
                Ensemble.of(network.objective(), steps).withReplicas(5).withStates(true);
        EnsembleResult result = networks.withThreads(2).run(network.theta(), new long[] {3, 20});
        EnsembleResult again = networks.run(network.theta(), new long[] {3, 20});
        double[] states = result.states().get(1).data;
        double[] single = steps.run(network.objective(), network.theta(), 20).parameters().data;
        assertArrayEquals(single, Arrays.copyOf(states, single.length));
        assertArrayEquals(again.states().get(1).data, states);
        assertArrayEquals(
                again.last().variance().orElseThrow().data,
                result.last().variance().orElseThrow().data);
        double sum = 0;
        for (int r = 0; r < 5; r++) {
            sum += states[r * single.length];
        }
        double squares = 0;
        for (int r = 0; r < 5; r++) {
            squares += Math.pow(states[r * single.length] - sum / 5, 2);
        }
        assertEquals(sum / 5, result.last().mean().data[0], 1e-15);
        assertEquals(squares / 4, result.last().variance().orElseThrow().data[0], 1e-12 * squares);
    }

    /**
     * The last block is filled up with replicas that are not part of the ensemble; that one of them diverges is of no
     * interest.
     */
    @Test
    void lanesBeyondTheReplicasDoNotCount() {
        EnsembleResult few = ensemble.withReplicas(3).withStates(true).run(problem.theta(), 50);
        EnsembleResult more = ensemble.withReplicas(8).withStates(true).run(problem.theta(), 50);
        assertEquals(3, few.states().get(0).numRows);
        for (int r = 0; r < 3; r++) {
            for (int i = 0; i < 4; i++) {
                assertEquals(more.states().get(0).get(r, i), few.states().get(0).get(r, i));
            }
        }
        Ensemble runs = ensemble;
        int first = 0;
        long step = 0;
        for (int seed = 1; first % 8 == 0; seed++) {
            LabelNoiseSgd wild =
                    LabelNoiseSgd.of(0.6).withLabelNoise(1).withBatchSize(1).withSeed(seed);
            runs = Ensemble.of(problem.objective(), wild);
            EnsembleResult all = runs.withReplicas(64).run(problem.theta(), 5000);
            first = all.divergedReplica().getAsInt();
            step = all.divergedAtStep().getAsLong();
        }
        assertEquals(
                RunStatus.FINISHED,
                runs.withReplicas(first).run(problem.theta(), step).status());
        assertEquals(
                RunStatus.DIVERGED,
                runs.withReplicas(first + 1).run(problem.theta(), step).status());
    }

    @Test
    void progressAddsUp() {
        AtomicLong most = new AtomicLong();
        AtomicLong total = new AtomicLong();
        ensemble.withReplicas(100)
                .withThreads(2)
                .withProgress((done, all) -> {
                    most.accumulateAndGet(done, Math::max);
                    total.set(all);
                })
                .run(problem.theta(), 9000);
        assertEquals(900_000, total.get());
        assertEquals(900_000, most.get());
    }

    @Test
    void stopsWhenAsked() {
        EnsembleResult result =
                ensemble.withReplicas(100).withThreads(2).withStop(() -> true).run(problem.theta(), 1_000_000_000L);
        assertEquals(RunStatus.STOPPED, result.status());
        assertTrue(result.checkpoints().isEmpty());
        assertThrows(IllegalStateException.class, result::last);
    }

    @Test
    void stopsAtAnInterruptAndLeavesItSet() {
        Thread.currentThread().interrupt();
        EnsembleResult result = ensemble.withReplicas(100).withThreads(2).run(problem.theta(), 1_000_000_000L);
        assertTrue(Thread.interrupted());
        assertEquals(RunStatus.STOPPED, result.status());
    }

    @Test
    void anExceptionOfAWatchEndsTheRunAndArrives() {
        ReplicaStatistic broken = ReplicaStatistics.of("broken", 4, theta -> Double.NaN);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> ensemble.withReplicas(200)
                                .withThreads(2)
                                .withStatistic(broken, StepSchedule.at(3))
                                .run(problem.theta(), 1_000_000))
                .getMessage();
        assertTrue(message.contains("broken is NaN in replica"), message);
    }

    @Test
    void leavesNoThreadBehind() {
        ensemble.withReplicas(300).withThreads(4).run(problem.theta(), 10);
        boolean left = Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("lowland-ensemble"));
        assertFalse(left);
    }

    /** Sums and products that have no room in an int or a long. */
    @Test
    void takesAsManyReplicasAsThereAreStreams() {
        assertEquals(33_554_432, EnsembleRun.blocks(Integer.MAX_VALUE, 64));
        assertEquals(1, EnsembleRun.blocks(1, 64));
        assertEquals(2, EnsembleRun.blocks(65, 64));
        for (int replicas : new int[] {2_147_483_600, Integer.MAX_VALUE}) {
            AtomicLong done = new AtomicLong();
            AtomicLong total = new AtomicLong();
            EnsembleResult result = ensemble.withReplicas(replicas)
                    .withProgress((steps, all) -> {
                        done.set(steps);
                        total.set(all);
                    })
                    .withStop(() -> done.get() > 1000)
                    .run(problem.theta(), 1);
            assertEquals(RunStatus.STOPPED, result.status());
            assertEquals(replicas, total.get());
            assertTrue(done.get() > 1000 && done.get() < total.get());
        }
        refusedExactly(
                "Ensemble.run: steps of 2147483600 replicas is 4294967465, must be at most 4294967392",
                () -> ensemble.withReplicas(2_147_483_600).run(problem.theta(), 4_294_967_465L));
    }

    @Test
    void statesThatDoNotFitAreRefused() {
        refusedExactly(
                "Ensemble.run: memory for the states of 1000000000 replicas of 4 parameters is 32000000000"
                        + " bytes in one array, must be at most 17179869112",
                () -> ensemble.withReplicas(1_000_000_000).withStates(true).run(problem.theta(), 1));
    }

    @Test
    void refusesBadInput() {
        refused("replicas", () -> ensemble.withReplicas(0));
        refused("threads", () -> ensemble.withThreads(0));
        refused("theta is 3×1, must be 4×1", () -> ensemble.run(new DMatrixRMaj(3, 1), 1));
        refused("step 0", () -> ensemble.run(problem.theta(), -1));
        refused("number of steps", () -> ensemble.run(problem.theta(), new long[0]));
        refused("step 1", () -> ensemble.run(problem.theta(), new long[] {5, 5}));
        refused("theta is NaN", () -> ensemble.run(new DMatrixRMaj(4, 1, true, 0, 0, Double.NaN, 0), 1));
        Ensemble late = ensemble.withStatistic(ReplicaStatistics.loss(problem.objective()), StepSchedule.at(11));
        refused("statistic loss", () -> late.run(problem.theta(), 10));
        Ensemble other = ensemble.withStatistic(ReplicaStatistics.of("x", 3, theta -> 0), StepSchedule.at(1));
        refusedExactly(
                "Ensemble.run: statistic x is one of 3 parameters, must be one of 4",
                () -> other.run(problem.theta(), 10));
        refusedExactly(
                "Ensemble: directions of moments is 3×2, must be 4×any",
                () -> ensemble.withMoments(MomentKind.mean().withDirections(new DMatrixRMaj(3, 2))));
        nullRefused("Ensemble: objective is null, must be given", () -> Ensemble.of(null, sgd));
        nullRefused(
                "Ensemble: sgd is null, must be given", () -> Ensemble.of(problem.objective(), (LabelNoiseSgd) null));
        nullRefused("Ensemble: listener is null, must be given", () -> ensemble.withProgress(null));
        nullRefused("Ensemble: condition is null, must be given", () -> ensemble.withStop(null));
        nullRefused("Ensemble: kind is null, must be given", () -> ensemble.withMoments(null));
        nullRefused(
                "Ensemble: statistic is null, must be given", () -> ensemble.withStatistic(null, StepSchedule.at(1)));
        nullRefused("Ensemble.run: theta is null, must be given", () -> ensemble.run(null, 1));
        nullRefused("Ensemble.run: checkpoints is null, must be given", () -> ensemble.run(problem.theta(), null));
    }

    private static void nullRefused(String text, Runnable action) {
        assertEquals(text, assertThrows(NullPointerException.class, action::run).getMessage());
    }

    private static void refusedExactly(String text, Runnable action) {
        assertEquals(
                text, assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }

    private static void refused(String text, Runnable action) {
        String message =
                assertThrows(IllegalArgumentException.class, action::run).getMessage();
        assertTrue(message.contains(text), message);
    }
}
