package dev.lowland.cli.mutation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One small change to a formula.
 *
 * @param number place in the list, from 1
 * @param what the change in words
 * @param file the source, relative to the root of the repository
 * @param before text that the file has exactly once
 * @param after what is put in its place
 * @param claims every one of these has to refuse the change
 */
record Mutation(int number, String what, String file, String before, String after, List<String> claims) {

    private static final List<String> KEYS = List.of("what", "file", "old", "new", "refused by");

    Mutation {
        claims = List.copyOf(claims);
    }

    /**
     * Reads a list. Lines that begin with # are remarks; blocks are separated by empty lines; a block has one line each
     * of {@code what: }, {@code file: }, {@code old: }, {@code new: } and {@code refused by: }, in this order.
     *
     * @param list the file
     * @throws IllegalArgumentException naming the block that is not like that
     */
    static List<Mutation> read(Path list) throws IOException {
        List<Mutation> mutations = new ArrayList<>();
        Map<String, String> block = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>(Files.readAllLines(list));
        lines.add("");
        for (String line : lines) {
            if (line.startsWith("#")) {
                continue;
            }
            if (!line.isBlank()) {
                int colon = line.indexOf(": ");
                String key = colon < 0 ? line : line.substring(0, colon);
                if (!KEYS.contains(key) || block.put(key, line.substring(colon + 2)) != null) {
                    throw new IllegalArgumentException("list of mutations: block " + (mutations.size() + 1) + ": '"
                            + line + "' is not one of " + KEYS + ", each once");
                }
            } else if (!block.isEmpty()) {
                mutations.add(of(mutations.size() + 1, block));
                block.clear();
            }
        }
        return mutations;
    }

    private static Mutation of(int number, Map<String, String> block) {
        if (!List.copyOf(block.keySet()).equals(KEYS)) {
            throw new IllegalArgumentException(
                    "list of mutations: block " + number + " has the lines " + block.keySet() + ", needs " + KEYS);
        }
        return new Mutation(
                number,
                block.get("what"),
                block.get("file"),
                text(block, "old"),
                text(block, "new"),
                List.of(block.get("refused by").split(" ")));
    }

    /** In a list, \\n stands for the end of a line. */
    private static String text(Map<String, String> block, String key) {
        return String.valueOf(block.get(key)).replace("\\n", "\n");
    }

    /** The source folder that the file is in, up to and with {@code src/main/java}. */
    String sourceFolder() {
        return file.substring(0, file.indexOf("src/main/java/") + "src/main/java/".length());
    }

    /**
     * The changed text.
     *
     * @param source the text of the file
     * @throws IllegalArgumentException if it does not have {@link #before} exactly once, or the change changes nothing
     */
    String apply(String source) {
        int first = source.indexOf(before);
        if (first < 0 || source.indexOf(before, first + 1) >= 0) {
            throw new IllegalArgumentException("mutation " + number + ": " + file + " has '" + before + "' "
                    + (first < 0 ? "nowhere" : "more than once") + ", must have it exactly once");
        }
        if (before.equals(after)) {
            throw new IllegalArgumentException("mutation " + number + " changes nothing");
        }
        return source.substring(0, first) + after + source.substring(first + before.length());
    }
}
