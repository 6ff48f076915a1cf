package dev.lowland.autodiff.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    private static final Map<String, Object> FIELDS =
            Map.of("layers", List.of(6, 2, 1), "activation", "silu", "rows", 2, "cols", 3, "rank", 4);

    static Stream<ModelKind> kinds() {
        return Models.kinds().stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aKindAsksForTheFieldsItStates(ModelKind kind) {
        Asked fields = new Asked(FIELDS);
        Model model = kind.make(fields, 6, 1);
        assertEquals(kind.name(), model.kind());
        assertEquals(6, model.inputSize());
        assertEquals(kind.fields().stream().map(ModelField::name).toList(), fields.asked);
    }

    @Test
    void namesDiffer() {
        List<String> names = kinds().map(ModelKind::name).toList();
        assertEquals(List.of("linear", "quadratic", "mlp", "deep-linear", "matrix-sensing"), names);
        assertEquals(names, names.stream().distinct().toList());
    }

    @Test
    void theModelIsTheOneOfTheFields() {
        assertEquals(
                "mlp([6, 2, 1], silu)",
                MultiLayerPerceptron.KIND.make(new Asked(FIELDS), 6, 1).toString());
        assertEquals(20, MatrixSensing.KIND.make(new Asked(FIELDS), 6, 1).parameterCount());
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
                assertThrows(IllegalStateException.class, () -> kind.make(fields, inputs, outputs))
                        .getMessage());
    }
}
