package dev.lowland.cli.command;

import dev.lowland.cli.data.Npy;
import dev.lowland.cli.problem.FileReason;
import dev.lowland.cli.report.ResultFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command writes a point θ for programs that read arrays of numpy. */
final class ThetaOption {
    @Option(
            names = "--theta-out",
            paramLabel = "FILE",
            description =
                    "Write the point that the command ends at as an npy file: θ of inspect, Φ_T of predict, the mean of "
                            + "simulate. \"theta\": {\"npy\": FILE} reads it.")
    private @Nullable Path file;

    /**
     * Refuses a place that cannot be written, before time is spent.
     *
     * @throws UsageException if so
     */
    void check() {
        if (file != null) {
            try {
                ResultFiles.check(file);
            } catch (IOException e) {
                throw refused(file, e);
            }
        }
    }

    /**
     * Writes the point if it was asked for and is there.
     *
     * @param theta P × 1; null where the command came to no point
     * @throws UsageException if it cannot be written
     */
    void write(@Nullable DMatrixRMaj theta) {
        if (file == null || theta == null) {
            return;
        }
        try {
            ResultFiles.write(file, Npy.bytes(Arrays.copyOf(theta.data, theta.getNumElements())));
        } catch (IOException e) {
            throw refused(file, e);
        }
    }

    private static UsageException refused(Path file, IOException e) {
        return new UsageException(
                "--theta-out", "'" + file + "' (" + FileReason.of(e) + ")", "a file that can be written");
    }
}
