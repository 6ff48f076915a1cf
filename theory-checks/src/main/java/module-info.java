/** The ledger of claims about label-noise SGD: problems, measurements, predictions, verdicts and the report. */
module dev.lowland.theory {
    requires static transitive org.jspecify;
    requires transitive dev.lowland.optim;
    requires com.fasterxml.jackson.databind;
    requires de.siegmar.fastcsv;
    requires info.picocli;
    requires java.desktop;
    requires me.tongfei.progressbar;
    requires org.apache.commons.statistics.distribution;
    requires xchart;

    exports dev.lowland.theory.claim;
    exports dev.lowland.theory.experiment;
    exports dev.lowland.theory.ledger;
    exports dev.lowland.theory.problem;
    exports dev.lowland.theory.report;
    exports dev.lowland.theory.study;

    opens dev.lowland.theory.cli to
            info.picocli;
}
