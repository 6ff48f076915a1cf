package dev.lowland.jmh.results;

import java.nio.file.Path;
import java.util.List;

/**
 * The same work by others: scripts in Python, programs in C, and where ND4J is.
 *
 * @param python an interpreter
 * @param scripts folder with {@code steps.py} and {@code limits}
 * @param nd4j class path that ND4J wants before everything else; empty for none
 * @param folder for what is compiled
 * @param javas know how to pin
 */
record Peers(String python, Path scripts, String nd4j, Path folder, Javas javas) {

    private static final List<String> SLEEF = List.of("-DSLEEF", "-lsleef");

    /** The script of the peers in Python. */
    Path script() {
        return scripts.resolve("steps.py");
    }

    /** A step of that script. */
    Source python(String step, double seconds) {
        return new PythonSource(python, script(), step, seconds, javas);
    }

    /** A step of the small network, written by hand. */
    Source step(String batch) {
        return source("step.c", List.of(), List.of(batch), List.of("step-" + batch));
    }

    /** A replica's step of the six-parameter problem. */
    Source ensemble() {
        return source("ensemble.c", List.of(), List.of(), List.of("ensemble"));
    }

    /** A replica's step of the small network. */
    Source ensembleOfNetworks(String batch) {
        return source("ensemble_network.c", List.of(), List.of(batch), List.of("ensemble-network-" + batch));
    }

    /** Functions of arrays by libmvec. */
    Source libmvec() {
        return source("functions.c", List.of(), List.of(), named("libmvec-", Names.FUNCTIONS_IN_C));
    }

    /** Functions of arrays by SLEEF. */
    Source sleef() {
        return source("functions.c", SLEEF, List.of(), named("sleef-", Names.FUNCTIONS_OF_SLEEF));
    }

    /** Derivatives of the small network's loss by ADOL-C. */
    Source adolc() {
        return source(
                "derivatives.cpp",
                List.of("-ladolc"),
                List.of(),
                named("adolc-", List.of("lossAndGradient", "hessianVector", "thirdOrder")));
    }

    private static List<String> named(String prefix, List<String> names) {
        return names.stream().map(name -> prefix + name).toList();
    }

    private Source source(String file, List<String> build, List<String> arguments, List<String> printed) {
        return new NativeSource(scripts.resolve("limits").resolve(file), build, arguments, printed, folder, javas);
    }
}
