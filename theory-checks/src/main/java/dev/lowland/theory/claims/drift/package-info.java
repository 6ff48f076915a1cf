/**
 * Where the mean of many runs goes: along the slow flow, with momentum, with drawn batches, under noise of other laws;
 * and what does not move.
 */
@NullMarked
package dev.lowland.theory.claims.drift;

import org.jspecify.annotations.NullMarked;
