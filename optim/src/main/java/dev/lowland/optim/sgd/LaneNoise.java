package dev.lowland.optim.sgd;

import dev.lowland.optim.noise.Flips;
import dev.lowland.optim.noise.Noise;
import dev.lowland.optim.noise.NoiseLaw;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How large the noise of each lane is: σ_j at [j·lanes + l], and the flips of their own. For one thread. */
final class LaneNoise {

    private final int lanes;
    private final int outputs;
    private final double[] deviations;
    private final @Nullable Flips[] flips;
    private boolean even = true;

    LaneNoise(SgdProgram compiled) {
        lanes = compiled.lanes();
        outputs = compiled.objective().data().outputSize();
        deviations = new double[outputs * lanes];
        flips = new Flips[lanes];
    }

    void start(SgdProgram compiled, List<LaneGroup> groups) {
        int lane = 0;
        for (LaneGroup group : groups) {
            Noise noise = group.optimiser().noise();
            for (int end = lane + group.count(); lane < end; lane++) {
                flips[lane] = noise.flipsOfItsOwn().orElse(null);
                for (int j = 0; j < outputs; j++) {
                    deviations[j * lanes + lane] = compiled.law() == NoiseLaw.NONE ? 0 : noise.deviation(j);
                }
            }
        }
        even = true;
        for (double deviation : deviations) {
            even &= deviation == deviations[0];
        }
    }

    /** Whether all outputs of all lanes have one σ, the first. */
    boolean isEven() {
        return even;
    }

    double[] deviations() {
        return deviations;
    }

    @Nullable
    Flips flips(int lane) {
        return flips[lane];
    }
}
