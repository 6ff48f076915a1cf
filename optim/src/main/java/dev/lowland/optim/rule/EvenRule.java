package dev.lowland.optim.rule;

import dev.lowland.core.kernel.contract.KernelSet;

/** A rule with a kernel for lanes of equal numbers. */
interface EvenRule extends UpdateRule {

    /** The whole step; the bits are those of {@link #update}. */
    void updateEvenly(KernelSet kernels, double rate, double[] gradient, double[] parameters, double[][] memory);
}
