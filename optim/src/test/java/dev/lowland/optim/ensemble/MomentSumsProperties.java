package dev.lowland.optim.ensemble;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MomentSumsProperties {

    @Property(tries = 200)
    void mergingBlocksIsTakingAllAtOnce(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5) int size,
            @ForAll @IntRange(min = 1, max = 40) int first,
            @ForAll @IntRange(min = 1, max = 40) int second) {
        MomentSumsTest.merged(seed, size, first, second);
    }
}
