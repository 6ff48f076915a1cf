package dev.lowland.jmh.cold;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.random.Purpose;
import dev.lowland.jmh.Problems;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.SgdStepper;
import java.lang.management.ManagementFactory;
import org.ejml.data.DMatrixRMaj;

/**
 * What somebody who embeds the library does in a fresh virtual machine, timed from the start of {@code main}. Run by
 * {@link ColdStart}, one process for each piece of work.
 */
final class ColdWork {
    private static final int WARM_SIZE = 64;
    private static final int WARM_PRODUCTS = 100_000;
    private static final int SAMPLES = 64;

    private ColdWork() {}

    /**
     * Prints the nanoseconds that the work took by the clock, and those of all processors since the process began.
     *
     * @param arguments {@code steps FAMILY BATCH COUNT}, {@code product SIZE} or {@code products SIZE COUNT}: the
     *     latter once those of 64 × 64 are fast
     */
    public static void main(String[] arguments) throws Exception {
        long start = System.nanoTime();
        int size = Integer.parseInt(arguments[arguments.length > 3 ? 2 : 1]);
        switch (arguments[0]) {
            case "steps" -> steps(arguments[1], size, Integer.parseInt(arguments[3]));
            case "product" -> start = products(size, 1);
            case "products" -> {
                products(WARM_SIZE, WARM_PRODUCTS);
                start = products(size, Integer.parseInt(arguments[2]));
            }
            default -> throw Checks.error("cold start", "work", arguments[0], "steps, product or products");
        }
        long took = System.nanoTime() - start;
        System.out.println(took + " " + processNanos());
    }

    private static void steps(String family, int batch, int count) {
        Objective objective = Problems.objective(family, SAMPLES);
        LabelNoiseSgd sgd = Problems.sgd().withBatchSize(batch);
        try (SgdStepper stepper = sgd.compile(objective, 1).newStepper()) {
            stepper.start(Problems.theta(objective).data, 0);
            for (int k = 0; k < count; k++) {
                stepper.step();
            }
        }
    }

    /** Returns when the first product began. */
    private static long products(int size, int count) {
        DMatrixRMaj a = Problems.gaussian(size, size, Purpose.DATA, 1);
        DMatrixRMaj b = Problems.gaussian(size, size, Purpose.TEST, 1);
        DMatrixRMaj c = new DMatrixRMaj(size, size);
        long start = System.nanoTime();
        for (int k = 0; k < count; k++) {
            Kernels.multiply(MatrixForm.NN, a, b, c);
        }
        return start;
    }

    private static long processNanos() throws Exception {
        Object nanos = ManagementFactory.getPlatformMBeanServer()
                .getAttribute(ManagementFactory.getOperatingSystemMXBean().getObjectName(), "ProcessCpuTime");
        return (Long) nanos;
    }
}
