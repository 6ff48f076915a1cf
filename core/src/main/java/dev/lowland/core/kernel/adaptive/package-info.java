/**
 * Kernels that begin in plain Java and change over to the Vector API, one by one, when the JVM has compiled what they
 * need there: see {@link dev.lowland.core.kernel.adaptive.AdaptiveKernels}.
 */
@NullMarked
package dev.lowland.core.kernel.adaptive;

import org.jspecify.annotations.NullMarked;
