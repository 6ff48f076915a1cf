package dev.lowland.jmh.results;

import dev.lowland.autodiff.nn.ConvNet;
import dev.lowland.jmh.Problems;
import java.util.Map;

/**
 * The benchmarks of steps, derivatives and ensembles, each with its parameters and with what its work needs at least.
 */
final class Cells {
    private Cells() {}

    /** A product by somebody else. */
    static Cell product(String shape, String form, String who, String benchmark, Timing timing) {
        return Cell.of(
                Names.gemm(shape, form, who),
                "peers." + benchmark + "Benchmark.multiply",
                Map.of("shape", shape, "form", form),
                timing,
                Work.UNKNOWN);
    }

    /** What a step of a problem needs at least. */
    static Work stepWork(String problem) {
        return switch (problem) {
            case "quadratic all" -> new Work(90, 96, 96);
            case "deep-linear 1" -> Work.step(1, 10, 20, 20, 1);
            case "matrix-sensing 8" -> new Work(2 * (8 * 8 * 2) * 3 + 8 * 64 * 4 + 64, 16 * 32, 16 * 32);
            case "mlp-small 1" -> Work.step(1, 10, 20, 1);
            case "mlp-small 8" -> Work.step(8, 10, 20, 1);
            case "mlp-middle 32" -> Work.step(32, 784, 128, 64, 10);
            case "conv 16" -> Work.convStep(16, (ConvNet) Problems.model("conv"));
            default -> Work.UNKNOWN;
        };
    }

    /** A step of a single run. */
    static Cell step(String problem) {
        return Cell.of(
                Names.step(problem),
                "StepBenchmark.lowland",
                Map.of("problem", problem),
                Timing.STEP,
                stepWork(problem));
    }

    /** The same step by libtorch. */
    static Cell libtorch(String problem) {
        return Cell.of(
                Names.libtorch(problem),
                "peers.TorchBenchmark.step",
                Map.of("problem", problem),
                Timing.STEP,
                Work.UNKNOWN);
    }

    /** A step of a large batch. */
    static Cell largeBatch(int batch, int threads, Work work) {
        return Cell.of(
                        Names.largeBatch(batch, threads),
                        "LargeBatchBenchmark.step",
                        Map.of("batch", Integer.toString(batch), "threads", Integer.toString(threads)),
                        Timing.STEP,
                        work)
                .withCores(threads);
    }

    /** A derivative of a loss. */
    static Cell derivative(String which, String family, Work work) {
        return Cell.of(
                Names.derivative(which, family),
                "DerivativeBenchmark." + which,
                Map.of("family", family),
                Timing.STEP,
                work);
    }

    /** A step of a replica of an ensemble, from the call to the moments. */
    static Cell ensemble(String which, int threads, Work work) {
        return Cell.of(
                        Names.ensemble(which, threads),
                        "EnsembleBenchmark." + which,
                        Map.of("threads", Integer.toString(threads)),
                        Timing.STEP,
                        work)
                .withCores(threads);
    }

    /** A step of a replica, without what is around it. */
    static Cell lanes(String problem) {
        return Cell.of(
                Names.lanes(problem),
                "LaneStepBenchmark.lowland",
                Map.of("problem", problem),
                Timing.STEP,
                Work.UNKNOWN);
    }

    /** A step of a network of a width, on a batch. */
    static Cell growth(int width, int batch) {
        return Cell.of(
                Names.growth(width, batch),
                "GrowthBenchmark.step",
                Map.of("size", width + " " + batch),
                Timing.STEP,
                Work.step(batch, width, width, width, 1));
    }
}
