package dev.lowland.autodiff.nn;

import dev.lowland.autodiff.nn.ParameterMatrix.Fan;
import dev.lowland.core.check.Checks;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Where training starts: θ for a model, by a seed.
 *
 * <p>Those that know layers draw weights of mean 0 and of a variance that keeps the size of what passes through; biases
 * and shifts are 0, scales of normalisations 1. With the fan-in n (numbers that are added up to one response, for a
 * convolution channels·size²) and the fan-out m (responses in which one number has a part, for a convolution
 * filters·size²) the variance is 2/(n + m) for {@code XAVIER}, 2/n for {@code KAIMING_FAN_IN}, 2/m for
 * {@code KAIMING_FAN_OUT}: the law is normal, or with {@code UNIFORM} in its name that on (−a, a) with a = √(3 ·
 * variance). These are the definitions of {@code torch.nn.init}, with the gain √2 of relu in kaiming's and 1 in
 * xavier's.
 *
 * <p>Random numbers are addressed: entry i of θ is made of number i of the stream (seed, replica 0,
 * {@link Purpose#INITIALISATION}), whatever is drawn before it. A name, a seed, a scale and a model give the same bits
 * on every machine, and a later version gives them too.
 *
 * <p>Sources: X. Glorot, Y. Bengio, <i>Understanding the difficulty of training deep feedforward neural networks</i>,
 * AISTATS 2010 (xavier); K. He et al., <i>Delving deep into rectifiers</i>, ICCV 2015 (kaiming).
 */
public enum Initialiser {
    /** θ = 0. */
    ZEROS(Law.NONE, null),
    /** Every entry of θ from N(0, 1), whatever it is. */
    GAUSSIAN(Law.NORMAL, null),
    /** Weights from N(0, 2/(n + m)). */
    XAVIER(Law.NORMAL, fan -> 2.0 / ((double) fan.in() + fan.out())),
    /** Weights uniform with the variance 2/(n + m), on ±√(6/(n + m)). */
    XAVIER_UNIFORM(Law.UNIFORM, fan -> 2.0 / ((double) fan.in() + fan.out())),
    /** Weights from N(0, 2/n). */
    KAIMING_FAN_IN(Law.NORMAL, fan -> 2.0 / fan.in()),
    /** Weights uniform with the variance 2/n, on ±√(6/n). */
    KAIMING_FAN_IN_UNIFORM(Law.UNIFORM, fan -> 2.0 / fan.in()),
    /** Weights from N(0, 2/m). */
    KAIMING_FAN_OUT(Law.NORMAL, fan -> 2.0 / fan.out()),
    /** Weights uniform with the variance 2/m, on ±√(6/m). */
    KAIMING_FAN_OUT_UNIFORM(Law.UNIFORM, fan -> 2.0 / fan.out());

    private enum Law {
        NONE,
        NORMAL,
        UNIFORM
    }

    private final Law law;
    private final @Nullable ToDoubleFunction<Fan> variance;

    Initialiser(Law law, @Nullable ToDoubleFunction<Fan> variance) {
        this.law = law;
        this.variance = variance;
    }

    /**
     * The name used in files.
     *
     * @return the name in lower case with dashes, for example {@code kaiming-fan-in}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Whether it suits a model: all do but those that ask for layers where the model does not tell its layers.
     *
     * @param model the model
     * @return true if {@link #theta} can be made
     */
    public boolean suits(Model model) {
        Checks.notNull(label(), "model", model);
        return variance == null
                || model.blocks().stream()
                        .flatMap(block -> block.matrices().stream())
                        .allMatch(matrix -> matrix.role() != ParameterMatrix.Role.WEIGHTS
                                || matrix.fan().isPresent());
    }

    /**
     * θ for a model.
     *
     * @param model gives P and the layers
     * @param seed any number; other seeds give independent numbers
     * @return P × 1
     * @throws IllegalArgumentException if it asks for layers and the model has none
     */
    public DMatrixRMaj theta(Model model, long seed) {
        return theta(model, seed, 1);
    }

    /**
     * θ for a model, with what is drawn multiplied by a scale.
     *
     * @param model gives P and the layers
     * @param seed any number; other seeds give independent numbers
     * @param scale positive and finite
     * @return P × 1
     * @throws IllegalArgumentException if it asks for layers and the model has none, or the scale is out of range
     */
    public DMatrixRMaj theta(Model model, long seed, double scale) {
        Checks.positive(label(), "scale", scale);
        if (!suits(model)) {
            throw Checks.error(label(), "model", model.kind() + ", which has no layers", "one with layers");
        }
        DMatrixRMaj theta = new DMatrixRMaj(model.parameterCount(), 1);
        RandomStream stream = RandomStream.of(seed, 0, Purpose.INITIALISATION);
        if (variance == null) {
            draw(stream, scale, theta.data, 0, theta.numRows);
            return theta;
        }
        for (ParameterBlock block : model.blocks()) {
            int start = block.start();
            for (ParameterMatrix matrix : block.matrices()) {
                int end = start + matrix.length();
                if (matrix.role() == ParameterMatrix.Role.WEIGHTS) {
                    double deviation =
                            Math.sqrt(variance.applyAsDouble(matrix.fan().orElseThrow()));
                    draw(stream, scale * deviation, theta.data, start, matrix.length());
                } else if (matrix.role() == ParameterMatrix.Role.SCALES) {
                    Arrays.fill(theta.data, start, end, 1);
                }
                start = end;
            }
        }
        return theta;
    }

    /** Entries from start on, of mean 0 and this standard deviation. */
    private void draw(RandomStream stream, double deviation, double[] theta, int start, int count) {
        if (law == Law.NORMAL) {
            stream.fillGaussian(start, count, theta, start, 1);
            for (int i = start; i < start + count; i++) {
                theta[i] *= deviation;
            }
        } else if (law == Law.UNIFORM) {
            double half = Math.sqrt(3) * deviation;
            stream.fillUniform(start, count, theta, start, 1);
            for (int i = start; i < start + count; i++) {
                theta[i] = half * (2 * theta[i] - 1);
            }
        }
    }
}
