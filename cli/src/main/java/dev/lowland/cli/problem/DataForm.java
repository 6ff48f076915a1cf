package dev.lowland.cli.problem;

import dev.lowland.cli.data.ChannelScale;
import dev.lowland.optim.objective.LossKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A form of the fields {@code data} and {@code test}: where samples are read from, and how that is said. */
interface DataForm {

    /**
     * What a form reads from.
     *
     * @param fields the object
     * @param problemFile which paths are relative to
     * @param loss says what targets are
     * @param test whether it is the field {@code test}
     * @param training how the images of {@code data} were normalized, which those of {@code test} are in the same way;
     *     null for {@code data}, and where they were not
     */
    record Request(
            JsonFields fields,
            Path problemFile,
            LossKind loss,
            boolean test,
            @Nullable ChannelScale training) {}

    /** The fields of which each tells that the form is meant. */
    List<String> keys();

    /**
     * Reads the samples.
     *
     * @throws IOException if a file cannot be read, or breaks a rule of its format
     * @throws ProblemException if a field breaks a rule
     */
    SampleTable read(Request request) throws IOException;
}
