package dev.lowland.cli.report.format;

import dev.lowland.core.check.Checks;
import java.util.ArrayList;
import java.util.List;

/** A table of aligned columns for a terminal. Not thread-safe. */
public final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();
    private final List<Boolean> right;

    /** The columns: a header that begins with {@code >} stands over numbers, which are aligned to the right. */
    public TextTable(String... headers) {
        right = List.of(headers).stream().map(h -> h.startsWith(">")).toList();
        rows.add(List.of(headers).stream()
                .map(h -> h.startsWith(">") ? h.substring(1) : h)
                .toList());
    }

    /** Adds a row with a cell for each column. */
    public TextTable row(String... cells) {
        Checks.length("add a row", "cells", cells.length, right.size());
        rows.add(List.of(cells));
        return this;
    }

    /** The lines, each ending with a line feed and without trailing blanks. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int j = 0; j < row.size(); j++) {
                String blanks = " ".repeat(width(j) - length(row.get(j)));
                line.append(j == 0 ? "" : "  ").append(right.get(j) ? blanks + row.get(j) : row.get(j) + blanks);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    }

    /** Columns of a terminal: a mark over a letter takes none of its own. */
    private static int length(String cell) {
        return (int) cell.codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .count();
    }
}
