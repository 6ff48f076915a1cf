/** Graphs of matrices, their derivatives of any order, and the programs compiled from them. */
module dev.lowland.autodiff {
    requires static org.jspecify;
    requires transitive dev.lowland.core;
}
