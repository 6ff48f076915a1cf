package dev.lowland.autodiff.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.ConvBlock.Pooling;
import dev.lowland.autodiff.nn.ParameterMatrix.Fan;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterBlockTest {

    private static String text(Model model) {
        StringBuilder text = new StringBuilder();
        int end = 0;
        for (ParameterBlock block : model.blocks()) {
            assertEquals(end, block.start(), block.name());
            end += block.length();
            text.append(block.name()).append(' ').append(block.length()).append(", ");
        }
        assertEquals(model.parameterCount(), end);
        return text.toString();
    }

    @Test
    void modelsKnowTheirLayers() {
        assertEquals("layer 1 12, layer 2 5, ", text(Models.mlp(2, 4, 1)));
        assertEquals("W1 6, W2 3, ", text(Models.deepLinear(2, 3, 1)));
        assertEquals("u 3, v 3, ", text(Models.quadratic(3)));
        assertEquals("U 4, V 6, ", text(Models.matrixSensing(2, 3, 2)));
        assertEquals("weights 5, ", text(Models.linear(5)));
    }

    @Test
    void networksOfImagesHaveAHead() {
        // 3×3 kernels, and two numbers a filter for its norm; the second block has a shortcut
        String text = text(Models.resnet(1, 4, 4, 2, 1, 1, 2, 4));
        assertTrue(text.startsWith("stem 22, block 1 80, block 2 "), text);
        assertTrue(text.endsWith("head 10, "), text);
    }

    @Test
    void modelsSayWhatTheyConsistOf() {
        assertEquals(
                "[layer 1 (2×4 + 4), layer 2 (4 + 1)]",
                Models.mlp(2, 4, 1).blocks().toString());
        assertEquals("[u (3), v (3)]", Models.quadratic(3).blocks().toString());
        assertEquals(
                "[U (2×2), V (3×2)]", Models.matrixSensing(2, 3, 2).blocks().toString());
        ConvNet net =
                Models.convnet(1, 4, 4, 3, ConvBlock.of(2, 3).withGroupNorm(1).withPooling(Pooling.GLOBAL));
        assertEquals("[block 1 (2×9 + 2 + 2), head (2×3 + 3)]", net.blocks().toString());
    }

    /** What torch.nn.init says of a linear layer and of a convolution. */
    @Test
    void weightsKnowTheirFans() {
        assertEquals(List.of(new Fan(2, 4), new Fan(4, 1)), fans(Models.mlp(2, 4, 1)));
        assertEquals(List.of(new Fan(2, 3), new Fan(3, 1)), fans(Models.deepLinear(2, 3, 1)));
        assertEquals(
                List.of(new Fan(3 * 25, 8 * 25), new Fan(8, 10)),
                fans(Models.convnet(3, 6, 6, 10, ConvBlock.of(8, 5).withPooling(Pooling.GLOBAL))));
        assertEquals(List.of(), fans(Models.matrixSensing(2, 3, 2)));
    }

    private static List<Fan> fans(Model model) {
        return model.blocks().stream()
                .flatMap(block -> block.matrices().stream())
                .flatMap(matrix -> matrix.fan().stream())
                .toList();
    }

    @Test
    void refusesModelsThatNoArrayHolds() {
        String message = assertThrows(IllegalArgumentException.class, () -> Models.deepLinear(40_000, 40_000, 40_000))
                .getMessage();
        assertEquals("deep-linear: number of parameters is 3200000000, must be at most 2147483639", message);
        assertThrows(IllegalArgumentException.class, () -> Models.quadratic(Integer.MAX_VALUE / 2 + 1));
        assertThrows(IllegalArgumentException.class, () -> Models.matrixSensing(100_000, 100_000, 1));
        assertThrows(IllegalArgumentException.class, () -> Models.mlp(3));
        assertThrows(IllegalArgumentException.class, () -> Models.mlp());
        assertThrows(IllegalArgumentException.class, () -> Models.deepLinear(3, 0));
        assertThrows(IllegalArgumentException.class, () -> Models.linear(0));
    }

    @Test
    void refusesWhatIsNoBlock() {
        assertThrows(IllegalArgumentException.class, () -> new ParameterBlock("a", -1, 2));
        assertThrows(IllegalArgumentException.class, () -> new ParameterBlock("a", 0, 0));
        assertEquals(List.of(new ParameterBlock("all", 0, 5)), List.of(ParameterBlock.all(Models.linear(5))));
    }
}
