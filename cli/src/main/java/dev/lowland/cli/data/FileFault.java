package dev.lowland.cli.data;

import java.io.IOException;

/** A file breaks a rule of its format. The message is {@code FILE: PLACE is X, must be Y}. */
public final class FileFault extends IOException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final String place;
    private final String found;
    private final String rule;

    /**
     * A fault.
     *
     * @param file the file
     * @param place where in it
     * @param found what is there
     * @param rule what must be
     */
    public FileFault(String file, String place, String found, String rule) {
        super(file + ": " + place + " is " + found + ", must be " + rule);
        this.file = file;
        this.place = place;
        this.found = found;
        this.rule = rule;
    }

    /**
     * The file.
     *
     * @return its name
     */
    public String file() {
        return file;
    }

    /**
     * Where in the file.
     *
     * @return the place
     */
    public String place() {
        return place;
    }

    /**
     * What is there.
     *
     * @return in words
     */
    public String found() {
        return found;
    }

    /**
     * What must be there.
     *
     * @return in words
     */
    public String rule() {
        return rule;
    }
}
