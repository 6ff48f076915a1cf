/** The program {@code lowland}: problem files, what can be asked about them, the commands, and the reports. */
module dev.lowland.cli {
    requires static transitive org.jspecify;
    requires transitive dev.lowland.theory;
    requires com.fasterxml.jackson.databind;
    requires de.siegmar.fastcsv;
    requires info.picocli;
    requires me.tongfei.progressbar;

    exports dev.lowland.cli;
    exports dev.lowland.cli.experiment;
    exports dev.lowland.cli.problem;
    exports dev.lowland.cli.report;
    exports dev.lowland.cli.report.view;
    exports dev.lowland.cli.study;
    exports dev.lowland.cli.train;

    opens dev.lowland.cli.command to
            info.picocli;
}
