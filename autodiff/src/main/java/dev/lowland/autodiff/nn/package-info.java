/**
 * Models: functions of a flat parameter vector θ (P×1) and a batch of inputs x (B×d), as graph expressions. The order
 * of the parameters within θ is part of each model's definition, because files and other programs rely on it.
 */
@NullMarked
package dev.lowland.autodiff.nn;

import org.jspecify.annotations.NullMarked;
