/**
 * What several claims are made of: drift at two strengths of the noise, samples whose labels flip, the point below a
 * run, and the floor of the valley. Knows none of them.
 */
@NullMarked
package dev.lowland.theory.claims.trial;

import org.jspecify.annotations.NullMarked;
