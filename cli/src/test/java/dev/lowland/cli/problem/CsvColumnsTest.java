package dev.lowland.cli.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data from a CSV file: columns by name, and errors that name the file, the line and the column. */
class CsvColumnsTest {
    private static final String TABLE = "x1,skip,x2,y\n1,a,2.5,1\n-3e-2,b,.5,-1\n";

    @TempDir
    Path folder;

    private Problem read(String csv, String loss) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("table.csv"), csv);
        Path file = folder.resolve("problem.json");
        String noise = loss.equals("square") ? "\"labelNoise\": 1" : "\"flipProbability\": 0.1";
        Files.writeString(file, """
                {"model": {"kind": "linear"}, "loss": "LOSS", "theta": [1, 2],
                 "data": {"csv": "data/table.csv", "inputs": ["x1", "x2"], "target": "y"},
                 "sgd": {"learningRate": 0.1, "batchSize": "full", NOISE}}
                """.replace("LOSS", loss).replace("NOISE", noise));
        return ProblemReader.read(file);
    }

    @Test
    void readsColumnsByName() throws IOException {
        Problem problem = read(TABLE, "logistic");
        assertEquals(2, problem.data().size());
        assertEquals(1.0, problem.data().inputs().get(0, 0));
        assertEquals(2.5, problem.data().inputs().get(0, 1));
        assertEquals(-0.03, problem.data().inputs().get(1, 0));
        assertEquals(-1.0, problem.data().targets().get(1));
    }

    @Test
    void readsWhatSpreadsheetsWrite() throws IOException {
        Problem problem = read("\uFEFFy,x1,x2\r\n\"1\", 2 ,+3\r\n", "square");
        assertEquals(2.0, problem.data().inputs().get(0, 0));
        assertEquals(3.0, problem.data().inputs().get(0, 1));
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            2.5,1  | NaN,1  | line 2 (row 1), column 'x2' is 'NaN', must be a finite decimal number
            2.5,1  | ,1     | line 2 (row 1), column 'x2' is '', must be a finite decimal number
            2.5,1  | 1e999,1 | line 2 (row 1), column 'x2' is '1e999', must be finite
            2.5,1  | 0x1p3,1 | line 2 (row 1), column 'x2' is '0x1p3', must be a finite decimal number
            2.5,1  | 2.5    | line 2 is of 3 fields, must be of 4, as the header is
            .5,-1  | .5,-1,7 | line 3 is of 5 fields, must be of 4, as the header is
            .5,-1  | .5,0   | line 3 (row 2), column 'y' is 0.0, must be 1 or -1 for the loss logistic
            x2,y   | x3,y   | line 1: column 'x2' is missing, must be one of x1, skip, x3, y; did you mean 'x1' or 'x3'?
            skip   | x1     | line 1: column 'x1' is there twice, must be there once
            """)
    void refusesAndSaysWhere(String from, String to, String message) throws IOException {
        assertTrue(TABLE.contains(from));
        ProblemException e = assertThrows(ProblemException.class, () -> read(TABLE.replace(from, to), "logistic"));
        assertEquals(folder.resolve("data/table.csv") + ": " + message, e.getMessage());
    }

    @Test
    void refusesATableWithoutRows() throws IOException {
        ProblemException bare = assertThrows(ProblemException.class, () -> read("x1,x2,y\n", "square"));
        assertEquals(
                table("the file is a line of column names without rows, must be with at least one"), bare.getMessage());
        ProblemException empty = assertThrows(ProblemException.class, () -> read("", "square"));
        assertEquals(table("the file is empty, must be a line of column names, and rows"), empty.getMessage());
        read(TABLE, "square");
        Files.delete(folder.resolve("data/table.csv"));
        ProblemException missing =
                assertThrows(ProblemException.class, () -> ProblemReader.read(folder.resolve("problem.json")));
        assertEquals(table("the file is missing, must be a CSV file"), missing.getMessage());
    }

    @Test
    void refusesWhatIsNotCsv() {
        ProblemException e = assertThrows(ProblemException.class, () -> read("x1,x2,y\n1,\"2,3\n", "square"));
        assertTrue(e.getMessage().startsWith(table("what follows row 1 is no CSV (")), e.getMessage());
        assertTrue(e.getMessage().endsWith("), must be CSV"), e.getMessage());
    }

    private String table(String sentence) {
        return folder.resolve("data/table.csv") + ": " + sentence;
    }

    @Test
    void readsAsManyColumnsAsThereAre() throws IOException {
        int columns = 20_000;
        String names = IntStream.range(3, columns).mapToObj(i -> ",x" + i).collect(Collectors.joining());
        Problem problem = read("x1,x2,y" + names + "\n0.5,0.25,1" + ",7".repeat(columns - 3) + "\n", "square");
        assertEquals(0.25, problem.data().inputs().get(0, 1));
    }
}
