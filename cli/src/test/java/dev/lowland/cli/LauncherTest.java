package dev.lowland.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The script {@code lowland} at the top of the repository, run in a made-up checkout whose Maven and Java are scripts
 * that write down what they were asked.
 */
@Tag("slow")
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class LauncherTest {

    private static final String ANNOUNCEMENT = "WARNING: Using incubator modules: jdk.incubator.vector";

    /** Says where it is and what it got, then does as the file {@code act} says. */
    private static final String JAVA = """
            #!/usr/bin/env bash
            home=$(cd "$(dirname "$0")/.." && pwd)
            printf 'in %s\\n' "$PWD"; printf 'got %s\\n' "$@"
            case " $* " in *' --add-modules jdk.incubator.vector '*) echo 'ANNOUNCEMENT' >&2 ;; esac
            [ ! -e "$home/act" ] || . "$home/act"
            """.replace("ANNOUNCEMENT", ANNOUNCEMENT);

    private static final String MAVEN = """
            #!/usr/bin/env bash
            echo "built with $*" >>builds
            echo 'Maven speaks'
            sleep 0.3
            [ ! -e broken ]
            """;

    @TempDir
    private Path directory;

    private Path checkout;
    private Path jdk;
    private Path elsewhere;

    /** What a finished run left. */
    private record Finished(int status, String out, String err) {}

    @BeforeEach
    void layOut() throws IOException {
        checkout = Files.createDirectories(directory.resolve("a check out"));
        jdk = directory.resolve("a jdk");
        elsewhere = Files.createDirectories(directory.resolve("else where"));
        Files.copy(Path.of("..", "lowland"), checkout.resolve("lowland"), StandardCopyOption.COPY_ATTRIBUTES);
        script(checkout.resolve("mvnw"), MAVEN);
        write(checkout.resolve("pom.xml"), "");
        write(checkout.resolve("core/src/main/java/Some.java"), "");
        write(checkout.resolve("theory-checks/src/main/java/Other.java"), "");
        script(jdk.resolve("bin/java"), JAVA);
        release("17.0.15", "java.base java.logging jdk.incubator.vector jdk.jfr");
    }

    @Test
    void keepsDirectoryArgumentsAndStatus() throws Exception {
        write(jdk.resolve("act"), "exit 7");

        Finished run = run("inspect", "my problem.json", "*", "");

        assertEquals(7, run.status());
        List<String> lines = run.out().lines().toList();
        assertEquals("in " + elsewhere.toRealPath(), lines.get(0));
        int main = lines.indexOf("got dev.lowland.cli.Main");
        assertEquals(
                List.of("got inspect", "got my problem.json", "got *", "got "), lines.subList(main + 1, lines.size()));
    }

    @Test
    void tellsTheProgramWhereItIs() throws Exception {
        String root = checkout.toRealPath().toString();

        List<String> lines = run("verify").out().lines().toList();

        assertTrue(lines.contains("got -Dlowland.terminal=false"), () -> lines.toString());
        assertTrue(
                lines.stream().anyMatch(line -> line.matches("got -Dlowland\\.columns=\\d+")), () -> lines.toString());
        assertTrue(
                lines.contains("got " + root + "/cli/target/classes:" + root + "/cli/target/lib/*"),
                () -> lines.toString());
    }

    @Test
    void startsFromAnArchiveOfClassesThatIsMadeOnce() throws Exception {
        run("verify");
        write(checkout.resolve("cli/target/lowland-cli-1.0.jar"), "");
        write(checkout.resolve("cli/target/lowland-cli-1.0-sources.jar"), "");
        write(jdk.resolve("act"), """
                for word in "$@"; do
                    case $word in -XX:ArchiveClassesAtExit=*) echo made >>"$home/made"; : >"${word#*=}" ;; esac
                done
                """);
        String target = checkout.toRealPath() + "/cli/target/";

        for (int turn = 0; turn < 2; turn++) {
            List<String> lines = run("verify").out().lines().toList();
            assertTrue(lines.contains("got -XX:SharedArchiveFile=" + target + "lowland-17.0.15.jsa"), lines::toString);
            assertTrue(lines.contains("got " + target + "lowland-cli-1.0.jar:" + target + "lib/*"), lines::toString);
        }

        assertEquals("made\n", Files.readString(jdk.resolve("made")));
    }

    @Test
    void runsWithoutAnArchiveWhereNoneCanBeMade() throws Exception {
        run("verify");
        write(checkout.resolve("cli/target/lowland-cli-1.0.jar"), "");
        write(jdk.resolve("act"), """
                case " $* " in *ArchiveClassesAtExit*) echo tried >>"$home/tried"; exit 1 ;; esac
                """);

        for (int turn = 0; turn < 2; turn++) {
            Finished run = run("verify");
            assertEquals(0, run.status());
            assertFalse(run.out().contains("SharedArchiveFile"), run.out());
        }

        assertEquals("tried\n", Files.readString(jdk.resolve("tried")));
    }

    @Test
    void speaksToJavaInALocaleThatHasEveryLetter() throws Exception {
        Process locales = new ProcessBuilder("locale", "-a").start();
        String all = new String(locales.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(Pattern.compile("(?mi)^c\\.utf-?8$").matcher(all).find(), all);
        write(jdk.resolve("act"), "locale charmap; exit 0");
        ProcessBuilder builder = builder(checkout.resolve("lowland"), "inspect", "ö.json");
        builder.environment().put("LC_ALL", "C");

        Finished run = finish(builder.start());

        assertTrue(run.out().endsWith("\ngot ö.json\nUTF-8\n"), run.out());
    }

    @Test
    void refusesAFolderThatJavaTakesApart() throws Exception {
        Path odd = Files.createDirectories(directory.resolve("a:b"));
        Files.copy(Path.of("..", "lowland"), odd.resolve("lowland"), StandardCopyOption.COPY_ATTRIBUTES);

        Finished run = finish(start(odd.resolve("lowland"), "verify"));

        String line =
                "lowland: the folder of the program has a colon in its name, where Java takes a list of folders apart: ";
        assertEquals(new Finished(2, "", line + odd.toRealPath() + "\n"), run);
    }

    @Test
    void worksThroughSymbolicLinks() throws Exception {
        Path far = Files.createDirectories(directory.resolve("far"));
        Files.createSymbolicLink(elsewhere.resolve("first"), checkout.resolve("lowland"));
        Files.createSymbolicLink(far.resolve("second"), Path.of("..", "else where", "first"));

        Finished run = finish(start(far.resolve("second"), "verify"));

        assertEquals(0, run.status(), run.err());
        assertTrue(Files.exists(checkout.resolve("builds")));
    }

    @Test
    void dropsTheAnnouncementOnceAndNothingElse() throws Exception {
        run();
        write(jdk.resolve("act"), "printf 'one\\n" + ANNOUNCEMENT + "\\n\\rtwo \\\\ three' >&2");

        assertEquals("one\n" + ANNOUNCEMENT + "\n\rtwo \\ three", run().err());
    }

    @Test
    void findsTheAnnouncementBehindWhatJavaSaysOfItsOptions() throws Exception {
        run();
        String java = JAVA.replace("printf 'in", "echo 'Picked up JAVA_TOOL_OPTIONS: -Da=b' >&2; printf 'in");
        script(jdk.resolve("bin/java"), java);

        assertEquals("Picked up JAVA_TOOL_OPTIONS: -Da=b\n", run().err());
    }

    @Test
    void keepsTheLastWordsOfAJavaThatDoesNotStart() throws Exception {
        run();
        script(jdk.resolve("bin/java"), "#!/usr/bin/env bash\nprintf 'no memory' >&2\nexit 1\n");

        assertEquals(new Finished(1, "", "no memory"), run());
    }

    @Test
    void passesErrorOutputOnAtOnce() throws Exception {
        run();
        write(jdk.resolve("act"), "printf 'half a line' >&2; until [ -e \"$home/go\" ]; do sleep 0.05; done");
        Process process = start(checkout.resolve("lowland"));
        InputStream err = process.getErrorStream();

        String seen = new String(err.readNBytes("half a line".length()), StandardCharsets.UTF_8);
        boolean running = process.isAlive();
        write(jdk.resolve("go"), "");

        assertEquals("half a line", seen);
        assertTrue(running);
        assertEquals(0, finish(process).status());
    }

    @Test
    void readsStandardInput() throws Exception {
        run();
        write(jdk.resolve("act"), "cat");
        Process process = start(checkout.resolve("lowland"));
        process.getOutputStream().write("from outside\n".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();

        assertTrue(finish(process).out().endsWith("from outside\n"));
    }

    @Test
    void doesNotAskForAMissingModule() throws Exception {
        release("17.0.15", "java.base jdk.jfr");
        write(jdk.resolve("act"), "echo >&2 '" + ANNOUNCEMENT + "'; exit 5");

        Finished run = run("verify");

        assertEquals(5, run.status());
        assertFalse(run.out().contains("--add-modules"), run.out());
        assertTrue(run.err().endsWith(ANNOUNCEMENT + "\n"), run.err());
    }

    @Test
    void stoppingItStopsTheProgram() throws Exception {
        run();
        write(jdk.resolve("act"), "echo $$ >\"$home/pid.new\"; mv \"$home/pid.new\" \"$home/pid\"; exec sleep 40");
        Process process = start(checkout.resolve("lowland"));
        while (!Files.exists(jdk.resolve("pid"))) {
            Thread.sleep(20);
        }
        long pid = Long.parseLong(Files.readString(jdk.resolve("pid")).trim());

        process.toHandle().destroy();

        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertEquals(143, finish(process).status());
        assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8.0_292", "11.0.2", "16"})
    void refusesAnOldJava(String version) throws Exception {
        release(version, "java.base");

        Finished run = run("verify");

        assertEquals(2, run.status());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains("17") && run.err().contains(version), run.err());
        assertFalse(Files.exists(checkout.resolve("builds")));
    }

    @Test
    void refusesAJavaHomeWithoutJava() throws Exception {
        Files.delete(jdk.resolve("bin/java"));

        Finished run = run("verify");

        assertEquals(2, run.status());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains("JAVA_HOME"), run.err());
    }

    @Test
    void asksAJavaThatHasNoReleaseFile() throws Exception {
        Files.delete(jdk.resolve("release"));
        String java = JAVA.replace(
                "home=",
                "case $1 in -version) echo 'openjdk version \"21.0.1\" 2023-10-17' >&2; exit ;; "
                        + "--list-modules) printf 'java.base@21\\njdk.incubator.vector@21\\n'; exit ;; esac\nhome=");
        script(jdk.resolve("bin/java"), java);

        assertTrue(run("verify").out().contains("got --add-modules\ngot jdk.incubator.vector\n"));
    }

    @Test
    void buildsOnFirstUseAndWhenASourceIsNewerOrGone() throws Exception {
        run();
        run();
        assertEquals(1, builds(), "built again without need");

        later(checkout.resolve("core/src/main/java/Some.java"));
        run();
        assertEquals(2, builds(), "a newer source");

        aged();
        Files.delete(checkout.resolve("theory-checks/src/main/java/Other.java"));
        run();
        assertEquals(3, builds(), "a deleted source");

        aged();
        later(checkout.resolve("pom.xml"));
        run();
        assertEquals(4, builds(), "a newer pom");
    }

    @Test
    void sendsWhatMavenSaysToStandardError() throws Exception {
        Finished run = run("verify");

        assertFalse(run.out().contains("Maven speaks"), run.out());
        assertTrue(run.err().contains("Maven speaks"), run.err());
    }

    @Test
    void saysThatTheBuildFailedEachTime() throws Exception {
        write(checkout.resolve("broken"), "");

        for (int attempt = 1; attempt <= 2; attempt++) {
            Finished run = run("verify");

            assertEquals(3, run.status());
            assertEquals("", run.out());
            assertTrue(run.err().endsWith("\nlowland: the build failed; its messages are above\n"), run.err());
            assertEquals(attempt, builds());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void twoAtOnceBuildOnce(boolean flock) throws Exception {
        Path tools = flock ? null : toolsWithoutFlock();
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ProcessBuilder builder = builder(checkout.resolve("lowland"), "verify");
            if (tools != null) {
                builder.environment().put("PATH", tools.toString());
            }
            processes.add(builder.start());
        }

        for (Process process : processes) {
            Finished run = finish(process);
            assertEquals(0, run.status(), run.err());
        }
        assertEquals(1, builds());
    }

    /** A PATH with what the script uses, flock excepted. */
    private Path toolsWithoutFlock() throws IOException {
        Path tools = Files.createDirectories(directory.resolve("tools"));
        String[] names = {
            "bash",
            "cat",
            "dirname",
            "env",
            "find",
            "head",
            "mkdir",
            "mkfifo",
            "mktemp",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "stty",
            "tr"
        };
        for (String name : names) {
            for (String place : System.getenv("PATH").split(":")) {
                Path tool = Path.of(place, name);
                if (Files.isExecutable(tool) && !Files.exists(tools.resolve(name))) {
                    script(tools.resolve(name), "#!/bin/sh\nexec " + tool + " \"$@\"\n");
                }
            }
        }
        return tools;
    }

    private Finished run(String... arguments) throws Exception {
        return finish(start(checkout.resolve("lowland"), arguments));
    }

    private Process start(Path script, String... arguments) throws IOException {
        return builder(script, arguments).start();
    }

    private ProcessBuilder builder(Path script, String... arguments) {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(elsewhere.toFile());
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().remove("LOWLAND_JAVA_OPTIONS");
        return builder;
    }

    private static Finished finish(Process process) throws Exception {
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return new Finished(process.exitValue(), out, err);
    }

    private int builds() throws IOException {
        return Files.readAllLines(checkout.resolve("builds")).size();
    }

    private void release(String version, String modules) throws IOException {
        write(
                jdk.resolve("release"),
                "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\nMODULES=\"" + modules + "\"\n");
    }

    /** Makes a file newer than the last build. */
    private static void later(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(1)));
    }

    /** Makes the last build the newest thing, and every source old. */
    private void aged() throws IOException {
        FileTime old = FileTime.from(Instant.now().minusSeconds(100));
        try (var files = Files.walk(checkout)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, old);
            }
        }
        Files.setLastModifiedTime(
                checkout.resolve("cli/target/lowland.built"),
                FileTime.from(Instant.now().minusSeconds(50)));
    }

    private static void script(Path file, String text) throws IOException {
        write(file, text);
        assertTrue(file.toFile().setExecutable(true));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
