package dev.lowland.autodiff.nn;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelKindTest {

    /** Fields from a map, which remembers what was asked for. */
    private static final class Asked implements GivenFields {
        private final Map<String, Object> values;
        private final List<String> asked = new ArrayList<>();

        Asked(Map<String, Object> values) {
            this.values = values;
        }

        private Object value(String field) {
            asked.add(field);
            return values.get(field);
        }

        /** A field that is left out has been asked for too. */
        @Override
        public boolean has(String field) {
            boolean there = values.containsKey(field);
            if (!there) {
                asked.add(field);
            }
            return there;
        }

        @Override
        @SuppressWarnings("unchecked")
        public List<GivenFields> objects(String field, List<String> legal) {
            List<GivenFields> objects = new ArrayList<>();
            for (Map<String, Object> one : (List<Map<String, Object>>) value(field)) {
                Asked inner = new Asked(one);
                assertTrue(legal.containsAll(one.keySet()), legal + " has not all of " + one);
                objects.add(inner);
            }
            return objects;
        }

        @Override
        public int wholeNumber(String field, int least) {
            return (Integer) value(field);
        }

        @Override
        @SuppressWarnings("unchecked")
        public List<Integer> wholeNumbers(String field, int least) {
            return (List<Integer>) value(field);
        }

        @Override
        public <T> T oneOf(String field, List<T> all, Function<T, String> label) {
            Object name = value(field);
            return all.stream()
                    .filter(one -> label.apply(one).equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public RuntimeException fault(String place, String found, String rule) {
            return new IllegalStateException(place + " is " + found + ", must be " + rule);
        }
    }

    private static final Map<String, Object> FIELDS = Map.ofEntries(
            entry("layers", List.of(6, 2, 1)),
            entry("activation", "silu"),
            entry("rows", 2),
            entry("cols", 3),
            entry("rank", 4),
            entry("channels", 1),
            entry("height", 2),
            entry("width", 3),
            entry("outputs", 1),
            entry("groups", 2),
            entry("blocksPerStage", 1),
            entry("filters", List.of(2, 4)),
            entry("blocks", List.of(Map.of("filters", 4, "kernel", 3))));

    static Stream<ModelKind> kinds() {
        return Models.kinds().stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aKindAsksForTheFieldsItStates(ModelKind kind) {
        Asked fields = new Asked(FIELDS);
        Model model = kind.make(fields, 6, OptionalInt.of(1));
        assertEquals(kind.name(), model.kind());
        assertEquals(6, model.inputSize());
        assertEquals(kind.fields().stream().map(ModelField::name).toList(), fields.asked);
    }

    @Test
    void namesDiffer() {
        List<String> names = kinds().map(ModelKind::name).toList();
        assertEquals(
                List.of("linear", "quadratic", "mlp", "deep-linear", "matrix-sensing", "convnet", "resnet"), names);
        assertEquals(names, names.stream().distinct().toList());
    }

    @Test
    void theModelIsTheOneOfTheFields() {
        assertEquals(
                "mlp([6, 2, 1], silu)",
                MultiLayerPerceptron.KIND
                        .make(new Asked(FIELDS), 6, OptionalInt.of(1))
                        .toString());
        assertEquals(
                20,
                MatrixSensing.KIND.make(new Asked(FIELDS), 6, OptionalInt.of(1)).parameterCount());
    }

    @Test
    void classesAreAsManyAsTheModelSays() {
        assertEquals(
                1,
                MultiLayerPerceptron.KIND
                        .make(new Asked(FIELDS), 6, OptionalInt.empty())
                        .outputSize());
    }

    /** What is left out of a block: stride 1, padding that keeps the image, a bias in place of a norm, no pooling. */
    @Test
    void aBlockOfAConvnetNeedsItsFiltersOnly() {
        assertEquals(List.of(ConvBlock.of(4, 3)).toString(), blocks(Map.of()));
        assertEquals(List.of(ConvBlock.of(4, 3).withStride(2)).toString(), blocks(Map.of("stride", 2)));
        assertEquals(List.of(ConvBlock.of(4, 3).withPadding(0)).toString(), blocks(Map.of("padding", 0)));
        assertEquals(List.of(ConvBlock.of(4, 3).withGroupNorm(2)).toString(), blocks(Map.of("groups", 2)));
        assertEquals(List.of(ConvBlock.of(4, 3).withGroupNorm(4)).toString(), blocks(Map.of("channelsPerGroup", 1)));
        assertEquals(
                List.of(ConvBlock.of(4, 3).withPooling(ConvBlock.Pooling.GLOBAL))
                        .toString(),
                blocks(Map.of("pooling", "global")));
        assertEquals(
                "convnet: channels per group is 3 for 4 filters, must be a divisor of the filters",
                assertThrows(IllegalArgumentException.class, () -> blocks(Map.of("channelsPerGroup", 3)))
                        .getMessage());
        assertEquals(
                "groups is beside channelsPerGroup, must be alone",
                assertThrows(IllegalStateException.class, () -> blocks(Map.of("channelsPerGroup", 2, "groups", 2)))
                        .getMessage());
    }

    private static String blocks(Map<String, Object> more) {
        Map<String, Object> block = new HashMap<>(Map.of("filters", 4, "kernel", 3));
        block.putAll(more);
        Map<String, Object> fields = new HashMap<>(FIELDS);
        fields.put("height", 4);
        fields.put("width", 4);
        fields.put("blocks", List.of(block));
        String model =
                ConvNet.KIND.make(new Asked(fields), 16, OptionalInt.of(1)).toString();
        return model.substring(model.indexOf("[ConvBlock"), model.lastIndexOf(']') + 1);
    }

    @Test
    void groupsOfAResnetAreSoManyOrOfSoManyChannels() {
        Model groups = ResNet.KIND.make(new Asked(FIELDS), 6, OptionalInt.of(1));
        assertEquals(
                Models.resnet(1, 2, 3, 1, 2, 1, 2, 4)
                        .withActivation(Activation.SILU)
                        .toString(),
                groups.toString());
        Map<String, Object> fields = new HashMap<>(FIELDS);
        fields.remove("groups");
        String missing = assertThrows(
                        IllegalStateException.class, () -> ResNet.KIND.make(new Asked(fields), 6, OptionalInt.of(1)))
                .getMessage();
        assertEquals("groups is missing, must be given, or channelsPerGroup", missing);
        fields.put("channelsPerGroup", 2);
        String channels =
                ResNet.KIND.make(new Asked(fields), 6, OptionalInt.of(1)).toString();
        assertTrue(channels.contains("2 channels a group"), channels);
        fields.put("channelsPerGroup", 3);
        assertThrows(IllegalArgumentException.class, () -> ResNet.KIND.make(new Asked(fields), 6, OptionalInt.of(1)));
    }

    @Test
    void sizesAgreeWithTheData() {
        refused(MultiLayerPerceptron.KIND, 5, 1, "layers[0] is 6, must be 5, the inputs in a row of the data");
        refused(DeepLinear.KIND, 6, 2, "layers[2] is 1, must be 2, the targets in a row of the data");
        refused(MatrixSensing.KIND, 5, 1, "rows × cols is 2 × 3 = 6, must be 5, the inputs in a row of the data");
        refused(Linear.KIND, 6, 2, "kind is a linear model of 1 outputs, must be of 2, as a row of the data");
    }

    private static void refused(ModelKind kind, int inputs, int outputs, String message) {
        Asked fields = new Asked(FIELDS);
        assertEquals(
                message,
                assertThrows(IllegalStateException.class, () -> kind.make(fields, inputs, OptionalInt.of(outputs)))
                        .getMessage());
    }
}
