package dev.lowland.theory.arbitrary;

import dev.lowland.autodiff.nn.Initialiser;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.core.check.Checks;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.theory.experiment.Setting;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * A problem with the square loss and a point θ where the loss is zero: inputs and θ are standard normal, and the
 * targets are the predictions at θ.
 *
 * @param choice the model
 * @param samples n ≥ 1
 * @param distinct how many samples differ; the others repeat them in turn, so that the data are rank-deficient. From 1;
 *     what exceeds n is cut to n.
 * @param seed of inputs and θ
 */
public record InterpolatingProblem(ModelChoice choice, int samples, int distinct, long seed) {

    public InterpolatingProblem {
        Checks.notNull("interpolating problem", "choice", choice);
        Checks.atLeast("make an interpolating problem", "samples", samples, 1);
        Checks.atLeast("make an interpolating problem", "distinct", distinct, 1);
        distinct = Math.min(distinct, samples);
    }

    /** Inputs, n × d; a fresh matrix. */
    public DMatrixRMaj inputs() {
        int size = choice.model().inputSize();
        DMatrixRMaj inputs = new DMatrixRMaj(samples, size);
        RandomStream stream = RandomStream.of(seed, 0, Purpose.DATA);
        for (int i = 0; i < samples; i++) {
            stream.fillGaussian((long) (i % distinct) * size, size, inputs.data, i * size, 1);
        }
        return inputs;
    }

    /** The point where the loss is zero, P × 1; a fresh matrix. */
    public DMatrixRMaj theta() {
        return Initialiser.GAUSSIAN.theta(choice.model(), seed);
    }

    /** Objective, point and spectrum; compiled anew by each call. */
    public Setting setting() {
        Model model = choice.model();
        return Setting.interpolating(choice.kind().name().toLowerCase(Locale.ROOT), model, inputs(), theta());
    }

    /** The fields {@code model}, {@code loss}, {@code data} and {@code theta} of a problem file. */
    String json() {
        Setting setting = setting();
        DMatrixRMaj inputs = setting.objective().data().inputs();
        String rows = IntStream.range(0, samples)
                .mapToObj(i -> numbers(Arrays.copyOfRange(inputs.data, i * inputs.numCols, (i + 1) * inputs.numCols)))
                .collect(Collectors.joining(", "));
        return "\"model\": " + choice.json() + ",\n \"loss\": \"square\",\n \"data\": {\"inputs\": [" + rows
                + "], \"targets\": " + numbers(setting.objective().data().targets()) + "},\n \"theta\": "
                + numbers(setting.theta());
    }

    private static String numbers(DMatrixRMaj matrix) {
        return numbers(Arrays.copyOf(matrix.data, matrix.getNumElements()));
    }

    private static String numbers(double[] values) {
        return Arrays.toString(values);
    }

    /** The Java expression that makes it again. */
    @Override
    public String toString() {
        return "new InterpolatingProblem(" + choice + ", " + samples + ", " + distinct + ", " + seed + "L)";
    }
}
