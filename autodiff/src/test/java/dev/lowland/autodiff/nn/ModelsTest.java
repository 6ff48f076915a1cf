package dev.lowland.autodiff.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lowland.autodiff.custom.CustomOp;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ModelsTest {

    /** More parameters than an array holds: refused where the model is made, with their number and the limit. */
    @Test
    void refusesMoreParametersThanThereAreIndices() {
        refused(
                "mlp: number of parameters is 3600120001, must be at most 2147483639",
                () -> Models.mlp(60_000, 60_000, 1));
        refused(
                "deep-linear: number of parameters is 10000000000, must be at most 2147483639",
                () -> Models.deepLinear(100_000, 100_000));
        refused(
                "quadratic: number of parameters is 4000000000, must be at most 2147483639",
                () -> Models.quadratic(2_000_000_000));
    }

    private static void refused(String text, Executable action) {
        assertEquals(text, assertThrows(IllegalArgumentException.class, action).getMessage());
    }

    @SuppressWarnings("NullAway") // what happens to null is the question
    static Stream<Arguments> nulls() {
        return Stream.of(
                Arguments.of(
                        "mlp: activation", (Executable) () -> Models.mlp(2, 1).withActivation(null)),
                Arguments.of("mlp: layers", (Executable) () -> Models.mlp((int[]) null)),
                Arguments.of("deep-linear: layers", (Executable) () -> Models.deepLinear((int[]) null)),
                Arguments.of("convnet: blocks[0]", (Executable) () -> Models.convnet(1, 2, 2, 1, (ConvBlock) null)),
                Arguments.of("convnet: activation", (Executable)
                        () -> Models.convnet(1, 2, 2, 1, ConvBlock.of(1, 1)).withActivation(null)),
                Arguments.of("convnet: pooling", (Executable)
                        () -> ConvBlock.of(1, 1).withPooling(null)),
                Arguments.of("resnet: filters", (Executable) () -> Models.resnet(1, 4, 4, 1, 1, 1, (int[]) null)),
                Arguments.of("resnet: activation", (Executable)
                        () -> Models.resnet(1, 4, 4, 1, 1, 1, 2).withActivation(null)),
                Arguments.of("linear: parameters", (Executable)
                        () -> Models.linear(1).predict(null, null)),
                Arguments.of("xavier: model", (Executable) () -> Initialiser.XAVIER.theta(null, 1)),
                Arguments.of("tanh: x", (Executable) () -> Activation.TANH.apply(null)),
                Arguments.of("parameter block: name", (Executable) () -> new ParameterBlock(null, 0, List.of())),
                Arguments.of("parameter block: model", (Executable) () -> ParameterBlock.all(null)),
                Arguments.of("custom op: name", (Executable) () -> CustomOp.named(null)),
                Arguments.of("x: value", (Executable) () -> CustomOp.named("x").value(null)),
                Arguments.of("x: vjp", (Executable) () -> CustomOp.named("x").vjp(null)));
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void refusesNullByName(String start, Executable action) {
        assertEquals(
                start + " is null, must be given",
                assertThrows(NullPointerException.class, action).getMessage());
    }

    /** A convolution uses its filters at every pixel of its response. */
    @Test
    void modelsKnowWhatAPredictionTakes() {
        assertEquals(Models.mlp(3, 4, 2).parameterCount(), Models.mlp(3, 4, 2).multiplications());
        ConvNet net = Models.convnet(2, 4, 5, 3, ConvBlock.of(6, 3).withStride(2));
        assertEquals(6 * 2 * 3 * (2 * 9) + net.parameterCount(), net.multiplications());
        ResNet resnet = Models.resnet(1, 4, 4, 2, 1, 1, 2, 3);
        double stem = 2 * 16 * 9;
        double first = 2 * (2 * 16 * 2 * 9);
        double second = 3 * 4 * (2 * 9) + 3 * 4 * (3 * 9) + 3 * 4 * 2;
        assertEquals(stem + first + second + resnet.parameterCount(), resnet.multiplications());
    }
}
