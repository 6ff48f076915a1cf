package dev.lowland.theory.claims.beyond;

import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.rule.OptimiserState;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.theory.experiment.Setting;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Replicas that start beside a point of a valley, each off by normal numbers along the eigenvectors across the valley.
 *
 * @param setting the point
 * @param sizes standard deviation along each eigenvector, for each rung
 */
record Beside(Setting setting, double[] sizes) implements LadderTrial.Manner {

    @Override
    public OptimiserState start(Optimiser optimiser, int rung, int replicas) {
        int size = setting.parameters();
        int rank = setting.rank();
        double[] laned = new double[size * replicas];
        double[] normal = new double[rank];
        for (int r = 0; r < replicas; r++) {
            RandomStream.of(optimiser.seed(), r, Purpose.PROBE).fillGaussian(0, rank, normal, 0, 1);
            for (int i = 0; i < size; i++) {
                double at = setting.theta().data[i];
                for (int j = 0; j < rank; j++) {
                    at += sizes[rung] * normal[j] * setting.spectrum().vectors().get(i, size - 1 - j);
                }
                laned[i * replicas + r] = at;
            }
        }
        Map<String, double[]> memory = new LinkedHashMap<>();
        optimiser.rule().memory().forEach(what -> memory.put(what, new double[laned.length]));
        return OptimiserState.of(0, optimiser.seed(), 0, replicas, laned, memory);
    }
}
