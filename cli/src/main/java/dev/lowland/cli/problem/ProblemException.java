package dev.lowland.cli.problem;

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

    /**
     * Makes the exception. Each argument is taken as {@link OneLine#of} writes it.
     *
     * @param file the file as the user named it
     * @param field the field, as a path such as {@code sgd.learningRate}, or a place in the file such as {@code line 3,
     *     column 7}
     * @param found what the field is
     * @param rule what it must be
     */
    public ProblemException(String file, String field, String found, String rule) {
        super(OneLine.of(file + ": " + field + " is " + found + ", must be " + rule));
        this.file = OneLine.of(file);
        this.field = OneLine.of(field);
    }

    /**
     * Makes the exception where the library refuses what a file says.
     *
     * @param file the file as the user named it
     * @param field the field, or what of the file it is about
     * @param refusal what the library says
     */
    public ProblemException(String file, String field, IllegalArgumentException refusal) {
        super(OneLine.of(file + ": " + field + ": " + refusal.getMessage()), refusal);
        this.file = OneLine.of(file);
        this.field = OneLine.of(field);
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
}
