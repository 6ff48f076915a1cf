package dev.lowland.optim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Initialiser;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.curvature.Curvature;
import dev.lowland.optim.curvature.CurvatureOperator;
import dev.lowland.optim.ensemble.ReplicaStatistic;
import dev.lowland.optim.ensemble.ReplicaStatistics;
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

    /** An objective with all that is usually done with it, and then further runs beside it. */
    @Test
    void allThatWorksOnDataTakesLittleMoreThanTheyDo() throws InterruptedException {
        DMatrixRMaj out = new DMatrixRMaj(MODEL.parameterCount(), 1);
        before = used();
        last = before;
        Objective objective = Objective.of(MODEL, Losses.crossEntropy(CLASSES, 0.2), data());
        alive.add(objective);
        grown("data and objective", DATA_BYTES + (4 << 20));

        ObjectiveEvaluator evaluator = objective.evaluator();
        evaluator.loss(THETA);
        evaluator.gradient(THETA, out);
        alive.add(evaluator);
        grown("evaluator", DATA_BYTES / 10);

        LabelNoiseSgd sgd = LabelNoiseSgd.of(0.01).withThreads(2);
        step(sgd.withBatchSize(256).compile(objective, 1), 0);
        grown("run", DATA_BYTES / 10);

        CurvatureOperator curvature = Curvature.of(objective).withThreads(2).at(THETA);
        curvature.apply(THETA, out);
        alive.add(curvature);
        grown("curvature, two threads", 75 << 20);
        assertTrue(last - before <= 1.3 * DATA_BYTES, told.toString());

        SgdProgram block = sgd.withBatchSize(32).compile(objective, 8);
        long lanesBytes = 8L * 8 * MODEL.parameterCount();
        for (int thread = 0; thread < 2; thread++) {
            step(block, 8 * thread);
            grown("a thread of an ensemble, 8 lanes", 4 * lanesBytes);
        }
        step(sgd.withFullBatch().compile(objective, 1), 0);
        grown("run on the full batch, two threads", DATA_BYTES / 5);
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
    private void grown(String what, long most) throws InterruptedException {
        long now = used();
        told.append(what).append(" +").append((now - last) >> 20).append(" MB; ");
        assertTrue(now - last <= most, told + "allowed " + (most >> 20) + " MB");
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
