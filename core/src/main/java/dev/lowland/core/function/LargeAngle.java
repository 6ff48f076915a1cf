package dev.lowland.core.function;

/**
 * Angles far beyond one turn, reduced with as many digits of 2/π as they need.
 *
 * <p>x = m·2ᵉ with m whole, so that x·2/π modulo 4 depends on 192 bits of 2/π only: those before give multiples of 4,
 * those behind less than 2⁻¹³⁶. The product with m modulo 2¹⁹² is then a fixed-point number, its first two bits the
 * quadrant and the rest the part of a quarter turn. A double comes no nearer than 2⁻⁶² to a multiple of π/2, so more
 * than a hundred bits of that part are right.
 *
 * <p>Thread safe; allocates nothing. Reference: M. Payne, R. Hanek, <i>Radian reduction for trigonometric
 * functions</i>, SIGNUM Newsletter 18, 1983.
 */
final class LargeAngle {

    /** 64 zeros, and then the first 1,280 binary digits of 2/π behind the point. */
    private static final long[] DIGITS = {
        0,
        0xa2f9836e4e441529L,
        0xfc2757d1f534ddc0L,
        0xdb6295993c439041L,
        0xfe5163abdebbc561L,
        0xb7246e3a424dd2e0L,
        0x06492eea09d1921cL,
        0xfe1deb1cb129a73eL,
        0xe88235f52ebb4484L,
        0xe99c7026b45f7e41L,
        0x3991d639835339f4L,
        0x9c845f8bbdf9283bL,
        0x1ff897ffde05980fL,
        0xef2f118b5a0a6d1fL,
        0x6d367ecf27cb09b7L,
        0x4f463f669e5fea2dL,
        0x7527bac7ebe5f17bL,
        0x3d0739f78a5292eaL,
        0x6bfb5fb11f8d5d08L,
        0x56033046fc7b6babL,
        0xf0cfbc209af4361dL
    };

    private static final double HALF_PI = 0x1.921fb54442d18p0;
    private static final double HALF_PI_REST = 0x1.1a62633145c07p-54;

    /** 2²⁷ + 1 takes the upper half of a double's digits. */
    private static final double SPLITTER = 0x1.0000002p27;

    private LargeAngle() {}

    /** sin(x + turns·π/2) for a finite x ≥ 2¹⁶. */
    static double quarter(double x, int turns) {
        int exponent = Math.getExponent(x) - 52;
        long mantissa = (Double.doubleToRawLongBits(x) & 0xfffffffffffffL) | 0x10000000000000L;
        int start = exponent + 62;
        long low = mantissa * digits(start + 128);
        long carry = high(mantissa, digits(start + 128));
        long product = mantissa * digits(start + 64);
        long middle = product + carry;
        carry = high(mantissa, digits(start + 64)) + (Long.compareUnsigned(middle, product) < 0 ? 1 : 0);
        long top = mantissa * digits(start) + carry;
        long quadrant = (top >>> 62) + turns;
        return part((top << 2) | (middle >>> 62), (middle << 2) | (low >>> 62), low << 2, quadrant);
    }

    /**
     * The sine of quadrant + (a, b, c) quarter turns; the three words are a signed fraction, so the quadrant is rounded
     * up with it.
     */
    private static double part(long a, long b, long c, long quadrant) {
        long upper = a;
        long lower = b;
        long nearest = quadrant;
        boolean negative = a < 0;
        if (negative) {
            nearest++;
            lower = c == 0 ? -b : ~b;
            upper = lower == 0 && c == 0 ? -a : ~a;
        }
        long rest = negative ? -c : c;
        int zeros = upper != 0 ? Long.numberOfLeadingZeros(upper) : 64 + Long.numberOfLeadingZeros(lower);
        long first = shifted(upper, lower, rest, zeros);
        long second = shifted(lower, rest, 0, zeros);
        double scale = Math.scalb(negative ? -1.0 : 1.0, -zeros);
        double head = (first >>> 11) * 0x1p-53 * scale;
        double tail = (((first & 0x7ff) << 42) | (second >>> 22)) * 0x1p-106 * scale;
        double product = head * HALF_PI;
        double correction = lost(head, product) + (head * HALF_PI_REST + tail * HALF_PI);
        double r = product + correction;
        double remainder = correction - (r - product);
        double value =
                (nearest & 1) == 0 ? Trigonometry.sinReduced(r, remainder) : Trigonometry.cosReduced(r, remainder);
        return (nearest & 2) == 0 ? value : -value;
    }

    /** The first word of (a, b, c) shifted left by less than 128. */
    private static long shifted(long a, long b, long c, int by) {
        long first = by < 64 ? a : b;
        long second = by < 64 ? b : c;
        int bits = by & 63;
        return bits == 0 ? first : (first << bits) | (second >>> (64 - bits));
    }

    /** What the product head · π/2 lost by rounding (Dekker). */
    private static double lost(double head, double product) {
        double x = head * SPLITTER;
        double xHigh = x - (x - head);
        double xLow = head - xHigh;
        double y = HALF_PI * SPLITTER;
        double yHigh = y - (y - HALF_PI);
        double yLow = HALF_PI - yHigh;
        return ((xHigh * yHigh - product) + xHigh * yLow + xLow * yHigh) + xLow * yLow;
    }

    /** 64 digits from a place on. */
    private static long digits(int place) {
        int word = place >> 6;
        int bits = place & 63;
        return bits == 0 ? DIGITS[word] : (DIGITS[word] << bits) | (DIGITS[word + 1] >>> (64 - bits));
    }

    /** The upper 64 bits of a · b, b without sign and a below 2⁶³. */
    private static long high(long a, long b) {
        return Math.multiplyHigh(a, b) + (b < 0 ? a : 0);
    }
}
