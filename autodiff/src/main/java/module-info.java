/** Graphs of matrices, their derivatives of any order, compiled programs, and models made of them. */
module dev.lowland.autodiff {
    requires transitive dev.lowland.core;
    requires transitive ejml.core;
    requires transitive ejml.ddense;
    requires static transitive org.jspecify;

    exports dev.lowland.autodiff.check;
    exports dev.lowland.autodiff.custom;
    exports dev.lowland.autodiff.function;
    exports dev.lowland.autodiff.graph;
    exports dev.lowland.autodiff.lowering;
    exports dev.lowland.autodiff.nn;
    exports dev.lowland.autodiff.op;
    exports dev.lowland.autodiff.program;
    exports dev.lowland.autodiff.transform;
}
