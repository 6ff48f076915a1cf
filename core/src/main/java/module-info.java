/** Numbers without derivatives: kernels, random streams and linear algebra on EJML's dense matrices. */
module dev.lowland.core {
    requires static jdk.incubator.vector;
    requires static org.jspecify;
    requires transitive ejml.core;
    requires transitive ejml.ddense;

    exports dev.lowland.core.kernel;
}
