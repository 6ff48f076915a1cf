/** Numbers without derivatives: kernels, random streams and linear algebra on EJML's dense matrices. */
module dev.lowland.core {
    requires static jdk.incubator.vector;
    requires static transitive org.jspecify;
    requires transitive ejml.core;
    requires transitive ejml.ddense;
    requires org.objectweb.asm;

    exports dev.lowland.core.check;
    exports dev.lowland.core.fixed;
    exports dev.lowland.core.function;
    exports dev.lowland.core.kernel;
    exports dev.lowland.core.kernel.contract;
    exports dev.lowland.core.lane;
    exports dev.lowland.core.linalg;
    exports dev.lowland.core.linalg.krylov;
    exports dev.lowland.core.linalg.lyapunov;
    exports dev.lowland.core.linalg.trace;
    exports dev.lowland.core.random;
}
