package dev.lowland.core.kernel.contract;

import dev.lowland.core.check.Checks;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A kernel of an array to an array, and the table of all of them, which is the contract itself: tests, the guard
 * against slow kernels and benchmarks take their lists from here, so that a new one is in each of them.
 */
@FunctionalInterface
public interface ElementwiseFunction {

    /**
     * Sets {@code out[i]} by {@code x[i]} for i in [0, n).
     *
     * @param n entries
     * @param x read, from its start. Not modified.
     * @param out result, may be x. Modified.
     */
    void apply(int n, double[] x, double[] out);

    /**
     * All kernels of some set from one array to another, and those from two, given the same array twice.
     *
     * @param kernels the set
     * @return by the name of the method; each is as fast as a reference to the method
     */
    static SortedMap<String, ElementwiseFunction> of(KernelSet kernels) {
        Checks.notNull("elementwise function", "kernels", kernels);
        SortedMap<String, ElementwiseFunction> all = new TreeMap<>();
        List<Class<?>> ofOne = List.of(int.class, double[].class, double[].class);
        List<Class<?>> ofTwo = List.of(int.class, double[].class, double[].class, double[].class);
        for (Method method : KernelSet.class.getMethods()) {
            List<Class<?>> parameters = List.of(method.getParameterTypes());
            if (parameters.equals(ofOne)) {
                all.put(method.getName(), reference(ElementwiseFunction.class, method, kernels));
            } else if (parameters.equals(ofTwo) && method.getDeclaringClass() != SlopeKernels.class) {
                OfTwo function = reference(OfTwo.class, method, kernels);
                all.put(method.getName(), (n, x, out) -> function.apply(n, x, x, out));
            }
        }
        return all;
    }

    /**
     * Whether it has a value below 0, where the logarithms and roots have none.
     *
     * @return whether the value of −2 is a number
     */
    default boolean isDefinedBelowZero() {
        double[] out = {-2};
        apply(1, out, out);
        return !Double.isNaN(out[0]);
    }

    /** A kernel of two arrays. */
    @FunctionalInterface
    interface OfTwo {

        /**
         * Sets {@code out[i]} by {@code x[i]} and {@code y[i]} for i in [0, n).
         *
         * @param n entries
         * @param x read, from its start. Not modified.
         * @param y read, from its start. Not modified.
         * @param out result, may be x or y. Modified.
         */
        void apply(int n, double[] x, double[] y, double[] out);
    }

    /** What the compiler makes of {@code kernels::method}. */
    private static <T> T reference(Class<T> type, Method method, KernelSet kernels) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodHandle handle = lookup.unreflect(method);
            MethodType signature = handle.type().dropParameterTypes(0, 1);
            MethodHandle maker = LambdaMetafactory.metafactory(
                            lookup,
                            "apply",
                            MethodType.methodType(type, KernelSet.class),
                            signature,
                            lookup.findVirtual(KernelSet.class, method.getName(), signature),
                            signature)
                    .getTarget();
            return type.cast(maker.invoke(kernels));
        } catch (Throwable e) {
            throw new IllegalStateException("kernels: no reference to " + method, e);
        }
    }
}
