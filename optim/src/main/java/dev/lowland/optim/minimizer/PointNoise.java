package dev.lowland.optim.minimizer;

import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.noise.NoiseKicks;
import dev.lowland.optim.noise.ParameterNoise;

/** √(ηλ)·C(x)·z of every step, of m independent normal numbers z, which have their positions. For one thread. */
final class PointNoise {

    private final double strength;
    private final RandomStream stream;
    private final NoiseKicks kicks;
    private final double[] normal;
    private final double[] scale = new double[1];

    /** Of so many entries. */
    PointNoise(ParameterNoise noise, long seed, int size) {
        this.strength = noise.strength();
        this.stream = RandomStream.of(seed, 0, Purpose.PARAMETER_NOISE);
        this.kicks = NoiseKicks.of(noise, size, 1);
        this.normal = new double[kicks.columns()];
    }

    /** The kick of a step at x, live. */
    double[] at(double[] x, long step, double learningRate) {
        stream.fillGaussian(step * normal.length, normal.length, normal, 0, 1);
        scale[0] = Math.sqrt(learningRate * strength);
        return kicks.at(x, normal, 0, scale);
    }
}
