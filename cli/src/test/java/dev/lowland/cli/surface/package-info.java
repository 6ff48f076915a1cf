/**
 * Calls every public method of the library with arguments that are wrong, and looks at how it says so. The methods are
 * found by reflection, the objects to call them on are made by the library's own factories, so that a new method is
 * tried without anybody's doing.
 */
@NullMarked
package dev.lowland.cli.surface;

import org.jspecify.annotations.NullMarked;
