package dev.lowland.cli.problem;

/** Texts for one line of a terminal: whatever names and values of others they quote. Thread-safe, without state. */
public final class OneLine {
    private OneLine() {}

    /**
     * The text in one line.
     *
     * @param text any text
     * @return the text, where breaks of lines with the blanks around them are one blank, and every other control
     *     character is written as {@code \\u} and four digits
     */
    public static String of(String text) {
        StringBuilder line = new StringBuilder();
        for (char c : text.strip()
                .replaceAll("\\s*[\\r\\n\\u0085\\u2028\\u2029]+\\s*", " ")
                .toCharArray()) {
            line.append(Character.isISOControl(c) ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return line.toString();
    }
}
