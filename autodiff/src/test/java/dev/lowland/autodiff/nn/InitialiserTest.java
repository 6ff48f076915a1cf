package dev.lowland.autodiff.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InitialiserTest {
    private static final Model NETWORK = Models.convnet(
            3, 4, 4, 2, ConvBlock.of(4, 3).withGroupNorm(2), ConvBlock.of(2, 1).withPooling(ConvBlock.Pooling.GLOBAL));

    /** The definitions written out, entry by entry, from the same numbers. */
    @ParameterizedTest
    @EnumSource
    void everyEntryIsItsDefinition(Initialiser initialiser) {
        long seed = 17;
        double[] expected = new double[NETWORK.parameterCount()];
        RandomStream stream = RandomStream.of(seed, 0, Purpose.INITIALISATION);
        int[][] weights = {{0, 4 * 27, 27, 36}, {4 * 27 + 8, 2 * 4, 4, 2}, {4 * 27 + 8 + 10, 4, 2, 2}};
        if (initialiser == Initialiser.GAUSSIAN) {
            weights = new int[][] {{0, expected.length, 1, 1}};
        } else if (initialiser != Initialiser.ZEROS) {
            for (int i = 4 * 27; i < 4 * 27 + 4; i++) {
                expected[i] = 1;
            }
        }
        for (int[] part : weights) {
            for (int i = part[0]; i < part[0] + part[1]; i++) {
                double n = part[2];
                double m = part[3];
                double normal = stream.gaussian(i);
                double uniform = 2 * stream.uniform(i) - 1;
                expected[i] = switch (initialiser) {
                    case ZEROS -> 0;
                    case GAUSSIAN -> normal;
                    case XAVIER -> normal * Math.sqrt(2 / (n + m));
                    case XAVIER_UNIFORM -> uniform * Math.sqrt(6 / (n + m));
                    case KAIMING_FAN_IN -> normal * Math.sqrt(2 / n);
                    case KAIMING_FAN_IN_UNIFORM -> uniform * Math.sqrt(6 / n);
                    case KAIMING_FAN_OUT -> normal * Math.sqrt(2 / m);
                    case KAIMING_FAN_OUT_UNIFORM -> uniform * Math.sqrt(6 / m);
                };
            }
        }
        assertArrayEquals(expected, initialiser.theta(NETWORK, seed).data, 1e-15);
    }

    /** Bits that files rely on. */
    @Test
    void theBitsAreTheSameForEver() {
        Model mlp = Models.mlp(2, 3, 1);
        double[] gaussian = new double[13];
        RandomStream.of(3, 0, Purpose.INITIALISATION).fillGaussian(0, 13, gaussian, 0, 1);
        assertArrayEquals(gaussian, Initialiser.GAUSSIAN.theta(mlp, 3).data);
        assertEquals(2 * Math.sqrt(2.0 / 5) * gaussian[0], Initialiser.XAVIER.theta(mlp, 3, 2).data[0]);
        long hash = 0;
        for (Initialiser initialiser : Initialiser.values()) {
            for (double entry : initialiser.theta(NETWORK, 1).data) {
                hash = 31 * hash + Double.doubleToLongBits(entry);
            }
        }
        assertEquals(2582337185609542047L, hash);
    }

    @ParameterizedTest
    @EnumSource
    void theScaleMultipliesWhatIsDrawn(Initialiser initialiser) {
        double[] single = initialiser.theta(Models.mlp(2, 3, 1), 5).data;
        double[] scaled = initialiser.theta(Models.mlp(2, 3, 1), 5, 4).data;
        for (int i = 0; i < single.length; i++) {
            assertEquals(4 * single[i], scaled[i]);
        }
        assertThrows(IllegalArgumentException.class, () -> initialiser.theta(NETWORK, 1, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "XAVIER, 400",
        "XAVIER_UNIFORM, 400",
        "KAIMING_FAN_IN, 100",
        "KAIMING_FAN_IN_UNIFORM, 100",
        "KAIMING_FAN_OUT, 300",
        "KAIMING_FAN_OUT_UNIFORM, 300"
    })
    void variancesAreThoseOfTheSources(Initialiser initialiser, double fan) {
        double squares = 0;
        double largest = 0;
        for (double entry : initialiser.theta(Models.deepLinear(100, 300), 2).data) {
            squares += entry * entry;
            largest = Math.max(largest, Math.abs(entry));
        }
        double variance = 2 / fan;
        assertEquals(variance, squares / 30_000, 0.03 * variance);
        double end = Math.sqrt(3 * variance);
        assertEquals(initialiser.label().endsWith("uniform"), largest <= end && largest > 0.99 * end);
    }

    @Test
    void thoseThatAskForLayersRefuseModelsThatTellNone() {
        Model own = new Model() {
            @Override
            public String kind() {
                return "own";
            }

            @Override
            public int parameterCount() {
                return 3;
            }

            @Override
            public int inputSize() {
                return 1;
            }

            @Override
            public int outputSize() {
                return 1;
            }

            @Override
            public Node predict(Node parameters, Node inputs) {
                return inputs;
            }
        };
        for (Model model : List.of(own, Models.linear(2), Models.quadratic(2), Models.matrixSensing(2, 2, 1))) {
            assertEquals(model.parameterCount(), Initialiser.GAUSSIAN.theta(model, 1).numRows);
            assertFalse(Initialiser.KAIMING_FAN_IN.suits(model));
            String message = assertThrows(
                            IllegalArgumentException.class, () -> Initialiser.KAIMING_FAN_IN.theta(model, 1))
                    .getMessage();
            assertEquals(
                    "kaiming-fan-in: model is " + model.kind() + ", which has no layers, must be one with layers",
                    message);
        }
    }

    @Test
    void labelsAreThoseOfFiles() {
        assertEquals(
                List.of(
                        "zeros",
                        "gaussian",
                        "xavier",
                        "xavier-uniform",
                        "kaiming-fan-in",
                        "kaiming-fan-in-uniform",
                        "kaiming-fan-out",
                        "kaiming-fan-out-uniform"),
                Stream.of(Initialiser.values()).map(Initialiser::label).toList());
    }
}
