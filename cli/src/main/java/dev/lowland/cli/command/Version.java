package dev.lowland.cli.command;

import dev.lowland.cli.report.RunInfo;
import dev.lowland.core.kernel.Kernels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which Lowland, which Java, which kernels. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        RunInfo info = describe("lowland");
        return new String[] {"Lowland " + info.version(), "Java " + info.java(), "kernels " + info.kernels()};
    }

    /** The facts that go with a result. */
    static RunInfo describe(String command) {
        return new RunInfo(number(), System.getProperty("java.version"), Kernels.describe(), command);
    }

    private static String number() {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            if (in == null) {
                throw new IllegalStateException("version.properties is not beside " + Version.class.getName());
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
