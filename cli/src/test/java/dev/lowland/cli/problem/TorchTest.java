package dev.lowland.cli.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lowland.cli.data.Npy;
import dev.lowland.cli.data.NpyArray;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** θ that PyTorch exports gives the predictions of PyTorch; {@code torch/make_fixtures.py} made the files. */
class TorchTest {
    private static final double CLOSE = 1e-12;

    private static Path fixtures() {
        try {
            return Path.of(TorchTest.class
                            .getResource("/torch/make_fixtures.py")
                            .toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "convnet", "resnet"})
    void predictsWhatTorchPredicts(String name) throws IOException {
        agrees(fixtures(), name);
    }

    private static void agrees(Path folder, String name) throws IOException {
        Problem problem = ProblemReader.read(folder.resolve(name + ".json"));
        NpyArray expected = Npy.read(folder.resolve(name + "-predictions.npy"));
        DMatrixRMaj found = new DMatrixRMaj(6, problem.model().outputSize());
        problem.objective().predictions(problem.theta(), found);
        assertArrayEquals(new int[] {found.numRows, found.numCols}, expected.shape());
        double size = 0;
        double off = 0;
        for (int i = 0; i < found.getNumElements(); i++) {
            size = Math.max(size, Math.abs(expected.values()[i]));
            off = Math.max(off, Math.abs(found.data[i] - expected.values()[i]));
        }
        assertTrue(size > 0.1, "predictions of size " + size + " show nothing");
        assertTrue(off <= CLOSE * size, name + ": off by " + off + " of " + size);
        NpyArray theta = Npy.read(folder.resolve(name + "-theta.npy"));
        assertArrayEquals(theta.values(), problem.theta().data);
        assertArrayEquals(
                Files.readAllBytes(folder.resolve(name + "-theta.npy")),
                Npy.bytes(problem.theta().data),
                "written as numpy writes it");
    }

    /** Where PyTorch is at hand, with networks that it makes anew. */
    @Test
    @Tag("slow")
    void agreesWithTheTorchThatIsHere(@TempDir Path folder) throws IOException {
        Optional<String> python = Stream.of("python3", "/usr/bin/python3")
                .filter(command -> run(command, "import torch", folder) == 0)
                .findFirst();
        assumeTrue(python.isPresent(), "no PyTorch here");
        Path script = fixtures().resolve("make_fixtures.py");
        assertEquals(
                0, run(python.get(), "import sys; sys.argv = ['', '.']; exec(open('" + script + "').read())", folder));
        for (String name : new String[] {"mlp", "convnet", "resnet"}) {
            agrees(folder, name);
        }
    }

    private static int run(String command, String python, Path folder) {
        try {
            Process process = new ProcessBuilder(command, "-c", python)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertTrue(process.waitFor(5, TimeUnit.MINUTES), "python3 does not end");
            return process.exitValue();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
