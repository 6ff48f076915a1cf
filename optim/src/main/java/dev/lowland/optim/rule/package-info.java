/**
 * Update rules: what a step makes of a gradient. Names, formulas and defaults are those of PyTorch and Optax, and stand
 * in the documentation of each.
 *
 * <p>Notation: g is the gradient of step k = 0, 1, …, η its learning rate, t = k + 1; every formula is meant entry by
 * entry unless a norm is in it. Before the rule, g is clipped, then weight decay is added:
 * {@link dev.lowland.optim.rule.Regularization}.
 *
 * <p>Many replicas lie side by side: entry e of lane l is at [e·lanes + l]. {@link dev.lowland.optim.rule.LanedUpdate}
 * hands arrays to a rule in stretches, with every coefficient spread over a stretch, so that one plain loop serves one
 * run, many, and many that differ, and has the same bits in all of them. A norm is summed in one order, whatever the
 * number of lanes.
 */
@NullMarked
package dev.lowland.optim.rule;

import org.jspecify.annotations.NullMarked;
