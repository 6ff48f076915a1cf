package dev.lowland.jmh.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What this run was made on. */
final class Machine {
    private Machine() {}

    private static final Path CPU = Path.of("/proc/cpuinfo");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path LOAD = Path.of("/proc/loadavg");

    private static final Pattern PEER =
            Pattern.compile("/(openblas|mkl|blas|ojalgo|pytorch|nd4j-native|ejml-ddense)-([0-9][^/]*?)\\.jar");

    /** Name to text, in the order of the page. */
    static Map<String, String> describe() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("processor", after(CPU, "model name", System.getProperty("os.arch")));
        facts.put("vector instructions", vectors(after(CPU, "flags", "")));
        facts.put("processors", Integer.toString(Math.max(1, allowed().size())));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        facts.put("load when it began", firstWord(LOAD));
        return facts;
    }

    private static String vectors(String flags) {
        List<String> found = new ArrayList<>();
        for (String name : List.of("avx512f", "avx2", "fma", "asimd", "sve")) {
            if ((" " + flags + " ").contains(" " + name + " ")) {
                found.add(name);
            }
        }
        return found.isEmpty() ? "unknown" : String.join(", ", found);
    }

    /** Peers on the class path with their versions; none in a build without them. */
    static List<String> peers() {
        Matcher matcher = PEER.matcher(System.getProperty("java.class.path"));
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group(1) + " " + matcher.group(2));
        }
        return found.isEmpty() ? List.of("not in this build") : found;
    }

    /** The processors that this process may use; empty where that cannot be told. */
    static List<Integer> allowed() {
        return parseList(after(STATUS, "Cpus_allowed_list", ""));
    }

    /** The numbers of a list such as {@code 0-2,5}. */
    static List<Integer> parseList(String list) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : list.isBlank() ? new String[0] : list.strip().split(",", -1)) {
            String[] ends = part.split("-", -1);
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int n = Integer.parseInt(ends[0]); n <= last; n++) {
                numbers.add(n);
            }
        }
        return numbers;
    }

    private static String after(Path file, String key, String otherwise) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            return otherwise;
        }
    }

    private static String firstWord(Path file) {
        try {
            String text = Files.readString(file);
            return text.substring(0, text.indexOf(' '));
        } catch (IOException e) {
            return "unknown";
        }
    }
}
