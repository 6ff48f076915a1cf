package dev.lowland.cli.experiment;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.problem.ProblemReader;
import dev.lowland.cli.train.Start;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * On what an escape is run: images like those of MNIST at a size that takes minutes, the same from a seed where there
 * are none, and CIFAR-10 with the settings of the paper.
 */
public final class EscapeProblems {
    /** The first 50 images of each class, of 14 × 14 pixels, and a network of 13,258 parameters. */
    private static final String SMALL = """
            {"model": {"kind": "mlp", "layers": [196, 64, 10], "activation": "relu"}, "loss": "cross-entropy",
             "data": {IMAGES, "perClass": 50, "normalize": true},
             "test": {IMAGES, "perClass": 200, "normalize": true},
             "init": {"kind": "kaiming-fan-in"},
             "sgd": {"learningRate": 0.1, "batchSize": 50, "batches": "without-replacement", "flipProbability": 0.2}}
            """;

    private static final String IDX = "\"idx\": FOLDER, \"pool\": 2";
    private static final String SYNTHETIC =
            "\"synthetic\": \"images\", \"height\": 14, \"width\": 14, \"classes\": 10, \"noise\": 1.0";

    private static final String PAPER = """
            {"model": {"kind": "resnet", "channels": 3, "height": 32, "width": 32, "outputs": 10, "channelsPerGroup": 32,
                       "blocksPerStage": 2, "filters": [64, 128, 256, 512], "activation": "relu"},
             "loss": "cross-entropy",
             "data": {"cifar10": FOLDER, "normalize": SCALE},
             "test": {"cifar10": FOLDER, "normalize": SCALE},
             "init": {"kind": "kaiming-fan-out"},
             "sgd": {"learningRate": 1.0, "batchSize": 256, "batches": "without-replacement", "flipProbability": 0.2,
                     "epochs": 1000}}
            """;

    private static final String SCALE = "{\"mean\": [0.4914, 0.4822, 0.4465], \"deviation\": [0.2470, 0.2435, 0.2616]}";

    private static final List<Start.Kind> BAD = List.of(Start.Kind.FULL_BATCH, Start.Kind.ADVERSARIAL);

    private EscapeProblems() {}

    /**
     * The problem.
     *
     * @param folder of images like those of MNIST, or of CIFAR-10; empty for images from a seed
     * @return the problem
     * @throws dev.lowland.cli.problem.ProblemException if the files break a rule of their format
     */
    public static Problem problem(Optional<Path> folder) {
        String name = "escape";
        if (folder.isEmpty()) {
            return ProblemReader.read(Path.of(name), SMALL.replace("IMAGES", SYNTHETIC));
        }
        String quoted =
                TextNode.valueOf(folder.get().toAbsolutePath().toString()).toString();
        String text = isCifar(folder.get()) ? PAPER.replace("SCALE", SCALE) : SMALL.replace("IMAGES", IDX);
        return ProblemReader.read(Path.of(name), text.replace("FOLDER", quoted));
    }

    private static boolean isCifar(Path folder) {
        return Files.exists(folder.resolve("data_batch_1.bin"))
                || Files.isDirectory(folder.resolve("cifar-10-batches-bin"));
    }

    /**
     * With what it is run.
     *
     * @param problem the problem
     * @param momenta β
     * @param seeds how many
     * @return the plan; of CIFAR-10 that of the paper, as far as it is known
     */
    public static EscapePlan plan(Problem problem, List<Double> momenta, int seeds) {
        boolean paper = problem.settings().steps().isPresent();
        return paper
                ? new EscapePlan(
                        BAD,
                        List.of(0.5, 1.0, 2.0),
                        1.0,
                        momenta,
                        seeds,
                        problem.settings().steps().getAsLong(),
                        100,
                        new Start(Start.Kind.GIVEN, 0.1, 200_000, 0.01, 10))
                : new EscapePlan(
                        BAD,
                        List.of(0.1, 0.2, 0.4),
                        0.2,
                        momenta,
                        seeds,
                        40_000,
                        20,
                        new Start(Start.Kind.GIVEN, 0.05, 20_000, 0.02, 2));
    }
}
