package dev.lowland.cli.surface;

import java.lang.reflect.Array;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;

/**
 * Good values of every type that a public method takes: numbers, arrays, matrices and functions by hand, the library's
 * own objects from whatever public method returns them.
 */
final class Specimens {
    private static final int PER_TYPE = 6;
    private final Map<Class<?>, List<Object>> byType = new LinkedHashMap<>();
    private final Map<Type, List<Object>> found = new HashMap<>();
    private final Set<Class<?>> byHand = new HashSet<>();

    /** Adds a value by hand: of its type no others are made. */
    void add(Class<?> type, Object value) {
        byHand.add(type);
        keep(type, value);
    }

    private void keep(Class<?> type, Object value) {
        found.clear();
        byType.computeIfAbsent(type, t -> new ArrayList<>()).add(value);
    }

    /** Whether a method's result would be a specimen that is still wanted. */
    boolean wants(Executable member) {
        Class<?> made = made(member);
        return made.getName().startsWith("dev.lowland.")
                && !made.isEnum()
                && !byHand.contains(made)
                && of(made).size() < PER_TYPE;
    }

    /** Keeps what a method returned, if it is one of the library's own. */
    void offer(Executable member, Object result) {
        Class<?> made = made(member);
        if (wants(member)
                && made.isInstance(result)
                && result.getClass().getName().startsWith("dev.lowland.")) {
            keep(made, result);
        }
    }

    /** Objects to call a method of a class on; none where only a user's own code would be called. */
    List<Object> receivers(Class<?> c) {
        return of(c).stream()
                .filter(o -> o.getClass().getName().startsWith("dev.lowland.")
                        && !o.getClass().isHidden()
                        && !Proxy.isProxyClass(o.getClass())
                        && !o.getClass().getName().contains(".cli.surface."))
                .toList();
    }

    /** The good values of a type; empty if there is none yet. */
    List<Object> of(Type type) {
        List<Object> known = found.get(type);
        if (known == null) {
            known = search(type);
            found.put(type, known);
        }
        return known;
    }

    private List<Object> search(Type type) {
        if (type instanceof WildcardType wildcard) {
            return of(wildcard.getUpperBounds()[0]);
        }
        if (type instanceof ParameterizedType generic) {
            return ofGeneric(generic);
        }
        if (!(type instanceof Class<?> c)) {
            return List.of("x", 1);
        }
        if (c.isArray() && !c.getComponentType().isPrimitive()) {
            return arrays(c.getComponentType());
        }
        List<Object> all = new ArrayList<>(plain(c));
        byType.forEach((t, values) -> {
            if (c != Object.class && c.isAssignableFrom(t)) {
                all.addAll(values);
            }
        });
        if (all.isEmpty() && c.isInterface() && !c.isSealed() && c.getName().startsWith("dev.lowland.")) {
            return List.of(usersOwn(c));
        }
        return all;
    }

    /** What a user would implement: answers every call with a good value of the type that is asked for. */
    Object usersOwn(Class<?> c) {
        return Proxy.newProxyInstance(c.getClassLoader(), new Class<?>[] {c}, (proxy, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                return method.getName().equals("toString")
                        ? "a user's " + c.getSimpleName()
                        : method.getName().equals("hashCode") ? 1 : (Object) (proxy == arguments[0]);
            }
            if (method.getReturnType() == void.class) {
                return null;
            }
            return of(method.getGenericReturnType()).get(0);
        });
    }

    private List<Object> ofGeneric(ParameterizedType generic) {
        Class<?> raw = (Class<?>) generic.getRawType();
        Type[] arguments = generic.getActualTypeArguments();
        List<Object> first = of(arguments[0]);
        if (raw == List.class || raw == Collection.class || raw == Iterable.class) {
            List<Object> lists = new ArrayList<>();
            for (Object o : first) {
                lists.add(List.of(o));
                lists.add(List.of(o, first.get(first.size() - 1)));
                lists.add(List.of(o, o, o));
            }
            return lists;
        }
        if (raw == Map.class) {
            List<Object> maps = new ArrayList<>();
            for (Object key : first) {
                for (Object value : of(arguments[1])) {
                    maps.add(Map.of(key, value));
                }
            }
            return maps;
        }
        if (raw == Function.class) {
            List<Object> functions = new ArrayList<>();
            of(arguments[1]).forEach(o -> functions.add((Function<Object, Object>) x -> o));
            return functions;
        }
        if (raw == Optional.class) {
            List<Object> optionals = new ArrayList<>(List.of(Optional.empty()));
            first.forEach(o -> optionals.add(Optional.of(o)));
            return optionals;
        }
        return of(raw);
    }

    private List<Object> arrays(Class<?> component) {
        List<Object> arrays = new ArrayList<>();
        for (Object o : of(component)) {
            for (int length = 1; length <= 2; length++) {
                Object array = Array.newInstance(component, length);
                for (int i = 0; i < length; i++) {
                    Array.set(array, i, o);
                }
                arrays.add(array);
            }
        }
        return arrays;
    }

    private static List<Object> plain(Class<?> c) {
        if (c.isEnum()) {
            return List.of(c.getEnumConstants());
        }
        if (c == int.class) {
            return List.of(1, 2, 4, 3, 0);
        }
        if (c == long.class) {
            return List.of(3L, 1L, 10L);
        }
        if (c == double.class) {
            return List.of(0.5, 0.1, 1.0, 2.0);
        }
        if (c == boolean.class) {
            return List.of(true, false);
        }
        if (c == String.class) {
            return List.of("name", "x");
        }
        if (c == double[].class) {
            return List.of(numbers(2), numbers(4), numbers(8), numbers(1), numbers(64));
        }
        if (c == int[].class) {
            return List.of(new int[] {0}, new int[] {1, 0}, new int[] {2, 3});
        }
        if (c == byte[].class) {
            return List.of(new byte[] {1, 2, 3, 4}, new byte[8]);
        }
        if (c == float[].class) {
            return List.of(new float[] {1, 2, 3, 4}, new float[8]);
        }
        if (c == Path.class) {
            return List.of(Path.of("no such file"));
        }
        if (c == ByteOrder.class) {
            return List.of(ByteOrder.BIG_ENDIAN);
        }
        if (c == long[].class) {
            return List.of(new long[] {1, 2}, new long[64]);
        }
        if (c == boolean[].class) {
            return List.of(new boolean[] {true, false});
        }
        if (c == DMatrixRMaj.class) {
            return List.of(
                    new DMatrixRMaj(new double[][] {{2, 0.5}, {0.5, 1}}),
                    new DMatrixRMaj(new double[][] {{0.3}, {0.7}}),
                    new DMatrixRMaj(new double[][] {{0.5}}),
                    new DMatrixRMaj(new double[][] {{1, 0}, {0, 1}}),
                    new DMatrixRMaj(3, 1),
                    new DMatrixRMaj(3, 2),
                    new DMatrixRMaj(new double[][] {{0.5, 0.1}, {0.2, 0.4}, {0.9, 0.3}, {0.1, 0.8}}),
                    new DMatrixRMaj(new double[][] {{1}, {-1}, {1}, {1}}));
        }
        if (c == DoubleUnaryOperator.class) {
            return List.of((DoubleUnaryOperator) x -> x);
        }
        if (c == UnaryOperator.class) {
            return List.of(UnaryOperator.identity());
        }
        if (c == ToDoubleFunction.class) {
            return List.of((ToDoubleFunction<Object>) x -> 0.5);
        }
        if (c == BooleanSupplier.class) {
            return List.of((BooleanSupplier) () -> false);
        }
        if (c == Predicate.class) {
            return List.of((Predicate<Object>) x -> true);
        }
        if (c == OptionalDouble.class) {
            return List.of(OptionalDouble.empty(), OptionalDouble.of(0.5));
        }
        if (c == OptionalInt.class) {
            return List.of(OptionalInt.empty(), OptionalInt.of(1));
        }
        if (c == OptionalLong.class) {
            return List.of(OptionalLong.empty(), OptionalLong.of(1));
        }
        return List.of();
    }

    private static double[] numbers(int length) {
        double[] a = new double[length];
        for (int i = 0; i < length; i++) {
            a[i] = 0.1 + 0.1 * (i % 7);
        }
        return a;
    }

    private static Class<?> made(Executable member) {
        if (member instanceof java.lang.reflect.Method method) {
            return Modifier.isPublic(method.getReturnType().getModifiers()) ? method.getReturnType() : void.class;
        }
        return member.getDeclaringClass();
    }
}
