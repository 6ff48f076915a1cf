package dev.lowland.autodiff.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        assertEquals("all 5, ", text(Models.linear(5)));
    }

    @Test
    void networksOfImagesHaveAHead() {
        // 3×3 kernels, and two numbers a filter for its norm; the second block has a shortcut
        String text = text(Models.resnet(1, 4, 4, 2, 1, 1, 2, 4));
        assertTrue(text.startsWith("stem 22, block 1 80, block 2 "), text);
        assertTrue(text.endsWith("head 10, "), text);
    }

    @Test
    void refusesWhatIsNoBlock() {
        assertThrows(IllegalArgumentException.class, () -> new ParameterBlock("a", -1, 2));
        assertThrows(IllegalArgumentException.class, () -> new ParameterBlock("a", 0, 0));
        assertEquals(List.of(new ParameterBlock("all", 0, 5)), List.of(ParameterBlock.all(Models.linear(5))));
    }
}
