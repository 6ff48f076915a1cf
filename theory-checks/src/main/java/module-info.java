/**
 * Claims about label-noise SGD, the parts they are made of, and the ledger that checks them. The arbitraries for
 * property-based tests need jqwik; everything else works without it.
 */
module dev.lowland.theory {
    requires static transitive org.jspecify;
    requires static net.jqwik.api;
    requires transitive dev.lowland.optim;
    requires org.apache.commons.statistics.distribution;

    exports dev.lowland.theory.arbitrary;
    exports dev.lowland.theory.claim;
    exports dev.lowland.theory.experiment;
    exports dev.lowland.theory.ledger;
}
