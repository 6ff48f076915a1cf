package dev.lowland.core.kernel.contract;

import dev.lowland.core.fixed.BufferLoop;
import dev.lowland.core.fixed.FixedCode;
import dev.lowland.core.lane.LaneCode;
import dev.lowland.core.lane.LaneLoop;
import java.util.function.Consumer;

/**
 * Every inner loop of the library, behind one interface with two twins: {@code ScalarKernels} in plain Java and
 * {@code VectorKernels} on the incubating Vector API.
 *
 * <p>A kernel trusts its caller: lengths and offsets are not checked beyond what the JVM checks. {@code Kernels} is the
 * checked front for everybody else. Kernels may be shared by threads. They allocate nothing once they are warm: the
 * scratch memory that large products keep between calls never shows in a result.
 *
 * <p>Both twins give the same bits for everything, with vectors of any width: products follow {@link SumOrder},
 * reductions {@link ReductionKernels}, convolutions {@link ImageKernels}. No result depends on how the work is split.
 */
public interface KernelSet
        extends MatrixKernels,
                ElementwiseKernels,
                SlopeKernels,
                RepeatKernels,
                PowerKernels,
                ChoiceKernels,
                ReductionKernels,
                LayoutKernels,
                IndexKernels,
                ImageKernels,
                UpdateKernels,
                RandomKernels {

    /**
     * What this set is, for people: for example {@code scalar} or {@code vector (512 bits)}.
     *
     * @return a short text without line breaks
     */
    String name();

    /**
     * Makes straight-line code a loop over lanes, in the manner of this set.
     *
     * @param code what happens in every lane
     * @return the loop
     * @throws IllegalArgumentException if the code is longer than {@link LaneCode#LARGEST}
     */
    LaneLoop compile(LaneCode code);

    /**
     * Makes code of fixed sizes ready to run, in the manner of this set. Both twins give the same bits.
     *
     * @param code what is done with the buffers of a program
     * @return the work
     */
    BufferLoop compile(FixedCode code);

    /**
     * Makes code of fixed sizes ready to run, at once or later: a set that compiles beside the caller's work hands it
     * over when it is compiled and faster.
     *
     * @param code what is done with the buffers of a program
     * @param plain the same work with the same bits, as it is done now
     * @param buffers buffers to try both on, for this set alone. Modified.
     * @param ready who is told what to run from now on: once or never, by whatever thread
     */
    default void compile(FixedCode code, BufferLoop plain, double[][] buffers, Consumer<BufferLoop> ready) {
        ready.accept(compile(code));
    }

    /**
     * What new code costs its caller until the JVM has compiled it, about: code that saves less in all is not worth
     * making.
     *
     * @return nanoseconds
     */
    default long nanosToCompile() {
        return 500_000_000;
    }
}
