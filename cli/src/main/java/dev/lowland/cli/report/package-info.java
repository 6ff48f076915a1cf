/**
 * Turns results into things to keep: JSON that reads back exactly, CSV, SVG, and one self-contained HTML page with its
 * pictures.
 *
 * <p>Nothing here computes: what is written is what {@link dev.lowland.theory.ledger} and {@link dev.lowland.cli.study}
 * found; what a study has to show it says itself, in {@link dev.lowland.cli.report.view}. A page has no scripts and
 * refers to nothing outside itself; it follows the reader's choice of light or dark and can be printed. Files are
 * written beside their place and renamed, so that a reader never meets half a file.
 *
 * <p>Pictures are SVG, written by {@link dev.lowland.cli.report.chart.SvgChart}.
 */
@NullMarked
package dev.lowland.cli.report;

import org.jspecify.annotations.NullMarked;
