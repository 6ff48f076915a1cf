package dev.lowland.jmh.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program in C or C++ of {@code jmh/peers/limits}, which does the same work: compiled once, run in every round. It
 * prints lines of a name and nanoseconds; the least of a name counts, because the program stands for what can be
 * reached.
 *
 * @param file the source
 * @param build what the compiler is told beside what all are told; libraries among it
 * @param arguments what the program is run with
 * @param printed the names that it prints; kept as {@code c/NAME}
 * @param folder for the program
 * @param javas know how to pin
 */
record NativeSource(
        Path file, List<String> build, List<String> arguments, List<String> printed, Path folder, Javas javas)
        implements Source {

    private static final Pattern LINE = Pattern.compile("(?m)^(\\S+) ([0-9.e+-]+)$");

    @Override
    public String label() {
        return names().get(0);
    }

    @Override
    public List<String> names() {
        return printed.stream().map(Names::limit).toList();
    }

    @Override
    public Map<String, Double> measure() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(javas.pin(1));
        command.add(compiled().toString());
        command.addAll(arguments);
        Map<String, Double> found = nanoseconds(Commands.output(command));
        Map<String, Double> numbers = new HashMap<>();
        for (String name : printed) {
            Double time = found.get(name);
            if (time == null) {
                throw new IOException(file.getFileName() + " printed no time of " + name);
            }
            numbers.put(Names.limit(name), time);
        }
        return numbers;
    }

    /** The program, compiled when it is asked for first. */
    private Path compiled() throws IOException, InterruptedException {
        if (!Files.isReadable(file)) {
            throw new IOException("no " + file);
        }
        boolean plus = file.toString().endsWith("pp");
        Path program = folder.resolve(
                Objects.hash(file, build) + "-" + file.getFileName().toString().replaceFirst("\\..*$", ""));
        if (!Files.exists(program)) {
            List<String> command = new ArrayList<>(List.of(plus ? "g++" : "gcc", "-O3", "-march=native"));
            if (!plus) {
                command.add("-ffast-math");
            }
            command.addAll(List.of(file.toString(), "-o", program.toString()));
            command.addAll(build);
            command.add("-lm");
            Commands.output(command);
        }
        return program;
    }

    /** The least time of each name. */
    static Map<String, Double> nanoseconds(String text) {
        Map<String, Double> least = new HashMap<>();
        Matcher matcher = LINE.matcher(text);
        while (matcher.find()) {
            least.merge(matcher.group(1), Double.parseDouble(matcher.group(2)), Math::min);
        }
        return least;
    }
}
