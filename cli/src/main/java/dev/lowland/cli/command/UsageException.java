package dev.lowland.cli.command;

/** The command line asks for something that cannot be; the message is one line for whoever typed it. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** {@code argument is found, must be rule}. */
    UsageException(String argument, String found, String rule) {
        super(argument + " is " + found + ", must be " + rule);
    }
}
