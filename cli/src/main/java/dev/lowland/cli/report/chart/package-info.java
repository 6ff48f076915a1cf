/** Figures as PNGs with palettes, one for light and one for dark. */
@NullMarked
package dev.lowland.cli.report.chart;

import org.jspecify.annotations.NullMarked;
