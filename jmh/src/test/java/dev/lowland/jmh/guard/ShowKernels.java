package dev.lowland.jmh.guard;

import dev.lowland.core.kernel.Kernels;

/** Prints which kernels were chosen and why. */
final class ShowKernels {
    private ShowKernels() {}

    /**
     * One line.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        System.out.println(Kernels.describe());
    }
}
