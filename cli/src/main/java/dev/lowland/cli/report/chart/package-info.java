/**
 * Figures as SVG: {@link dev.lowland.cli.report.chart.SvgChart} draws, over axes of
 * {@link dev.lowland.cli.report.chart.ChartAxis}, in the colours of {@link dev.lowland.cli.report.chart.ChartTheme}.
 *
 * <p>It is written here, because what draws pictures for Java measures its text with the fonts of the machine, also
 * where it writes SVG, and a machine without fonts then has no pictures.
 */
@NullMarked
package dev.lowland.cli.report.chart;

import org.jspecify.annotations.NullMarked;
