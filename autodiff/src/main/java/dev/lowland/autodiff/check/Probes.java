package dev.lowland.autodiff.check;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.core.linalg.Norms;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;

/** Random vectors, one after the other from one seed. For one thread. */
final class Probes {
    private final RandomStream random;
    private long position;

    Probes(long seed) {
        random = RandomStream.of(seed, 0, Purpose.PROBE);
    }

    /** Standard normal numbers. */
    double[] gaussian(int count) {
        double[] values = new double[count];
        random.fillGaussian(position, count, values, 0, 1);
        position += count;
        return values;
    }

    /** Standard normal numbers as a node. */
    Node constant(Graph graph, Shape shape) {
        return graph.constant(shape, gaussian(shape.size()));
    }

    /** Numbers uniform in (low, high). */
    double[] uniform(int count, double low, double high) {
        double[] values = new double[count];
        random.fillUniform(position, count, values, 0, 1);
        position += count;
        for (int i = 0; i < count; i++) {
            values[i] = low + (high - low) * values[i];
        }
        return values;
    }

    /** A distance over which functions of a point may be expected to change by their own size. */
    static double scale(double[] point) {
        double largest = 0;
        for (double entry : point) {
            largest = Math.max(largest, Math.abs(entry));
        }
        return Math.max(0.1, Math.min(1, largest));
    }

    /** The same along a direction: shorter for a long direction. */
    static double scale(double[] point, double[] direction) {
        return scale(point) / Math.max(1, Norms.two(direction));
    }
}
