package dev.lowland.jmh.peers;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.ejml.data.DMatrixRMaj;

/** The networks of {@link dev.lowland.jmh.Problems} in libtorch, with the parameters of Lowland's θ in its order. */
final class TorchNetwork {
    private static final long[] ONE = {1, 1};
    private static final long[] TWO = {2, 2};
    private static final long[] NONE = {0, 0};

    private final String family;
    private final DMatrixRMaj theta;
    private final List<Tensor> parameters = new ArrayList<>();
    private int position;

    private TorchNetwork(String family, DMatrixRMaj theta) {
        this.family = family;
        this.theta = theta;
    }

    /** The network of a family at θ. */
    static TorchNetwork of(String family, DMatrixRMaj theta) {
        TorchNetwork made = new TorchNetwork(family, theta);
        switch (family) {
            case "mlp-small" -> made.layers(10, 20, 1);
            case "mlp-middle" -> made.layers(784, 128, 64, 10);
            case "conv" -> {
                made.parameter(16, 3, 3, 3);
                made.parameter(16);
                made.parameter(16);
                made.parameter(32, 16, 3, 3);
                made.parameter(32);
                made.layers(8192, 10);
            }
            default -> throw new IllegalArgumentException("libtorch has no " + family + " here");
        }
        if (made.position != theta.getNumElements()) {
            throw new IllegalStateException(family + ": " + made.position + " parameters, not " + theta.numRows);
        }
        return made;
    }

    private void layers(int... widths) {
        for (int i = 0; i + 1 < widths.length; i++) {
            parameter(widths[i], widths[i + 1]);
            parameter(1, widths[i + 1]);
        }
    }

    private void parameter(long... shape) {
        int size = 1;
        for (long n : shape) {
            size *= (int) n;
        }
        double[] numbers = new double[size];
        System.arraycopy(theta.data, position, numbers, 0, size);
        position += size;
        parameters.add(tensor(numbers, shape).set_requires_grad(true));
    }

    /** A tensor of these numbers, in memory of its own. */
    static Tensor tensor(double[] numbers, long... shape) {
        try (DoublePointer memory = new DoublePointer(numbers)) {
            return torch.from_blob(memory, shape, new TensorOptions(torch.ScalarType.Double))
                    .clone();
        }
    }

    /** The parameters, in the order of θ. */
    TensorVector parameters() {
        return new TensorVector(parameters.toArray(new Tensor[0]));
    }

    /** All gradients in the order of θ. */
    double[] gradient() {
        double[] out = new double[position];
        int start = 0;
        for (Tensor parameter : parameters) {
            Tensor gradient = parameter.grad().contiguous();
            int size = (int) gradient.numel();
            gradient.data_ptr_double().get(out, start, size);
            start += size;
        }
        return out;
    }

    /** The predictions for rows of inputs. */
    Tensor predict(Tensor inputs) {
        if (family.equals("conv")) {
            return convolutional(inputs);
        }
        Tensor x = inputs;
        for (int i = 0; i < parameters.size(); i += 2) {
            x = torch.addmm(parameters.get(i + 1), x, parameters.get(i));
            if (i + 2 < parameters.size()) {
                x = torch.tanh(x);
            }
        }
        return x;
    }

    private Tensor convolutional(Tensor inputs) {
        Tensor x = inputs.view(-1, 3, 32, 32);
        x = torch.conv2d(x, parameters.get(0), new TensorOptional(), ONE, ONE, ONE, 1);
        x = torch.group_norm(
                x, 4, new TensorOptional(parameters.get(1)), new TensorOptional(parameters.get(2)), 1e-5, false);
        x = torch.relu(x);
        x = torch.conv2d(x, parameters.get(3), new TensorOptional(parameters.get(4)), ONE, ONE, ONE, 1);
        x = torch.relu(x);
        x = torch.avg_pool2d(x, TWO, TWO, NONE, false, true, new LongOptional());
        return torch.addmm(parameters.get(6), x.reshape(-1, 8192), parameters.get(5));
    }
}
