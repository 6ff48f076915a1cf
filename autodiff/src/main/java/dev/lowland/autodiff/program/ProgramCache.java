package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.core.check.Checks;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Programs by the shapes of their inputs, compiled when first asked for: for batches of many sizes. The ones that were
 * not asked for longest go when there are too many. Thread-safe; a program is compiled once, also when many threads
 * ask.
 */
public final class ProgramCache {
    private final int capacity;
    private final Function<List<Shape>, Program> compiler;
    private final Map<List<Shape>, Program> programs = new LinkedHashMap<>(16, 0.75f, true);

    private ProgramCache(int capacity, Function<List<Shape>, Program> compiler) {
        this.capacity = capacity;
        this.compiler = compiler;
    }

    /**
     * An empty cache.
     *
     * @param capacity how many programs are kept, at least 1
     * @param compiler makes the program whose inputs have given shapes
     * @return the cache
     * @throws IllegalArgumentException if {@code capacity < 1}
     */
    public static ProgramCache of(int capacity, Function<List<Shape>, Program> compiler) {
        Checks.notNull("program cache", "compiler", compiler);
        Checks.atLeast("program cache", "capacity", capacity, 1);
        return new ProgramCache(capacity, compiler);
    }

    /**
     * The program for inputs of given shapes.
     *
     * @param shapes one for each input
     * @return a program, the same for the same shapes as long as it is kept
     * @throws IllegalArgumentException if the compiled program takes inputs of other shapes
     */
    public synchronized Program get(Shape... shapes) {
        Checks.noNulls("program cache", "shapes", shapes);
        List<Shape> key = List.of(shapes);
        Program known = programs.get(key);
        if (known != null) {
            return known;
        }
        Program made = compiler.apply(key);
        List<Shape> taken = made.inputs().stream().map(Node::shape).toList();
        if (!taken.equals(key)) {
            throw Checks.error(
                    "program cache",
                    "the program that the compiler made",
                    "one for inputs " + made.inputs(),
                    "one for inputs of " + Arrays.toString(shapes));
        }
        programs.put(key, made);
        if (programs.size() > capacity) {
            programs.remove(programs.keySet().iterator().next());
        }
        return made;
    }

    /**
     * Number of programs kept.
     *
     * @return at most the capacity
     */
    public synchronized int size() {
        return programs.size();
    }
}
