package dev.lowland.cli.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Tells somebody who mistyped a name what they may have meant, and what is legal. Thread-safe, without state. */
public final class NearestNames {
    private NearestNames() {}

    /**
     * What an unknown name must be: the end of its refusal.
     *
     * @param unknown what was written
     * @param legal every legal name, in the order in which they should be listed
     * @return {@code "one of x, y, z; did you mean 'x'?"}, or without the question where nothing is near
     */
    public static String rule(String unknown, Collection<String> legal) {
        List<String> near = nearest(unknown, legal);
        String question = near.isEmpty() ? "" : "; did you mean '" + String.join("' or '", near) + "'?";
        return "one of " + String.join(", ", legal) + question;
    }

    /**
     * The legal names that begin with what was written (three letters or more); else those at the smallest edit
     * distance (insertions, deletions, replacements), if that is at most 2 or a third of the longer name. Case is
     * ignored.
     *
     * @param unknown what was written
     * @param legal every legal name
     * @return at most two names, the nearest first; empty where nothing is near
     */
    public static List<String> nearest(String unknown, Collection<String> legal) {
        String typed = unknown.toLowerCase(Locale.ROOT);
        List<String> completions = legal.stream()
                .filter(name ->
                        typed.length() >= 3 && name.toLowerCase(Locale.ROOT).startsWith(typed))
                .limit(2)
                .toList();
        if (!completions.isEmpty()) {
            return completions;
        }
        int best = legal.stream()
                .mapToInt(name -> distance(typed, name.toLowerCase(Locale.ROOT)))
                .min()
                .orElse(Integer.MAX_VALUE);
        return legal.stream()
                .filter(name -> distance(typed, name.toLowerCase(Locale.ROOT)) == best)
                .filter(name -> best <= Math.max(2, Math.max(name.length(), typed.length()) / 3))
                .filter(name -> best < name.length())
                .sorted(Comparator.naturalOrder())
                .limit(2)
                .toList();
    }

    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replace, 1 + Math.min(previous[j], current[j - 1]));
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[b.length()];
    }
}
