package dev.lowland.cli.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes a file beside its place and renames it, so that whoever looks finds the old file or the new one, and never
 * half of one.
 *
 * <p>A symbolic link is followed, also to a file that is not there yet. A file that is replaced keeps its mode, and its
 * owner where the process may give files away. What is no file, such as a pipe or a device, and what is named as an
 * open descriptor ({@code /dev/fd/63}, {@code /dev/stderr}) is written to directly, behind what is there already.
 */
public final class ResultFiles {
    private static final int LINKS = 40;
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private ResultFiles() {}

    /** Where a name leads: the place itself, behind all links, and whether it is written to directly. */
    private record Target(Path place, boolean direct) {

        static Target of(Path file) throws IOException {
            Path place = file.toAbsolutePath();
            for (int link = 0; link < LINKS; link++) {
                Path folder = place.getParent();
                if (folder == null || place.getFileName() == null) {
                    throw new FileSystemException(file.toString(), null, "a folder");
                }
                if (!Files.isDirectory(folder)) {
                    throw new FileSystemException(file.toString(), null, "its folder does not exist");
                }
                place = folder.toRealPath().resolve(place.getFileName());
                if (!exists(place)) {
                    return new Target(place, false);
                }
                if (!Files.isSymbolicLink(place)) {
                    return new Target(place, !Files.isRegularFile(place));
                }
                if (place.startsWith("/proc")) {
                    return new Target(place, true);
                }
                place = place.resolveSibling(Files.readSymbolicLink(place));
            }
            throw new FileSystemException(file.toString(), null, "too many links");
        }

        /** Whether there is something of this name, which may be a link to nothing; a name that cannot be is thrown. */
        private static boolean exists(Path place) throws IOException {
            try {
                Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                return true;
            } catch (NoSuchFileException e) {
                return false;
            }
        }
    }

    /**
     * Whether a file can be written, as far as that can be told before.
     *
     * @param file the file
     * @throws IOException if it is a folder, it may not be written, or its folder does not exist or may not be written
     *     to
     */
    public static void check(Path file) throws IOException {
        Target target = Target.of(file);
        if (Files.isDirectory(target.place)) {
            throw new FileSystemException(file.toString(), null, "a folder");
        }
        if (Files.exists(target.place) && !Files.isWritable(target.place)) {
            throw new FileSystemException(file.toString(), null, "it may not be written");
        }
        if (!target.direct && !Files.isWritable(target.place.getParent())) {
            throw new FileSystemException(file.toString(), null, "its folder may not be written to");
        }
    }

    /**
     * Writes text as UTF-8.
     *
     * @param file the file; its folder must exist
     * @param text the whole content
     * @throws IOException if it cannot be written; a file that was there before is then unchanged
     */
    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes bytes.
     *
     * @param file the file; its folder must exist
     * @param content the whole content. Not modified.
     * @throws IOException if it cannot be written; a file that was there before is then unchanged
     */
    public static void write(Path file, byte[] content) throws IOException {
        check(file);
        Target target = Target.of(file);
        if (target.direct) {
            try (OutputStream out =
                    Files.newOutputStream(target.place, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                out.write(content);
            }
            return;
        }
        String name = ".lowland-" + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".part";
        Path beside = target.place.resolveSibling(name);
        try {
            fill(beside, content, Files.exists(target.place));
            keepMode(target.place, beside);
            move(beside, target.place);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** A file that takes the place of another is for nobody else to read until it has the other's mode. */
    private static void fill(Path file, byte[] content, boolean replaces) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mode = replaces && posix ? new FileAttribute<?>[] {PRIVATE} : new FileAttribute<?>[0];
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, mode)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static void keepMode(Path old, Path fresh) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
        if (view == null || !Files.exists(old, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        PosixFileAttributes attributes = Files.readAttributes(old, PosixFileAttributes.class);
        try {
            view.setGroup(attributes.group());
            view.setOwner(attributes.owner());
        } catch (FileSystemException e) {
            // Only a superuser gives files away; the file is then this user's own.
        }
        view.setPermissions(attributes.permissions());
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
