package dev.lowland.core.kernel.contract;

import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the kernel tests share: the twins that run here, sizes, and numbers. */
public final class Twins {
    private Twins() {}

    /** The scalar twin, and the vector twin if its module is there: then it must load and pass its self-test. */
    static Stream<KernelSet> all() {
        Optional<KernelSet> vector = Kernels.vector();
        if (vector.isEmpty()
                && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            throw new IllegalStateException(Kernels.describe());
        }
        return Stream.concat(Stream.of(Kernels.scalar()), vector.stream());
    }

    /** Around every width and block: 1…67, 128, 255, 1024 and a few more. */
    static int[] sizes() {
        return IntStream.concat(IntStream.rangeClosed(0, 67), IntStream.of(127, 128, 129, 255, 1000, 1024))
                .toArray();
    }

    /** Standard normal numbers that a seed names. */
    public static double[] gaussians(int n, long seed) {
        double[] x = new double[n];
        RandomStream.of(seed, 0, Purpose.TEST).fillGaussian(0, n, x, 0, 1);
        return x;
    }

    /** NaN, infinities, zeros and extremes among ordinary numbers. */
    static double[] withSpecials(int n, long seed) {
        double[] specials = {
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            0.0,
            -0.0,
            Double.MIN_VALUE,
            -Double.MIN_VALUE,
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            Double.MIN_NORMAL,
            1.0,
            -1.0,
            709.9,
            -745.2,
            1e-300,
            -40.5
        };
        double[] x = gaussians(n, seed);
        RandomStream places = RandomStream.of(seed, 1, Purpose.TEST);
        for (int i = 0; i < n; i++) {
            if (places.uniform(2L * i) < 0.3) {
                x[i] = specials[places.index(2L * i + 1, specials.length)];
            } else {
                x[i] *= Math.pow(10, places.index(2L * i + 1, 5) - 2);
            }
        }
        return x;
    }
}
