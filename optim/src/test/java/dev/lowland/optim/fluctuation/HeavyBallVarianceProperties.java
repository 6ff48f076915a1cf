package dev.lowland.optim.fluctuation;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

class HeavyBallVarianceProperties {

    @Property(tries = 300)
    void isTheSumOfSquaredResponses(
            @ForAll @DoubleRange(min = 0, max = 1) double share,
            @ForAll @DoubleRange(min = 0, max = 0.99) double momentum,
            @ForAll @LongRange(min = 0, max = 300) long steps) {
        HeavyBallVarianceTest.check(2 * (1 + momentum) * share, momentum, steps);
    }
}
