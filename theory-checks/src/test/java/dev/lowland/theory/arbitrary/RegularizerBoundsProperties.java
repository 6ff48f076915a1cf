package dev.lowland.theory.arbitrary;

import dev.lowland.optim.flatness.QuarterTrace;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.theory.experiment.Setting;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/** The property of THEOREMS.md. */
@Tag("slow")
class RegularizerBoundsProperties {

    @Property
    boolean theRegularizerIsAtLeastAQuarterOfTheTrace(@ForAll Trial trial) {
        Setting setting = trial.setting();
        double regularizer = Regularizer.of(setting.objective(), trial.sgd(setting))
                .at(setting.theta())
                .value();
        double quarter =
                QuarterTrace.of(setting.objective()).at(setting.theta()).value();
        return regularizer >= quarter * (1 - 1e-12);
    }
}
