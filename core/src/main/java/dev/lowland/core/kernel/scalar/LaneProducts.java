package dev.lowland.core.kernel.scalar;

/** What a convolution of many lanes does to one entry of its result, for one tap. */
public interface LaneProducts {

    /** c_l = fma(a_l, b_l, c_l) for l in [0, lanes), from the offsets on; a shared factor is the same in all lanes. */
    void add(
            int lanes,
            double[] a,
            int aStart,
            boolean aShared,
            double[] b,
            int bStart,
            boolean bShared,
            double[] c,
            int cStart);
}
