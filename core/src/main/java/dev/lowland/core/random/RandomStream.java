package dev.lowland.core.random;

import dev.lowland.core.check.Checks;
import dev.lowland.core.generator.Normals;
import dev.lowland.core.generator.Philox;
import dev.lowland.core.generator.Uniforms;
import dev.lowland.core.kernel.Kernels;

/**
 * A sequence of random numbers that is addressed by position: the number at a position depends on the stream's (seed,
 * replica, purpose), the position and nothing else. Filling an array gives the same bits as asking for its entries one
 * by one.
 *
 * <p>The same position read as two kinds of number (uniform, normal, sign, index) gives dependent numbers, as both come
 * from the same random bits: use one kind a stream.
 *
 * <p>Immutable, safe to share between threads. Nothing but {@link #of} allocates.
 */
public final class RandomStream {
    /** Positions are below this. */
    public static final long POSITIONS = 1L << 57;

    private final long key;
    private final long stream;

    private RandomStream(long seed, int replica, Purpose purpose) {
        this.key = seed;
        this.stream = number(replica, purpose);
    }

    /**
     * The stream of a seed, a replica and a purpose.
     *
     * @param seed any number; different seeds give independent streams
     * @param replica which of many runs, ≥ 0
     * @param purpose what the numbers are for
     * @return the stream
     * @throws IllegalArgumentException if replica is negative
     */
    public static RandomStream of(long seed, int replica, Purpose purpose) {
        Checks.notNull("random stream", "purpose", purpose);
        Checks.atLeast("random stream", "replica", replica, 0);
        return new RandomStream(seed, replica, purpose);
    }

    /** The replica in the low word, the purpose above. */
    static long number(int replica, Purpose purpose) {
        return ((long) purpose.code() << 32) | replica;
    }

    /**
     * 64 random bits.
     *
     * @param position in [0, 2⁵⁷)
     * @return any long, all equally likely
     */
    public long bits(long position) {
        checkPosition("random bits", position);
        return Philox.word(key, stream, position);
    }

    /**
     * A number from the uniform law on (0, 1), with 53 random bits; never 0 or 1.
     *
     * @param position in [0, 2⁵⁷)
     * @return k·2⁻⁵³ with k whole, or 2⁻⁵⁴ in place of 0
     */
    public double uniform(long position) {
        return Uniforms.open(bits(position));
    }

    /**
     * A number from the standard normal law. Positions 2j and 2j + 1 share a block, and are independent.
     *
     * @param position in [0, 2⁵⁷)
     * @return a number of magnitude at most 8.66
     */
    public double gaussian(long position) {
        long a = bits(position & ~1L);
        long b = bits(position | 1);
        double radius = Normals.radius(a);
        double x = Normals.angle(b);
        return (position & 1) == 0 ? Normals.even(radius, x, b) : Normals.odd(radius, x, b);
    }

    /**
     * +1 or −1 with equal probability. A block of 128 random bits serves 128 positions.
     *
     * @param position in [0, 2⁵⁷)
     * @return +1 or −1
     */
    public double sign(long position) {
        checkPosition("random sign", position);
        return Uniforms.sign(bits(position >>> 6), (int) position & 63);
    }

    /**
     * An index from [0, bound). Each has probability 1/bound up to 2⁻⁶⁴, a bias below 2⁻³³ of itself.
     *
     * @param position in [0, 2⁵⁷)
     * @param bound how many indices there are, at least 1
     * @return a number in [0, bound)
     */
    public int index(long position, int bound) {
        Checks.atLeast("random index", "bound", bound, 1);
        return Uniforms.index(bits(position), bound);
    }

    /**
     * out[offset + i·stride] = uniform(position + i) for i in [0, count).
     *
     * @param position first position
     * @param count how many numbers
     * @param out result. Modified at those entries only.
     * @param offset first entry
     * @param stride distance of neighbours, at least 1
     */
    public void fillUniform(long position, int count, double[] out, int offset, int stride) {
        Checks.notNull("fill uniform", "out", out);
        check("random uniforms", position, count, out.length, offset, stride);
        Kernels.active().fillUniform(key, stream, position, count, out, offset, stride);
    }

    /**
     * out[offset + i·stride] = gaussian(position + i) for i in [0, count).
     *
     * @param position first position
     * @param count how many numbers
     * @param out result. Modified at those entries only.
     * @param offset first entry
     * @param stride distance of neighbours, at least 1
     */
    public void fillGaussian(long position, int count, double[] out, int offset, int stride) {
        Checks.notNull("fill gaussian", "out", out);
        check("random gaussians", position, count, out.length, offset, stride);
        Kernels.active().fillGaussian(key, stream, position, count, out, offset, stride);
    }

    /**
     * out[offset + i·stride] = sign(position + i) for i in [0, count).
     *
     * @param position first position
     * @param count how many numbers
     * @param out result. Modified at those entries only.
     * @param offset first entry
     * @param stride distance of neighbours, at least 1
     */
    public void fillSigns(long position, int count, double[] out, int offset, int stride) {
        Checks.notNull("fill signs", "out", out);
        check("random signs", position, count, out.length, offset, stride);
        Kernels.active().fillSigns(key, stream, position, count, out, offset, stride);
    }

    /**
     * out[offset + i·stride] = index(position + i, bound) for i in [0, count).
     *
     * @param position first position
     * @param count how many numbers
     * @param bound how many indices there are, at least 1
     * @param out result. Modified at those entries only.
     * @param offset first entry
     * @param stride distance of neighbours, at least 1
     */
    public void fillIndices(long position, int count, int bound, int[] out, int offset, int stride) {
        Checks.notNull("random indices", "out", out);
        Checks.atLeast("random indices", "bound", bound, 1);
        check("random indices", position, count, out.length, offset, stride);
        Kernels.active().fillIndices(key, stream, position, count, bound, out, offset, stride);
    }

    static void checkPosition(String operation, long position) {
        Checks.index(operation, "position", position, POSITIONS);
    }

    private static void check(String operation, long position, int count, int length, int offset, int stride) {
        checkPosition(operation, position);
        Checks.span(operation, "out", length, offset, count, stride);
        Checks.atMost(operation, "position + count", position + count, POSITIONS);
    }
}
