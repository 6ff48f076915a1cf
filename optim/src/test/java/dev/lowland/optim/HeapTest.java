package dev.lowland.optim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Initialiser;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.curvature.Curvature;
import dev.lowland.optim.curvature.CurvatureOperator;
import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.ensemble.MomentKind;
import dev.lowland.optim.ensemble.ReplicaStatistic;
import dev.lowland.optim.ensemble.ReplicaStatistics;
import dev.lowland.optim.ensemble.StepSchedule;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.objective.ObjectiveEvaluator;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.SgdProgram;
import dev.lowland.optim.sgd.SgdStepper;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The samples are in memory once, whatever works on them. */
@Tag("long")
class HeapTest {

    private static final int SAMPLES = 60_000;
    private static final int INPUTS = 784;
    private static final int CLASSES = 10;
    private static final Model MODEL = Models.mlp(INPUTS, 256, CLASSES);
    private static final DMatrixRMaj THETA = Initialiser.XAVIER.theta(MODEL, 1);
    private static final long DATA_BYTES = 8L * SAMPLES * (INPUTS + CLASSES);

    private final List<Object> alive = new ArrayList<>();
    private final StringBuilder told = new StringBuilder();
    private long before;
    private long last;
    private long most;

    /** An objective with all that is usually done with it, and then further runs beside it. */
    @Test
    void allThatWorksOnDataTakesLittleMoreThanTheyDo() throws InterruptedException {
        DMatrixRMaj out = new DMatrixRMaj(MODEL.parameterCount(), 1);
        before = used();
        last = before;
        Objective objective = Objective.of(MODEL, Losses.crossEntropy(CLASSES, 0.2), data());
        alive.add(objective);
        grown("data and objective", DATA_BYTES + (4 << 20));

        LabelNoiseSgd sgd = LabelNoiseSgd.of(0.01).withThreads(2);
        step(sgd.withBatchSize(256).compile(objective, 1), 0);
        grown("run", DATA_BYTES / 10);

        CurvatureOperator curvature = Curvature.of(objective).withThreads(2).at(THETA);
        curvature.apply(THETA, out);
        alive.add(curvature);
        grown("curvature, two threads", 75 << 20);
        ensemble(objective, sgd.withBatchSize(32));
        assertTrue(most <= 1.3 * DATA_BYTES, told + "of " + (DATA_BYTES >> 20) + " MB");

        last = used();
        ObjectiveEvaluator evaluator = objective.evaluator();
        evaluator.loss(THETA);
        evaluator.gradient(THETA, out);
        alive.add(evaluator);
        grown("evaluator", DATA_BYTES / 10);
        step(sgd.withFullBatch().compile(objective, 1), 0);
        grown("run on the full batch, two threads", DATA_BYTES / 5);
    }

    /** Two threads, each with a replica under way, and the moments of those before it. */
    private void ensemble(Objective objective, LabelNoiseSgd sgd) throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        Ensemble ensemble = Ensemble.of(objective, sgd)
                .withReplicas(4)
                .withThreads(2)
                .withMoments(MomentKind.diagonal())
                .withStatistic(ReplicaStatistics.loss(objective), StepSchedule.at(0, 2))
                .withStop(() -> asked.incrementAndGet() == 4 && measured("ensemble, two threads", DATA_BYTES / 10));
        ensemble.run(THETA, 400);
        assertTrue(asked.get() >= 4, "the ensemble ended before it was looked at");
    }

    /** Looks at the heap while others work on; false, so that they go on. */
    private boolean measured(String what, long allowed) {
        try {
            grown(what, allowed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** A stepper that has taken a step and measured the loss of its lanes. */
    private void step(SgdProgram program, int firstReplica) {
        SgdStepper stepper = program.newStepper();
        stepper.start(THETA.data, firstReplica);
        ReplicaStatistic.Probe loss =
                ReplicaStatistics.loss(program.objective()).begin(stepper);
        stepper.step();
        loss.measure(stepper, new double[program.lanes()]);
        stepper.close();
        alive.add(stepper);
    }

    private static Data data() {
        DMatrixRMaj inputs = new DMatrixRMaj(SAMPLES, INPUTS);
        RandomStream.of(1, 0, Purpose.DATA).fillUniform(0, SAMPLES * INPUTS, inputs.data, 0, 1);
        int[] classes = new int[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            classes[i] = i % CLASSES;
        }
        return Data.ofClasses(inputs, classes, CLASSES);
    }

    /** What is alive has grown by at most so many bytes since the last call. */
    private void grown(String what, long allowed) throws InterruptedException {
        long now = used();
        most = Math.max(most, now - before);
        told.append(what).append(" +").append((now - last) >> 20).append(" MB; ");
        assertTrue(now - last <= allowed, told + "allowed " + (allowed >> 20) + " MB");
        last = now;
    }

    private static long used() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
