package dev.lowland.cli.command;

/** What the process tells whoever started it. */
final class ExitStatus {
    /** All is well. */
    static final int WELL = 0;
    /** A claim FAILS or is INCONCLUSIVE, or a run diverged. */
    static final int NOT_SO = 1;
    /** Bad input or bad usage. */
    static final int BAD_INPUT = 2;
    /** A fault of the program itself. */
    static final int FAULT = 3;

    /** The thread of the program was interrupted; the number that a shell gives for an interrupt. */
    static final int INTERRUPTED = 130;

    private ExitStatus() {}
}
