package dev.lowland.cli.surface;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The public classes of the packages that modules export, and their public methods and constructors, in a fixed order.
 */
final class PublicSurface {
    private PublicSurface() {}

    /** The public classes in exported packages of the module that a class belongs to. */
    static List<Class<?>> classes(Class<?> member) {
        try {
            Path place = Path.of(
                    member.getProtectionDomain().getCodeSource().getLocation().toURI());
            List<Class<?>> found = new ArrayList<>();
            for (ModuleReference module : ModuleFinder.of(place).findAll()) {
                Set<String> exported = module.descriptor().exports().stream()
                        .map(e -> e.source())
                        .collect(Collectors.toSet());
                try (var reader = module.open();
                        var names = reader.list()) {
                    for (String name :
                            names.filter(n -> n.endsWith(".class")).sorted().toList()) {
                        String binary = name.substring(0, name.length() - ".class".length())
                                .replace('/', '.');
                        int dot = binary.lastIndexOf('.');
                        if (dot < 0 || binary.endsWith("-info") || !exported.contains(binary.substring(0, dot))) {
                            continue;
                        }
                        Class<?> c = Class.forName(binary, false, member.getClassLoader());
                        if (isPublic(c)) {
                            found.add(c);
                        }
                    }
                }
            }
            if (found.isEmpty()) {
                throw new IllegalStateException("no exported class at " + place);
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public constructors and the methods with a body that a class declares and that take arguments. */
    static List<Executable> members(Class<?> c) {
        List<Executable> all = new ArrayList<>();
        for (var constructor : c.getDeclaredConstructors()) {
            if (!Modifier.isAbstract(c.getModifiers())) {
                all.add(constructor);
            }
        }
        for (var method : c.getDeclaredMethods()) {
            boolean generated = c.isEnum() && method.getName().equals("valueOf")
                    || method.getName().equals("equals");
            if (!generated) {
                all.add(method);
            }
        }
        return all.stream()
                .filter(e -> Modifier.isPublic(e.getModifiers())
                        && !Modifier.isAbstract(e.getModifiers())
                        && !e.isSynthetic()
                        && e.getParameterCount() > 0)
                .sorted(Comparator.comparing(Executable::toString))
                .toList();
    }

    private static boolean isPublic(Class<?> c) {
        for (Class<?> d = c; d != null; d = d.getEnclosingClass()) {
            if (!Modifier.isPublic(d.getModifiers())) {
                return false;
            }
        }
        return true;
    }
}
