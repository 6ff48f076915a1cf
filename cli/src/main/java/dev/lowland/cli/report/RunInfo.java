package dev.lowland.cli.report;

/**
 * What a result says about how it came to be.
 *
 * @param version the version of Lowland
 * @param java the version of the Java runtime
 * @param kernels the line that describes the kernels in use
 * @param command the command that made it, as one would type it, without options for output
 */
public record RunInfo(String version, String java, String kernels, String command) {}
