package dev.lowland.jmh.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hand-written C program that does the same work: compiled once, run in every round. It prints lines with {@code N M
 * …steps/s}; the best counts, because the program stands for what can be reached.
 *
 * @param file the C file
 * @param arguments what it is run with
 * @param name under which the nanoseconds of a step are kept
 * @param folder for the program
 * @param javas know how to pin
 */
record LimitSource(Path file, List<String> arguments, String name, Path folder, Javas javas) implements Source {

    private static final Pattern SPEED = Pattern.compile("([0-9.]+) M (?:replica-)?steps/s");

    @Override
    public String label() {
        return name;
    }

    @Override
    public Map<String, Double> measure() throws IOException, InterruptedException {
        if (!Files.isReadable(file)) {
            throw new IOException("no " + file.getFileName() + " (give its folder with --limits)");
        }
        String base = file.getFileName().toString().replaceFirst("\\.c$", "");
        Path program = folder.resolve(base);
        if (!Files.exists(program)) {
            Commands.output(List.of(
                    "gcc", "-O3", "-march=native", "-ffast-math", file.toString(), "-lm", "-o", program.toString()));
        }
        List<String> command = new ArrayList<>(javas.pin(1));
        command.add(program.toString());
        command.addAll(arguments);
        return Map.of(name, nanoseconds(Commands.output(command)));
    }

    /** Of the fastest line. */
    static double nanoseconds(String text) throws IOException {
        double best = 0;
        Matcher matcher = SPEED.matcher(text);
        while (matcher.find()) {
            best = Math.max(best, Double.parseDouble(matcher.group(1)));
        }
        if (best == 0) {
            throw new IOException("no speed in what the C program printed: " + text.strip());
        }
        return 1e3 / best;
    }
}
