package dev.lowland.cli.problem;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.ejml.data.DMatrixRMaj;

/**
 * Columns of a CSV file with a header line. Every error names the CSV file, the line and the column.
 *
 * @param inputs n × d, the input columns in the order in which they were asked for
 * @param targets n × 1, the target column
 * @param lines the line of the file where each row begins, from 1
 */
record CsvColumns(DMatrixRMaj inputs, DMatrixRMaj targets, List<Long> lines) {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");

    /** As many columns and characters in a row as there is memory for. */
    private static final int MOST = Integer.MAX_VALUE - 8;

    static CsvColumns read(Path csv, List<String> inputNames, String targetName) {
        List<CsvRecord> records = records(csv);
        if (records.isEmpty()) {
            throw new ProblemException(csv.toString(), "the file", "empty", "a line of column names, and rows");
        }
        List<String> header =
                records.get(0).getFields().stream().map(String::strip).toList();
        int[] columns = new int[inputNames.size()];
        for (int j = 0; j < columns.length; j++) {
            columns[j] = column(csv, header, inputNames.get(j));
        }
        int targetColumn = column(csv, header, targetName);
        int rows = records.size() - 1;
        if (rows == 0) {
            throw new ProblemException(
                    csv.toString(), "the file", "a line of column names without rows", "with at least one");
        }
        CsvColumns table = new CsvColumns(
                new DMatrixRMaj(rows, columns.length),
                new DMatrixRMaj(rows, 1),
                records.stream().skip(1).map(CsvRecord::getStartingLineNumber).toList());
        for (int i = 0; i < rows; i++) {
            CsvRecord row = records.get(i + 1);
            if (row.getFieldCount() != header.size()) {
                throw new ProblemException(
                        csv.toString(),
                        "line " + row.getStartingLineNumber(),
                        "of " + row.getFieldCount() + " fields",
                        "of " + header.size() + ", as the header is");
            }
            for (int j = 0; j < columns.length; j++) {
                table.inputs.set(i, j, number(csv, table.place(i, inputNames.get(j)), row.getField(columns[j])));
            }
            table.targets.set(i, number(csv, table.place(i, targetName), row.getField(targetColumn)));
        }
        return table;
    }

    /** Where row {@code i} (from 0) of a column stands, for error messages. */
    String place(int i, String column) {
        return "line " + lines.get(i) + " (row " + (i + 1) + "), column '" + column + "'";
    }

    private static List<CsvRecord> records(Path csv) {
        if (!Files.isRegularFile(csv)) {
            String found = Files.isDirectory(csv) ? "a folder" : Files.exists(csv) ? "no file" : "missing";
            throw new ProblemException(csv.toString(), "the file", found, "a CSV file");
        }
        List<CsvRecord> records = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .detectBomHeader(true)
                .build(CsvRecordHandler.of(limits -> limits.maxFields(MOST).maxRecordSize(MOST)), csv)) {
            reader.forEach(records::add);
        } catch (IOException e) {
            throw unreadable(csv, e);
        } catch (UncheckedIOException e) {
            throw unreadable(csv, Objects.requireNonNull(e.getCause()));
        } catch (CsvParseException e) {
            String place = "what follows row " + records.size();
            throw new ProblemException(csv.toString(), place, "no CSV (" + e.getMessage() + ")", "CSV");
        }
        return records;
    }

    private static int column(Path csv, List<String> header, String name) {
        int first = header.indexOf(name);
        String place = "line 1: column '" + name + "'";
        if (first < 0) {
            throw new ProblemException(csv.toString(), place, "missing", NearestNames.rule(name, header));
        }
        if (header.lastIndexOf(name) != first) {
            throw new ProblemException(csv.toString(), place, "there twice", "there once");
        }
        return first;
    }

    private static double number(Path csv, String place, String text) {
        String stripped = text.strip();
        if (!DECIMAL.matcher(stripped).matches()) {
            throw new ProblemException(csv.toString(), place, "'" + stripped + "'", "a finite decimal number");
        }
        double value = Double.parseDouble(stripped);
        if (!Double.isFinite(value)) {
            throw new ProblemException(csv.toString(), place, "'" + stripped + "'", "finite");
        }
        return value;
    }

    private static ProblemException unreadable(Path csv, IOException e) {
        String found = "unreadable (" + FileReason.of(e) + ")";
        return new ProblemException(csv.toString(), "the file", found, "a CSV file");
    }
}
