/**
 * Random numbers that are addressed instead of drawn: a stream is a function from a position to a number.
 *
 * <p>A stream is named by (seed, replica, purpose); the number at a position depends on nothing else. So any thread may
 * compute any part of it in any order, a run can be resumed anywhere, and two streams never share a number's source.
 *
 * <p>The generator is Philox4x32-10, a bijection of 128-bit counters keyed by 64 bits. With block = position/2 (two
 * 64-bit numbers a block): key = seed; counter words = (low 32 bits of block, next 24 bits of block · 2⁸ + purpose,
 * replica, 0).
 *
 * <p>Reference: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, <i>Parallel random numbers: as easy as 1, 2, 3</i>,
 * SC'11, 2011.
 */
@NullMarked
package dev.lowland.core.random;

import org.jspecify.annotations.NullMarked;
