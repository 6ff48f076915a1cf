package dev.lowland.jmh.results;

import java.util.List;
import java.util.Map;

/**
 * One benchmark of JMH with all its parameters.
 *
 * @param name under which its time is kept
 * @param benchmark class and method, below {@code dev.lowland.jmh}
 * @param parameters of the benchmark
 * @param kernels {@code vector}, {@code scalar} or {@code auto}
 * @param java name of the Java that runs it, see {@link Javas}
 * @param cores processors that it may use
 * @param libraries class path that goes before that of this program; empty for none
 * @param options of the JVM, beside those of all forks
 * @param timing how long it takes
 * @param work what it needs at least
 */
record Cell(
        String name,
        String benchmark,
        Map<String, String> parameters,
        String kernels,
        String java,
        int cores,
        String libraries,
        List<String> options,
        Timing timing,
        Work work) {

    /** On the main Java, with vectors from the first call, on one core. */
    static Cell of(String name, String benchmark, Map<String, String> parameters, Timing timing, Work work) {
        return new Cell(name, benchmark, Map.copyOf(parameters), "vector", Javas.MAIN, 1, "", List.of(), timing, work);
    }

    Cell withKernels(String other) {
        return new Cell(name, benchmark, parameters, other, java, cores, libraries, options, timing, work);
    }

    Cell withJava(String other) {
        return new Cell(name, benchmark, parameters, kernels, other, cores, libraries, options, timing, work);
    }

    Cell withCores(int count) {
        return new Cell(name, benchmark, parameters, kernels, java, count, libraries, options, timing, work);
    }

    Cell withLibraries(String other) {
        return new Cell(name, benchmark, parameters, kernels, java, cores, other, options, timing, work);
    }

    Cell withOptions(String... other) {
        return new Cell(name, benchmark, parameters, kernels, java, cores, libraries, List.of(other), timing, work);
    }

    Cell withName(String other) {
        return new Cell(other, benchmark, parameters, kernels, java, cores, libraries, options, timing, work);
    }

    Cell withTiming(Timing other) {
        return new Cell(name, benchmark, parameters, kernels, java, cores, libraries, options, other, work);
    }
}
