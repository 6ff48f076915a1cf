package dev.lowland.jmh.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The Javas that forks run on, each behind a small script that pins it to processors where the machine can do so. A
 * fork cannot be pinned by pinning this process, for some forks get two.
 */
final class Javas {

    /** The Java that runs this program. */
    static final String MAIN = "main";

    /** Java 17, where it is another one. */
    static final String OLD = "17";

    private final Path folder;
    private final List<Integer> processors;
    private final Map<String, Path> homes = new HashMap<>();

    /**
     * The main Java.
     *
     * @param folder for the scripts
     * @param processors those that may be used, empty where nothing can be pinned
     */
    Javas(Path folder, List<Integer> processors) {
        this.folder = folder;
        this.processors = List.copyOf(processors);
        homes.put(MAIN, Path.of(System.getProperty("java.home")));
    }

    /** Adds another Java. */
    void add(String name, Path home) {
        homes.put(name, home);
    }

    /**
     * What starts a Java on so many processors.
     *
     * @throws IOException if this Java or so many processors are not here
     */
    Path launcher(String name, int cores) throws IOException {
        Path home = homes.get(name);
        if (home == null) {
            throw new IOException("no Java " + name + " here");
        }
        if (!processors.isEmpty() && processors.size() < cores) {
            throw new IOException("only " + processors.size() + " processors here");
        }
        Path java = home.resolve("bin").resolve("java");
        if (processors.isEmpty()) {
            return java;
        }
        Path script = folder.resolve("java-" + name + "-" + cores);
        if (!Files.exists(script)) {
            Files.writeString(script, script(java, cores));
            if (!script.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + script + " executable");
            }
        }
        return script;
    }

    /** Where forks that are pinned write their errors, and the warnings of Java that no option silences. */
    private Path errors() {
        return folder.resolve("forks.err");
    }

    /** The last line that a pinned fork wrote on standard error; nothing if there is none. */
    String lastError() throws IOException {
        if (!Files.exists(errors())) {
            return "";
        }
        List<String> lines = Files.readAllLines(errors());
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    private String script(Path java, int cores) {
        return "#!/bin/sh\nexec " + String.join(" ", pin(cores)) + " '" + java + "' \"$@\" 2>>'" + errors() + "'\n";
    }

    /** What to put before a command so that it has so many processors; nothing where it cannot be done. */
    List<String> pin(int cores) {
        if (processors.isEmpty()) {
            return List.of();
        }
        String list = processors.stream()
                .skip(Math.max(0, processors.size() - cores))
                .map(String::valueOf)
                .collect(Collectors.joining(","));
        return List.of("taskset", "-c", list);
    }
}
