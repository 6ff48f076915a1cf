package dev.lowland.cli.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.theory.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The list of mutations keeps up with the sources: every change can be made, and is put to claims that exist. */
class MutationTest {

    private static final Path ROOT = Path.of("..");
    private static final Path LIST = Path.of("..", "theory-checks", "mutations.txt");

    @Test
    void everyChangeCanBeMade() throws IOException {
        List<Mutation> mutations = Mutation.read(LIST);
        Set<String> changed = new HashSet<>();
        for (Mutation mutation : mutations) {
            String source = Files.readString(ROOT.resolve(mutation.file()));
            assertTrue(changed.add(mutation.file() + mutation.apply(source)), mutation.what() + " is there twice");
        }
        assertTrue(mutations.size() >= 40, mutations.size() + " mutations");
    }

    @Test
    void theClaimsThatHaveToRefuseExist() throws IOException {
        Set<String> named = new HashSet<>();
        Mutation.read(LIST).forEach(mutation -> named.addAll(mutation.claims()));
        named.removeAll(Ledger.standard().names());
        assertEquals(Set.of(), named);
    }

    @Test
    void theKeptTableIsAboutTheListAsItStands() throws IOException {
        String table = Files.readString(Path.of("..", "theory-checks", "MUTATIONS-OF-THE-THEORY.md"));
        List<Mutation> mutations = Mutation.read(LIST);
        assertEquals(table, MutationTable.text(mutations, Map.of(), table));
        assertTrue(table.lines().filter(line -> line.matches("\\| \\d+ \\|.*")).count() >= 40);
    }

    @Test
    void textThatIsNotThereOnceIsAFaultOfTheList() {
        Mutation mutation = new Mutation(1, "x", "optim/src/main/java/A.java", "a", "b", List.of("drift"));
        assertEquals("xbx", mutation.apply("xax"));
        assertTrue(message(() -> mutation.apply("xx")).contains("nowhere"));
        assertTrue(message(() -> mutation.apply("axa")).contains("more than once"));
    }

    @Test
    void aBlockThatIsNotLikeTheOthersIsNamed(@TempDir Path folder) throws IOException {
        Path list = folder.resolve("list.txt");
        Files.writeString(list, "what: a\nold: b\n");
        assertTrue(message(() -> Mutation.read(list)).contains("block 1"));
        Files.writeString(list, "whatever\n");
        assertTrue(message(() -> Mutation.read(list)).contains("whatever"));
    }

    private static String message(Executable what) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, what).getMessage());
    }
}
