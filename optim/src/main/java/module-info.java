/** Objectives, label-noise SGD, ensembles of runs, and the flatness that predicts where they go. */
module dev.lowland.optim {
    requires static transitive org.jspecify;
    requires transitive dev.lowland.core;
    requires transitive dev.lowland.autodiff;

    exports dev.lowland.optim.data;
    exports dev.lowland.optim.objective;
    exports dev.lowland.optim.sgd;
    exports dev.lowland.optim.ensemble;
    exports dev.lowland.optim.curvature;
    exports dev.lowland.optim.flatness;
    exports dev.lowland.optim.flow;
    exports dev.lowland.optim.stationarity;
    exports dev.lowland.optim.fluctuation;
}
