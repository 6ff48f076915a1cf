/**
 * The guard against a kernel that fell off a cliff: each vector kernel beside its scalar twin in one process. It asks
 * for no speed; it fails only where a vector kernel is slower than it can be on any machine, as when the compiler keeps
 * vectors on the heap.
 */
@NullMarked
package dev.lowland.jmh.guard;

import org.jspecify.annotations.NullMarked;
