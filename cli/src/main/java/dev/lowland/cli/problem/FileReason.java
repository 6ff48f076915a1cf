package dev.lowland.cli.problem;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;

/** Why a file could not be read or written, in a few words. Thread-safe, without state. */
public final class FileReason {
    private FileReason() {}

    /**
     * The reason.
     *
     * @param e what reading or writing threw
     * @return for example {@code permission denied}
     */
    public static String of(Exception e) {
        if (e instanceof InvalidPathException path) {
            return path.getReason();
        }
        if (e instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NotDirectoryException || e instanceof ReadOnlyFileSystemException) {
            return e instanceof NotDirectoryException ? "not a folder" : "read-only";
        }
        if (e instanceof FileSystemException system && system.getReason() != null) {
            return String.valueOf(system.getReason());
        }
        return e instanceof IOException && e.getMessage() != null ? e.getMessage() : e.toString();
    }
}
