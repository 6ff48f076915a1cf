package dev.lowland.optim.minimizer;

import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.sgd.NoiseEvaluator;
import dev.lowland.optim.sgd.ParameterNoise;
import org.ejml.data.DMatrixRMaj;

/** √(ηλ)·C(x)·z of every step, of m independent normal numbers z, which have their positions. For one thread. */
final class PointNoise {

    private final double scale;
    private final RandomStream stream;
    private final NoiseEvaluator evaluator;
    private final DMatrixRMaj point;
    private final double[] normal;
    private final double[] kick;

    /** At a point, which is looked at in every step. */
    PointNoise(ParameterNoise noise, double learningRate, long seed, DMatrixRMaj point) {
        int size = point.getNumElements();
        this.scale = Math.sqrt(learningRate * noise.strength());
        this.stream = RandomStream.of(seed, 0, Purpose.PARAMETER_NOISE);
        this.evaluator = noise.evaluator(size);
        this.point = DMatrixRMaj.wrap(size, 1, point.data);
        this.normal = new double[evaluator.columns()];
        this.kick = new double[size];
    }

    /** The kick of a step, live. */
    double[] at(long step) {
        int columns = normal.length;
        stream.fillGaussian(step * columns, columns, normal, 0, 1);
        DMatrixRMaj factor = evaluator.factor(point);
        Kernels.active().multiply(MatrixForm.NN, false, kick.length, 1, columns, factor.data, 0, normal, 0, kick, 0);
        for (int i = 0; i < kick.length; i++) {
            kick[i] *= scale;
        }
        return kick;
    }
}
