/** Products of matrices in lanes, which lie side by side, where some operands are shared by all lanes. */
@NullMarked
package dev.lowland.core.kernel.vector.lanes;

import org.jspecify.annotations.NullMarked;
