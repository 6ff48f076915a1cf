package dev.lowland.optim.minimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lowland.autodiff.function.ScalarFunction;
import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.optim.rule.Regularization;
import dev.lowland.optim.rule.Rules;
import dev.lowland.optim.schedule.Schedule;
import dev.lowland.optim.schedule.Schedules;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand steps of every rule that PyTorch has are PyTorch's, with the gradients of this library, and so are the
 * learning rates of its schedules; {@code torch/make_steps.py} made the numbers.
 */
class TorchStepsTest {

    private static final int SIZE = 12;
    private static final double CLOSE = 1e-12;

    private static Path script() {
        try {
            return Path.of(
                    TorchStepsTest.class.getResource("/torch/make_steps.py").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Σ_j a_j x_j²/2 + x_j⁴/4 − b_j x_j. */
    private static ScalarFunction function() {
        Graph graph = new Graph();
        Node x = graph.input("x", Shape.of(SIZE, 1));
        DMatrixRMaj a = new DMatrixRMaj(SIZE, 1);
        DMatrixRMaj b = new DMatrixRMaj(SIZE, 1);
        for (int j = 0; j < SIZE; j++) {
            a.data[j] = 0.3 + 0.25 * j;
            b.data[j] = -Math.copySign(10 + j, start(j));
        }
        Node square = Ops.square(x);
        Node bowl = Ops.scale(Ops.multiply(graph.constant(a), square), 0.5);
        Node wall = Ops.scale(Ops.square(square), 0.25);
        return ScalarFunction.of(Ops.sum(Ops.subtract(Ops.add(bowl, wall), Ops.multiply(graph.constant(b), x))), x);
    }

    private static double start(int j) {
        return Math.cos(1.7 * j) * 2;
    }

    private static Map<String, Minimizer> rules() {
        Regularization none = Regularization.none();
        Regularization decay = none.withWeightDecay(0.3);
        Map<String, Minimizer> rules = new LinkedHashMap<>();
        rules.put("plain", Minimizer.of(Rules.plain(), 0.01));
        rules.put("heavy-ball", Minimizer.of(Rules.heavyBall(0.9), 0.01));
        rules.put("nesterov", Minimizer.of(Rules.nesterov(0.9), 0.01));
        rules.put("rmsprop", Minimizer.of(Rules.rmsprop(), 0.001));
        rules.put("adam", Minimizer.of(Rules.adam(), 0.001));
        rules.put("adam of other numbers", Minimizer.of(Rules.adam(0.8, 0.95, 1e-3), 0.001));
        rules.put("adamw", Minimizer.of(Rules.adamw(0.1), 0.001));
        rules.put("sam", Minimizer.of(Rules.sam(0.2), 0.01));
        rules.put("sam over adam", Minimizer.of(Rules.sam(0.2, Rules.adam()), 0.001));
        rules.put("plain with weight decay", Minimizer.of(Rules.plain(), 0.01).withRegularization(decay));
        rules.put(
                "nesterov with weight decay",
                Minimizer.of(Rules.nesterov(0.9), 0.01).withRegularization(decay));
        rules.put("adam with weight decay", Minimizer.of(Rules.adam(), 0.001).withRegularization(decay));
        rules.put(
                "rmsprop with weight decay",
                Minimizer.of(Rules.rmsprop(), 0.001).withRegularization(decay));
        rules.put(
                "plain, clipped by value",
                Minimizer.of(Rules.plain(), 0.01).withRegularization(none.withClipValue(0.5)));
        rules.put(
                "adam, clipped by norm", Minimizer.of(Rules.adam(), 0.001).withRegularization(none.withClipNorm(0.7)));
        rules.put("nesterov by cosine", Minimizer.of(Rules.nesterov(0.9), Schedules.cosine(0.01, 0.001, 1000)));
        rules.put("adam by steps", Minimizer.of(Rules.adam(), Schedules.steps(0.001, 0.7, 100)));
        return rules;
    }

    private static Map<String, Schedule> schedules() {
        return Map.of(
                "steps", Schedules.steps(0.1, 0.5, 3),
                "exponential", Schedules.exponential(0.1, 0.001, 20),
                "cosine", Schedules.cosine(0.1, 0.02, 20),
                "warm-up", Schedules.constant(0.1).withWarmUp(5));
    }

    @Test
    void stepsAreThoseOfTorch() throws IOException {
        agrees(Files.readAllLines(script().resolveSibling("steps.txt")));
    }

    /** Where PyTorch is at hand, with numbers that it makes anew. */
    @Test
    @Tag("slow")
    void stepsAreThoseOfTheTorchThatIsHere(@TempDir Path folder) throws IOException {
        Optional<String> python = Stream.of("python3", "/usr/bin/python3")
                .filter(command -> run(command, folder.resolve("import"), "-c", "import torch") == 0)
                .findFirst();
        assumeTrue(python.isPresent(), "no PyTorch here");
        Path numbers = folder.resolve("steps.txt");
        assertEquals(0, run(python.get(), numbers, script().toString()));
        agrees(Files.readAllLines(numbers));
    }

    private static int run(String command, Path output, String... arguments) {
        try {
            Process process = new ProcessBuilder(Stream.concat(Stream.of(command), Stream.of(arguments))
                            .toList())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectOutput(output.toFile())
                    .start();
            assertTrue(process.waitFor(5, TimeUnit.MINUTES), "python3 does not end");
            return process.exitValue();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void agrees(List<String> lines) {
        ScalarFunction f = function();
        DMatrixRMaj start = new DMatrixRMaj(SIZE, 1);
        for (int j = 0; j < SIZE; j++) {
            start.data[j] = start(j);
        }
        Map<String, Integer> seen = new LinkedHashMap<>();
        for (String line : lines) {
            String name = line.substring(0, nameEnd(line));
            String[] numbers = line.substring(nameEnd(line) + 1).split(" ", -1);
            int k = Integer.parseInt(numbers[0]);
            seen.merge(name, 1, Integer::sum);
            if (numbers.length == 2) {
                double rate = schedules().get(name).at(k);
                assertEquals(Double.parseDouble(numbers[1]), rate, 1e-15, line);
                continue;
            }
            assertEquals(SIZE + 1, numbers.length, line);
            double[] found = rules().get(name).withSteps(k).minimize(f, start).point().data;
            for (int j = 0; j < SIZE; j++) {
                assertEquals(Double.parseDouble(numbers[j + 1]), found[j], CLOSE, name + " after " + k + " steps");
            }
        }
        rules().keySet().forEach(name -> assertEquals(5, seen.get(name), name));
        schedules().keySet().forEach(name -> assertEquals(21, seen.get(name), name));
    }

    /** Where the name ends, which has no digits, and the number of steps begins. */
    private static int nameEnd(String line) {
        int at = 0;
        while (!Character.isDigit(line.charAt(at))) {
            at++;
        }
        return at - 1;
    }
}
