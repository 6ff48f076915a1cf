package dev.lowland.jmh.results;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One fork of one benchmark: the median of its iterations, and the bytes that a call allocates. A fork that timed code
 * which was not compiled is run again, with a longer warm-up each time.
 */
record JmhSource(Cell cell, Javas javas) implements Source {

    /** On one processor compiled code would otherwise have to share it with the code that waits for it. */
    private static final String BLOCKING = "-XX:-BackgroundCompilation";

    /** JMH reads it to start a fork, and has no option for it. */
    private static final String CLASS_PATH = "java.class.path";

    @Override
    public String label() {
        return cell.name();
    }

    /** What a fork found. */
    private record Times(List<Double> nanos, Map<String, Double> bytes) {}

    @Override
    public Map<String, Double> measure() throws IOException {
        Times times = Steadiness.settled(this::fork, Times::nanos);
        Map<String, Double> numbers = new HashMap<>(times.bytes);
        numbers.put(cell.name(), Spread.of(times.nanos).orElseThrow().median());
        if (!Steadiness.holds(times.nanos)) {
            numbers.put(cell.name() + Measurements.UNSTEADY, 1.0);
        }
        return numbers;
    }

    /** Runs a fork that warms up so many times as long. */
    @SuppressWarnings("rawtypes")
    private Times fork(int patience) throws IOException {
        Collection<RunResult> results;
        String classPath = System.getProperty(CLASS_PATH);
        try {
            if (!cell.libraries().isEmpty()) {
                System.setProperty(CLASS_PATH, cell.libraries() + File.pathSeparator + classPath);
            }
            results = new Runner(options(patience).build()).run();
        } catch (NoBenchmarksException e) {
            throw new IOException(cell.benchmark() + " is not in this build (the peers need -Ppeers)", e);
        } catch (RunnerException e) {
            throw new IOException("failed: " + e.getMessage() + " " + javas.lastError(), e);
        } finally {
            System.setProperty(CLASS_PATH, classPath);
        }
        List<Double> nanos = new ArrayList<>();
        Map<String, Double> bytes = new HashMap<>();
        for (RunResult result : results) {
            result.getBenchmarkResults().stream()
                    .flatMap(fork -> fork.getIterationResults().stream())
                    .map(JmhSource::score)
                    .forEach(nanos::add);
            Map<String, Result> counters = result.getSecondaryResults();
            Result allocated = counters.get("allocatedBytes");
            Result calls = counters.get("countedCalls");
            if (allocated != null && calls != null) {
                double each = allocated.getScore()
                        / (calls.getScore() * result.getParams().getOpsPerInvocation());
                bytes.put(cell.name() + Measurements.BYTES, each);
            }
        }
        if (nanos.isEmpty()) {
            throw new IOException(cell.name() + " gave no time");
        }
        return new Times(nanos, bytes);
    }

    private static double score(IterationResult iteration) {
        return iteration.getPrimaryResult().getScore();
    }

    /** Forks get these arguments of Java and not those of this program, which another Java may not know. */
    private ChainedOptionsBuilder options(int patience) throws IOException {
        Timing timing = cell.timing();
        List<String> arguments = new ArrayList<>(List.of("--add-modules=jdk.incubator.vector", BLOCKING));
        arguments.addAll(cell.options());
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^dev\\.lowland\\.jmh\\." + cell.benchmark().replace(".", "\\.") + "$")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .warmupIterations(patience * timing.warmUps())
                .warmupTime(TimeValue.milliseconds(timing.warmUpMillis()))
                .measurementIterations(timing.iterations())
                .measurementTime(TimeValue.milliseconds(timing.millis()))
                .jvm(javas.launcher(cell.java(), cell.cores()).toString())
                .jvmArgs(arguments.toArray(String[]::new))
                // In the place of what the benchmark appends itself.
                .jvmArgsAppend("-Dlowland.simd=" + cell.kernels())
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        cell.parameters().forEach((name, value) -> options.param(name, value));
        return options;
    }
}
