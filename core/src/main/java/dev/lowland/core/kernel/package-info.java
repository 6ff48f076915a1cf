/**
 * The door to the inner loops of the library: which of two twins is in use, plain Java or the incubating Vector API.
 *
 * <p>{@link dev.lowland.core.kernel.Kernels} chooses a twin once, when it is first used, and is the checked front for
 * matrices. What both twins promise is in {@code dev.lowland.core.kernel.contract}; the twins themselves, in
 * {@code .scalar} and {@code .vector}, are not exported, and only this package chooses between them.
 */
@NullMarked
package dev.lowland.core.kernel;

import org.jspecify.annotations.NullMarked;
