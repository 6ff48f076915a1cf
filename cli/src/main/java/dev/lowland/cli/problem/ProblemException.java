package dev.lowland.cli.problem;

import java.util.Objects;

/**
 * A problem file, or a file it refers to, breaks a rule. The message is one line, {@code FILE: FIELD is X, must be Y},
 * meant for the person who wrote the file.
 */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The file as the user named it. */
    private final String file;
    /** A path, or a place in the file. */
    private final String field;
    /** What was found and what the rule is. */
    private final String rule;

    /**
     * Makes the exception. Line breaks in the arguments become spaces.
     *
     * @param file the file as the user named it
     * @param field the field, as a path such as {@code sgd.learningRate}, or a place in the file such as {@code line 3,
     *     column 7}
     * @param rule what was found and what the rule is
     */
    public ProblemException(String file, String field, String rule) {
        super(oneLine(Objects.requireNonNull(file, "file") + ": " + field + joint(rule) + rule));
        this.file = oneLine(file);
        this.field = oneLine(field);
        this.rule = oneLine(rule);
    }

    /** What goes between the field and what is said of it: a sentence about the field goes on, any other begins. */
    private static String joint(String rule) {
        return rule.startsWith("is ") || rule.startsWith("has ") ? " " : ": ";
    }

    /**
     * The file as the user named it.
     *
     * @return the file
     */
    public String file() {
        return file;
    }

    /**
     * The field or place.
     *
     * @return a path such as {@code sgd.learningRate}
     */
    public String field() {
        return field;
    }

    /**
     * What was found and what the rule is.
     *
     * @return part of a sentence
     */
    public String rule() {
        return rule;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
