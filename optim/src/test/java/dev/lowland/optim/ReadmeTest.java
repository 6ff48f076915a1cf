package dev.lowland.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the README compiles and runs as it stands there. */
class ReadmeTest {
    private static final List<String> IMPORTS = List.of(
            "dev.lowland.autodiff.nn.*",
            "dev.lowland.optim.ensemble.*",
            "dev.lowland.optim.flatness.*",
            "dev.lowland.optim.flow.*",
            "dev.lowland.optim.objective.*",
            "dev.lowland.optim.sgd.*",
            "org.ejml.data.DMatrixRMaj");

    @Tag("slow")
    @Test
    void theTwelveLinesCompileAndRun(@TempDir Path folder) throws IOException, ReflectiveOperationException {
        String readme = Files.readString(Path.of("..", "README.md"));
        int start = readme.indexOf("```java\n") + "```java\n".length();
        String lines = readme.substring(start, readme.indexOf("```", start));
        assertEquals(12, lines.lines().count());
        StringBuilder source = new StringBuilder();
        IMPORTS.forEach(name -> source.append("import ").append(name).append(";\n"));
        source.append("public class Example {\n  public static Object[] run() {\n")
                .append(lines)
                .append(
                        "    return new Object[] {run.status(), flatness.status(), mean, predicted.status(), gradient};\n  }\n}\n");
        Path file = folder.resolve("Example.java");
        Files.writeString(file, source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        boolean compiled = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of("-proc:none", "-d", folder.toString()),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(file))
                .call();
        assertTrue(compiled, messages::toString);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            Object[] results =
                    (Object[]) loader.loadClass("Example").getMethod("run").invoke(null);
            assertEquals("FINISHED", results[0].toString());
            assertEquals("DEFINED", results[1].toString());
            assertEquals("FINISHED", results[3].toString());
        } catch (InvocationTargetException thrown) {
            throw new AssertionError(thrown.getCause());
        }
    }
}
