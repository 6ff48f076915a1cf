package dev.lowland.autodiff.nn;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.core.check.Checks;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What several models check, and the layer that many end with. */
final class ModelRules {
    /** The longest array that every virtual machine makes. */
    static final int LARGEST = Integer.MAX_VALUE - 8;

    private ModelRules() {}

    static int positive(String model, String argument, int value) {
        Checks.atLeast(model, argument, value, 1);
        return value;
    }

    /** A product of positive numbers, refused where no array could be as long. */
    static int product(String model, String what, int... factors) {
        long product = 1;
        for (int factor : factors) {
            product *= factor;
            Checks.atMost(model, what, product, LARGEST);
        }
        return (int) product;
    }

    /** Groups of a normalisation divide its channels. */
    static void divisor(String model, int groups, int filters) {
        positive(model, "groups", groups);
        if (filters % groups != 0) {
            throw Checks.error(model, "groups", groups + " for " + filters + " filters", "a divisor of the filters");
        }
    }

    /** A divisor of the filters such that each group has so many channels. */
    static int groupsOf(String model, int channelsPerGroup, int filters) {
        positive(model, "channels per group", channelsPerGroup);
        if (filters % channelsPerGroup != 0) {
            throw Checks.error(
                    model,
                    "channels per group",
                    channelsPerGroup + " for " + filters + " filters",
                    "a divisor of the filters");
        }
        return filters / channelsPerGroup;
    }

    /** Refuses groups beside channels of a group, which say the same in two ways. */
    static void eitherGroups(GivenFields given, Optional<Integer> groups, Optional<Integer> channelsPerGroup) {
        if (groups.isPresent() && channelsPerGroup.isPresent()) {
            throw given.fault("groups", "beside channelsPerGroup", "alone");
        }
    }

    static List<Integer> list(int... numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    /** Refuses widths of layers that are none. */
    static List<Integer> layers(String model, int... layers) {
        Checks.atLeast(model, "number of layer widths", layers.length, 2);
        for (int width : layers) {
            positive(model, "layer width", width);
        }
        return list(layers);
    }

    /** Widths of layers from a file, whose ends are the sizes of the data. */
    static List<Integer> layers(GivenFields given, ModelField<List<Integer>> field, int inputs, OptionalInt outputs) {
        List<Integer> layers = given.get(field);
        int last = layers.size() - 1;
        if (last < 1) {
            throw given.fault(
                    field.name(), "of length " + layers.size(), "of length at least 2, for the inputs and the outputs");
        }
        if (layers.get(0) != inputs) {
            throw given.fault(
                    field.name() + "[0]", String.valueOf(layers.get(0)), inputs + ", the inputs in a row of the data");
        }
        if (outputs.isPresent() && layers.get(last) != outputs.getAsInt()) {
            throw given.fault(
                    field.name() + "[" + last + "]",
                    String.valueOf(layers.get(last)),
                    outputs.getAsInt() + ", the targets in a row of the data");
        }
        return layers;
    }

    /** W and b of a layer x·W + b. */
    static List<ParameterMatrix> layer(int in, int out) {
        return List.of(ParameterMatrix.layer(in, out), ParameterMatrix.biases(1, out));
    }

    /** A last layer, with W and b taken from θ. */
    static Node head(ParameterCursor matrices, Node features) {
        Node weights = matrices.next();
        return Ops.add(Ops.matmul(features, weights), matrices.next());
    }
}
