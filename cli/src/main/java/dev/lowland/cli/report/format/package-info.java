/** How numbers, tables, HTML, CSV and JSON are written. Stateless. */
@NullMarked
package dev.lowland.cli.report.format;

import org.jspecify.annotations.NullMarked;
