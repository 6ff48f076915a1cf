package dev.lowland.cli.mutation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Where one mutation after another is put to the ledger: the changed copy of one source file is compiled against the
 * built classes, into a folder of its own that stands in front of them on the class path, and {@code verify} runs in a
 * process of its own. No source is touched.
 */
final class Bench {

    /** How long {@code verify} may take; a mutant that takes longer is a fault of the list. */
    private static final long MINUTES = 10;

    private static final JsonMapper JSON = new JsonMapper();

    private final Path root;
    private final Path scratch;
    private final long seed;
    private final String built;

    /**
     * @param root the repository, built
     * @param scratch a folder that nobody else uses
     * @param seed seed of every check
     */
    Bench(Path root, Path scratch, long seed) throws IOException {
        this.root = root;
        this.scratch = scratch;
        this.seed = seed;
        Path target = root.resolve("cli").resolve("target");
        this.built = target.resolve("classes") + File.pathSeparator + jars(target.resolve("lib"));
    }

    /** A compiler that is called takes no wildcards. */
    private static String jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator));
        }
    }

    /**
     * What became of a mutation, or of the theory itself.
     *
     * @param fault why it could not be tried; empty if it could
     * @param claims what the claims said
     */
    record Outcome(String fault, List<Said> claims) {

        Outcome {
            claims = List.copyOf(claims);
        }

        private static Outcome fault(String text) {
            return new Outcome(text, List.of());
        }

        boolean refused() {
            return fault.isEmpty() && claims.stream().noneMatch(said -> said.verdict.equals("HOLDS"));
        }

        boolean accepted() {
            return fault.isEmpty() && claims.stream().allMatch(said -> said.verdict.equals("HOLDS"));
        }
    }

    /**
     * A claim's word.
     *
     * @param claim its name
     * @param verdict its verdict
     * @param refusing cases that do not hold
     * @param cases all its cases
     * @param summary its summary
     */
    record Said(String claim, String verdict, int refusing, int cases, String summary) {

        String brief() {
            return claim + " " + verdict + " (" + refusing + " of " + cases + ")";
        }
    }

    /**
     * Tries a mutation.
     *
     * @param mutation which
     */
    Outcome attempt(Mutation mutation) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(scratch.resolve(String.valueOf(mutation.number())));
        Path original = root.resolve(mutation.file());
        if (!Files.isRegularFile(original)) {
            return Outcome.fault("there is no " + mutation.file());
        }
        String changed;
        try {
            changed = mutation.apply(Files.readString(original));
        } catch (IllegalArgumentException e) {
            return Outcome.fault(String.valueOf(e.getMessage()));
        }
        Path source = folder.resolve("source")
                .resolve(mutation.file().substring(mutation.sourceFolder().length()));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Files.createDirectories(source.getParent());
        Files.writeString(source, changed);
        String complaint = compile(source, classes);
        return complaint.isEmpty()
                ? verify(classes + File.pathSeparator + built, folder, mutation.claims())
                : Outcome.fault("does not compile: " + complaint);
    }

    /**
     * What the claims say about the theory as it is.
     *
     * @param claims their names
     */
    Outcome unchanged(List<String> claims) throws IOException, InterruptedException {
        return verify(built, Files.createDirectories(scratch.resolve("unchanged")), claims);
    }

    private String compile(Path source, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-proc:none",
                    "-nowarn",
                    "-implicit:none",
                    "--add-modules",
                    "jdk.incubator.vector",
                    "-cp",
                    built,
                    "-d",
                    classes.toString());
            boolean compiled = compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            return compiled ? "" : messages.toString().lines().findFirst().orElse("");
        }
    }

    private Outcome verify(String classPath, Path folder, List<String> claims)
            throws IOException, InterruptedException {
        Path json = folder.resolve("verdict.json");
        Files.deleteIfExists(json);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                classPath,
                "dev.lowland.cli.Main",
                "verify",
                "--seed",
                String.valueOf(seed),
                "--json",
                json.toString()));
        command.addAll(claims);
        File log = folder.resolve("log.txt").toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
            return Outcome.fault("no verdict after " + MINUTES + " minutes");
        }
        if (process.exitValue() > 1 || !Files.isRegularFile(json)) {
            return Outcome.fault("verify ended with " + process.exitValue() + ": " + lastLine(log.toPath()));
        }
        return new Outcome("", said(json));
    }

    private static String lastLine(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    private static List<Said> said(Path json) throws IOException {
        List<Said> all = new ArrayList<>();
        for (JsonNode claim : JSON.readTree(json.toFile()).get("claims")) {
            int refusing = 0;
            for (JsonNode result : claim.get("results")) {
                refusing += result.get("verdict").asText().equals("HOLDS") ? 0 : 1;
            }
            all.add(new Said(
                    claim.get("name").asText(),
                    claim.get("verdict").asText(),
                    refusing,
                    claim.get("results").size(),
                    claim.get("summary").asText()));
        }
        return all;
    }
}
