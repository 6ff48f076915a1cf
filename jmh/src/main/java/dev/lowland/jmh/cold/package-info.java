/** The first seconds of a fresh virtual machine; run by {@code jmh/cold-start}. */
@NullMarked
package dev.lowland.jmh.cold;

import org.jspecify.annotations.NullMarked;
