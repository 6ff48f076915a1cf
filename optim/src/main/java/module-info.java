/** Objectives, label-noise SGD, ensembles of runs, and the flatness that predicts where they go. */
module dev.lowland.optim {
    requires static org.jspecify;
    requires transitive dev.lowland.autodiff;
}
