package dev.lowland.cli.report.view;

import java.util.List;

/**
 * A short table of texts, for the terminal and the page: what a study says of a few parts of its problem.
 *
 * @param title what the rows are
 * @param headers one a column; one that begins with {@code >} stands over numbers
 * @param rows the cells, as many as headers
 * @param note what the headers do not say, empty if they say it all
 */
public record TextRows(String title, List<String> headers, List<List<String>> rows, String note) {}
