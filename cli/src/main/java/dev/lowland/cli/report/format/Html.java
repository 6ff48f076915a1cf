package dev.lowland.cli.report.format;

import dev.lowland.core.check.Checks;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Writes HTML, and SVG as a part of it: escapes every text and attribute, and closes what it opened. Not thread-safe.
 */
public final class Html {
    private static final Set<String> INLINE = Set.of("span", "a", "code");

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Opens an element; {@code attributes} are name, value, name, value and so on. */
    public Html open(String tag, String... attributes) {
        start(tag, attributes);
        open.push(tag);
        return this;
    }

    /** Closes the element that was opened last, which must be {@code tag}. */
    public Html close(String tag) {
        if (open.isEmpty() || !open.peek().equals(tag)) {
            throw Checks.outOfTurn("close", "the element opened last", String.valueOf(open.peek()), tag);
        }
        open.pop();
        out.append("</").append(tag).append('>');
        if (!INLINE.contains(tag)) {
            out.append('\n');
        }
        return this;
    }

    /** An element with nothing but text in it. */
    public Html element(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close(tag);
    }

    /** An element that has no content and no end, such as {@code img}. */
    public Html empty(String tag, String... attributes) {
        start(tag, attributes);
        out.append('\n');
        return this;
    }

    public Html text(String text) {
        for (int i = 0; i < text.length(); i++) {
            escape(text.charAt(i));
        }
        return this;
    }

    /** Adds a style sheet of ours as it is. */
    public Html style(String css) {
        if (css.contains("</")) {
            throw Checks.error(
                    "style", "css", "a style sheet with '</'", "without it, for it would end the sheet early");
        }
        out.append("<style>\n").append(css).append("</style>\n");
        return this;
    }

    /** The document. */
    public String document() {
        return "<!doctype html>\n" + fragment();
    }

    /** The elements so far. */
    public String fragment() {
        if (!open.isEmpty()) {
            throw Checks.outOfTurn("document", "an element", "open: " + open, "closed");
        }
        return out.toString();
    }

    private void start(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i + 1 < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            text(attributes[i + 1]);
            out.append('"');
        }
        out.append('>');
    }

    private void escape(char c) {
        switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.append(c);
        }
    }
}
