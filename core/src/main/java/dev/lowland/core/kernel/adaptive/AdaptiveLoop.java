package dev.lowland.core.kernel.adaptive;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.lane.LaneCode;
import dev.lowland.core.lane.LaneLoop;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A loop over lanes that runs on plain doubles until its vector code is compiled. Whoever wants it wants it often, so
 * its warm-up begins at once.
 */
final class AdaptiveLoop implements LaneLoop, Rehearsed {
    private static final double NANOS_OF_A_CALL = 50;
    private static final double NANOS_OF_AN_OPERATION = 0.5;

    private final LaneCode code;
    private final LaneLoop scalar;
    private @Nullable LaneLoop best;
    private @Nullable LaneLoop candidate;
    private double[][] arrays = {};
    private int[] offsets = {};

    AdaptiveLoop(LaneCode code, WarmUp warmUp) {
        this.code = Checks.notNull("lane loop", "code", code);
        this.scalar = code.compile(1);
        warmUp.ask(this);
    }

    @Override
    public void run(double[][] arrays, int[] offsets) {
        LaneLoop loop = best;
        if (loop != null) {
            loop.run(arrays, offsets);
        } else {
            scalar.run(arrays, offsets);
        }
    }

    @Override
    public boolean isWarm() {
        return best != null;
    }

    @Override
    public String name() {
        return "lane loop";
    }

    @Override
    public void prepare(KernelSet kernels) {
        candidate = kernels.compile(code);
        arrays = new double[code.arrays()][];
        for (int a = 0; a < arrays.length; a++) {
            arrays[a] = new double[code.entries(a) * code.lanes()];
            Arrays.fill(arrays[a], 0.5);
        }
        offsets = new int[arrays.length];
    }

    @Override
    public boolean isFast(KernelSet kernels, Stage stage, double pace) {
        if (candidate == null) {
            return false;
        }
        long begin = System.nanoTime();
        candidate.run(arrays, offsets);
        double plain = NANOS_OF_A_CALL + NANOS_OF_AN_OPERATION * code.size() * code.lanes();
        return Rehearsed.isCompiled(System.nanoTime() - begin, plain, pace);
    }

    @Override
    public void open(KernelSet kernels) {
        best = candidate;
        arrays = new double[0][];
    }

    @Override
    public void giveUp() {
        best = scalar;
        arrays = new double[0][];
    }
}
