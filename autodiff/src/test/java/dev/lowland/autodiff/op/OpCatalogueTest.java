package dev.lowland.autodiff.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Op;
import dev.lowland.autodiff.graph.Primitive;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Reverse;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A builder or a primitive without a case in the catalogue, that is without domain and reference, fails here. */
class OpCatalogueTest {

    /** The classes of the package, from where they were compiled to. */
    private static List<Class<?>> classes() throws IOException, URISyntaxException {
        Path root = Path.of(
                Ops.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<Class<?>> classes = new ArrayList<>();
        try (Stream<Path> files = Files.list(root.resolve("dev/lowland/autodiff/op"))) {
            for (Path file : files.sorted().collect(Collectors.toList())) {
                String name = file.getFileName().toString().replace(".class", "");
                if (!name.equals("package-info")) {
                    classes.add(load(name));
                }
            }
        }
        assertTrue(classes.size() > 30, "only " + classes.size() + " classes found in " + root);
        return classes;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName("dev.lowland.autodiff.op." + name);
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(missing);
        }
    }

    @Test
    void everyBuilderHasACase() throws IOException, URISyntaxException {
        Set<String> builders = new TreeSet<>();
        for (Class<?> owner : classes()) {
            for (Method method : owner.getDeclaredMethods()) {
                boolean visible = Modifier.isPublic(owner.getModifiers()) && Modifier.isPublic(method.getModifiers());
                if (visible && Modifier.isStatic(method.getModifiers()) && isBuilder(method)) {
                    builders.add(owner.getSimpleName() + "." + method.getName()
                            + Arrays.stream(method.getParameterTypes())
                                    .map(Class::getSimpleName)
                                    .collect(Collectors.joining(",", "(", ")")));
                }
            }
        }
        Set<String> cases =
                OpCatalogue.all().stream().map(OpCase::method).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(String.join("\n", builders), String.join("\n", cases), "builders in op, and the catalogue's");
    }

    private static boolean isBuilder(Method method) {
        return method.getReturnType() == Node.class
                || method.getGenericReturnType().getTypeName().contains("Node>");
    }

    @Test
    void everyPrimitiveOccursInACaseOrItsDerivatives() throws IOException, URISyntaxException {
        Set<Object> missing = new HashSet<>();
        for (Class<?> type : classes()) {
            if (type.isEnum() && Primitive.class.isAssignableFrom(type)) {
                missing.addAll(List.of(type.getEnumConstants()));
            } else if (Primitive.class.isAssignableFrom(type)
                    && !Modifier.isAbstract(type.getModifiers())
                    && !type.getSuperclass().isEnum()) {
                missing.add(type);
            }
        }
        assertTrue(missing.size() > 35, missing.size() + " primitives are too few");
        for (OpCase each : OpCatalogue.all()) {
            Setting setting = new Setting(each, each.operands().get(0).control() ? 1 : 0, 1);
            Node gradient = Reverse.gradient(setting.s, setting.x);
            Node second = Forward.jvp(gradient, setting.x, setting.v);
            for (Node node : Graph.ancestors(List.of(setting.s, gradient, second))) {
                Op op = node.op();
                missing.remove(op);
                missing.remove(op.getClass());
            }
        }
        assertTrue(missing.isEmpty(), "without a case: " + missing);
    }

    @Test
    void everyPrimitiveHasANameOfItsOwnInMessagesAndListings() {
        Map<String, Object> owners = new HashMap<>();
        for (OpCase each : OpCatalogue.all()) {
            Setting setting = new Setting(each, each.operands().get(0).control() ? 1 : 0, 1);
            Node gradient = Reverse.gradient(setting.s, setting.x);
            for (Node node : Graph.ancestors(List.of(setting.s, gradient))) {
                String name = node.op().name().toLowerCase(Locale.ROOT);
                String word = name.replaceAll("[^A-Za-z1].*", "");
                assertFalse(word.isEmpty(), "the name of " + node.op().getClass() + " is " + name);
                String label = node.label().toLowerCase(Locale.ROOT);
                assertTrue(label.startsWith(name) || node.operandCount() == 0, node + " is not called " + name);
                boolean elementary = node.op() instanceof Elementary;
                Object owner = elementary ? node.op() : node.op().getClass();
                Object known = owners.putIfAbsent(word, owner);
                boolean leaf = node.operandCount() == 0;
                assertTrue(leaf || known == null || known.equals(owner), word + " is " + known + " and " + owner);
            }
        }
        assertTrue(owners.size() > 45, owners.size() + " names are too few");
    }

    @Test
    void everyCaseStatesADomainForEveryOperand() {
        for (OpCase each : OpCatalogue.all()) {
            assertFalse(each.operands().isEmpty(), each + " has no operands");
            for (OpCase.Operand operand : each.operands()) {
                double[] drawn = operand.domain().draw(new java.util.Random(1), 50);
                assertTrue(Arrays.stream(drawn).allMatch(Double::isFinite), each + " draws what is not finite");
            }
        }
    }
}
