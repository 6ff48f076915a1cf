package dev.lowland.optim.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Bytes as scaled numbers: there are so few that the number of each is looked up. Eight of them are read at once, since
 * every access to a buffer costs several checks.
 */
final class ByteElements implements Elements {

    private static final int MASK = 0xff;

    private final ByteBuffer bytes;
    private final double[] numbers = new double[MASK + 1];

    ByteElements(ByteBuffer bytes, boolean signed, Scaling scaling) {
        this.bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        for (int b = 0; b < numbers.length; b++) {
            numbers[b] = scaling.of(signed ? (byte) b : b);
        }
    }

    @Override
    public void read(int from, int count, double[] out, int offset, int stride) {
        int i = 0;
        if (stride == 1) {
            for (; i + Long.BYTES <= count; i += Long.BYTES) {
                eight(bytes.getLong(from + i), out, offset + i);
            }
        }
        for (; i < count; i++) {
            out[offset + i * stride] = numbers[bytes.get(from + i) & MASK];
        }
    }

    private void eight(long word, double[] out, int to) {
        out[to] = numbers[(int) word & MASK];
        out[to + 1] = numbers[(int) (word >>> 8) & MASK];
        out[to + 2] = numbers[(int) (word >>> 16) & MASK];
        out[to + 3] = numbers[(int) (word >>> 24) & MASK];
        out[to + 4] = numbers[(int) (word >>> 32) & MASK];
        out[to + 5] = numbers[(int) (word >>> 40) & MASK];
        out[to + 6] = numbers[(int) (word >>> 48) & MASK];
        out[to + 7] = numbers[(int) (word >>> 56) & MASK];
    }
}
