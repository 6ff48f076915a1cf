package dev.lowland.optim.data;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Stored elements of one type as scaled numbers. Immutable as long as the memory is; read by several threads at once;
 * allocates nothing.
 */
interface Elements {

    /**
     * Writes the numbers of elements that follow each other: that of element from + i goes to out[offset + i·stride].
     */
    void read(int from, int count, double[] out, int offset, int stride);

    /** Elements of a type at the beginning of some bytes, whose order is that of the buffer. */
    static Elements of(ElementType type, ByteBuffer bytes, Scaling scaling) {
        return switch (type) {
            case SIGNED_BYTE, UNSIGNED_BYTE -> new ByteElements(bytes, type == ElementType.SIGNED_BYTE, scaling);
            case INT -> ofInts(bytes.asIntBuffer(), scaling);
            case FLOAT -> ofFloats(bytes.asFloatBuffer(), scaling);
            case DOUBLE -> ofDoubles(bytes.asDoubleBuffer(), scaling);
        };
    }

    static Elements ofInts(IntBuffer ints, Scaling scaling) {
        return (from, count, out, offset, stride) -> {
            for (int i = 0; i < count; i++) {
                out[offset + i * stride] = scaling.of(ints.get(from + i));
            }
        };
    }

    static Elements ofFloats(FloatBuffer floats, Scaling scaling) {
        return (from, count, out, offset, stride) -> {
            for (int i = 0; i < count; i++) {
                out[offset + i * stride] = scaling.of(floats.get(from + i));
            }
        };
    }

    static Elements ofDoubles(DoubleBuffer doubles, Scaling scaling) {
        return (from, count, out, offset, stride) -> {
            if (stride == 1 && scaling.isNone()) {
                doubles.get(from, out, offset, count);
                return;
            }
            for (int i = 0; i < count; i++) {
                out[offset + i * stride] = scaling.of(doubles.get(from + i));
            }
        };
    }
}
