package dev.lowland.cli.surface;

import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Values that a method has to refuse, or to take with a right result: nothing, no number, no size, too much. */
final class Hostile {
    private Hostile() {}

    /** Wrong values in place of a good one of the same type. Null stands for null. */
    static List<@Nullable Object> inPlaceOf(Type type, @Nullable Object good) {
        Class<?> c = type instanceof ParameterizedType generic
                ? (Class<?>) generic.getRawType()
                : type instanceof Class<?> plain ? plain : Object.class;
        List<@Nullable Object> all = new ArrayList<>();
        if (c == int.class) {
            all.addAll(List.of(-1, 0, 7, Integer.MIN_VALUE, Integer.MAX_VALUE));
        } else if (c == long.class) {
            all.addAll(List.of(-1L, 0L, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 31));
        } else if (c == double.class) {
            all.addAll(List.of(
                    Double.NaN,
                    Double.POSITIVE_INFINITY,
                    Double.NEGATIVE_INFINITY,
                    -1.0,
                    0.0,
                    -0.0,
                    1e300,
                    Double.MIN_VALUE));
        } else if (!c.isPrimitive()) {
            all.add(null);
        }
        if (c == String.class) {
            all.add("");
        }
        if (c == double[].class) {
            all.addAll(List.of(new double[0], new double[7]));
            if (good != null) {
                all.addAll(filled((double[]) good));
            }
        } else if (c.isArray()) {
            all.add(Array.newInstance(c.getComponentType(), 0));
            if (!c.getComponentType().isPrimitive()) {
                all.add(Array.newInstance(c.getComponentType(), 1));
            }
        }
        if (c == DMatrixRMaj.class) {
            all.addAll(List.of(new DMatrixRMaj(0, 0), new DMatrixRMaj(3, 5)));
            if (good != null) {
                DMatrixRMaj m = (DMatrixRMaj) good;
                for (double[] values : filled(m.data)) {
                    DMatrixRMaj other = new DMatrixRMaj(m.numRows, m.numCols);
                    System.arraycopy(values, 0, other.data, 0, m.numRows * m.numCols);
                    all.add(other);
                }
            }
        }
        if (c == List.class || c == Collection.class || c == Iterable.class) {
            all.addAll(List.of(List.of(), Arrays.asList((Object) null)));
        }
        return all;
    }

    /** Whether a value holds a number that is not finite, or is one. */
    static boolean notFinite(@Nullable Object value) {
        if (value instanceof Double d) {
            return !Double.isFinite(d);
        }
        if (value instanceof double[] a) {
            return Arrays.stream(a).anyMatch(x -> !Double.isFinite(x));
        }
        return value instanceof DMatrixRMaj m
                && Arrays.stream(m.data, 0, m.numRows * m.numCols).anyMatch(x -> !Double.isFinite(x));
    }

    /** Whether a result is or holds a NaN. */
    static boolean hasNaN(@Nullable Object value) {
        if (value instanceof Double d) {
            return Double.isNaN(d);
        }
        if (value instanceof double[] a) {
            return Arrays.stream(a).anyMatch(Double::isNaN);
        }
        return value instanceof DMatrixRMaj m
                && Arrays.stream(m.data, 0, m.numRows * m.numCols).anyMatch(Double::isNaN);
    }

    private static List<double[]> filled(double[] good) {
        double[] one = good.clone();
        if (one.length > 0) {
            one[one.length - 1] = Double.NaN;
        }
        double[] infinite = good.clone();
        Arrays.fill(infinite, Double.POSITIVE_INFINITY);
        double[] huge = good.clone();
        Arrays.fill(huge, 1e300);
        return List.of(one, infinite, huge);
    }
}
