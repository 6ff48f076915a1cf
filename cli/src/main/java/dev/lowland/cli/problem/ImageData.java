package dev.lowland.cli.problem;

import dev.lowland.cli.data.ChannelScale;
import dev.lowland.cli.data.CifarImages;
import dev.lowland.cli.data.IdxImages;
import dev.lowland.cli.data.ImageSet;
import dev.lowland.cli.data.ImageSize;
import dev.lowland.cli.data.ImageTable;
import dev.lowland.cli.data.SyntheticImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Images with their classes: {@code {"idx": "folder", "split": "train", "perClass": 400, "pool": 2, "normalize":
 * true}}, {@code {"cifar10": "folder", …}} with the same fields, and {@code {"synthetic": "images", "seed": 1,
 * "channels": 1, "height": 14, "width": 14, "classes": 10, "perClass": 100, "noise": 0.5, …}}.
 *
 * <p>{@code split} is {@code train} in {@code data} and {@code test} in {@code test} where it is left out. Pixels of
 * files are in [0, 1]. {@code pool} takes means over squares of as many rows and columns, 1 where it is left out;
 * {@code normalize} is false where it is left out, {@code true} for mean 0 and standard deviation 1 of every channel
 * over the images of {@code data}, by whose numbers those of {@code test} are normalized too, or an object with
 * {@code mean} and {@code deviation}, a number a channel.
 */
final class ImageData implements DataForm {
    private static final List<String> KEYS = List.of("idx", "cifar10", "synthetic");
    private static final List<String> COMMON = List.of("split", "perClass", "pool", "normalize");
    private static final List<String> SYNTHETIC =
            List.of("synthetic", "seed", "channels", "height", "width", "classes", "noise");
    private static final double NOISE = 0.5;

    @Override
    public List<String> keys() {
        return KEYS;
    }

    @Override
    public SampleTable read(Request request) throws IOException {
        JsonFields fields = request.fields();
        boolean test = split(request);
        ImageSet set;
        OptionalInt perClass = OptionalInt.empty();
        if (fields.has("synthetic")) {
            allow(fields, SYNTHETIC);
            set = synthetic(fields, test);
        } else {
            allow(fields, List.of(fields.has("idx") ? "idx" : "cifar10"));
            set = fields.has("idx") ? idx(request, test) : CifarImages.ofFolder(file(request, "cifar10"), test);
            perClass = fields.has("perClass") ? OptionalInt.of(fields.wholeNumber("perClass", 1)) : perClass;
        }
        int pool = fields.has("pool") ? fields.wholeNumber("pool", 1) : 1;
        ImageTable table = ImageTable.of(set, perClass, pool);
        ChannelScale scale = scale(request, table);
        if (scale != null) {
            table.normalize(scale);
        }
        return new SampleTable(
                table.inputs(),
                table.targets(),
                (i, value, rule) -> new ProblemException(
                        set.file(table.images()[i]), set.place(table.images()[i]), String.valueOf((int) value), rule),
                scale);
    }

    private static void allow(JsonFields fields, List<String> own) {
        fields.allowOnly(Stream.concat(own.stream(), COMMON.stream()).toList());
    }

    private static Path file(Request request, String field) {
        return request.fields().path(field, request.problemFile());
    }

    private static boolean split(Request request) {
        return request.fields().has("split")
                ? request.fields()
                        .oneOf("split", List.of("train", "test"), s -> s)
                        .equals("test")
                : request.test();
    }

    private static ImageSet idx(Request request, boolean test) throws IOException {
        JsonFields fields = request.fields();
        if (!fields.require("idx").isObject()) {
            return IdxImages.ofFolder(file(request, "idx"), test);
        }
        JsonFields files = fields.object("idx");
        files.allowOnly(List.of("images", "labels"));
        return IdxImages.of(files.path("images", request.problemFile()), files.path("labels", request.problemFile()));
    }

    private static ImageSet synthetic(JsonFields fields, boolean test) {
        fields.oneOf("synthetic", List.of("images"), s -> s);
        double noise = fields.has("noise") ? fields.number("noise") : NOISE;
        if (!(noise >= 0)) {
            throw fields.fault("noise", String.valueOf(noise), "at least 0");
        }
        return SyntheticImages.of(
                fields.has("seed") ? fields.longNumber("seed") : 1,
                test,
                new ImageSize(
                        fields.has("channels") ? fields.wholeNumber("channels", 1) : 1,
                        fields.wholeNumber("height", 1),
                        fields.wholeNumber("width", 1)),
                fields.wholeNumber("classes", 2),
                fields.wholeNumber("perClass", 1),
                noise);
    }

    /** By what the pixels are normalized; null for nothing. */
    private static @Nullable ChannelScale scale(Request request, ImageTable table) {
        JsonFields fields = request.fields();
        int channels = table.imageSize().channels();
        if (fields.has("normalize") && fields.require("normalize").isObject()) {
            JsonFields given = fields.object("normalize");
            given.allowOnly(List.of("mean", "deviation"));
            double[] mean = numbers(given, "mean", channels);
            double[] deviation = numbers(given, "deviation", channels);
            for (int c = 0; c < channels; c++) {
                if (!(deviation[c] > 0)) {
                    throw given.fault("deviation[" + c + "]", String.valueOf(deviation[c]), "positive");
                }
            }
            return new ChannelScale(mean, deviation);
        }
        boolean wanted = fields.has("normalize") && fields.truth("normalize");
        ChannelScale training = request.training();
        if (request.test()) {
            if (wanted != (training != null)) {
                throw fields.fault("normalize", String.valueOf(wanted), !wanted + ", as data is, or numbers");
            }
            return training;
        }
        if (!wanted) {
            return null;
        }
        ChannelScale own = table.scale();
        for (int c = 0; c < channels; c++) {
            if (!(own.deviation()[c] > 0)) {
                throw fields.fault("normalize", "true, where channel " + c + " is constant", "false, or numbers");
            }
        }
        return own;
    }

    private static double[] numbers(JsonFields given, String name, int channels) {
        double[] numbers = given.numbers(name);
        if (numbers.length != channels) {
            throw given.fault(name, "of length " + numbers.length, "of length " + channels + ", a number a channel");
        }
        return numbers;
    }
}
