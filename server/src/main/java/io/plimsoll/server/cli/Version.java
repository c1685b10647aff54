package io.plimsoll.server.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. Made by picocli. */
final class Version implements IVersionProvider {

    Version() {}

    @Override
    public String[] getVersion() {
        String built = Plimsoll.class.getPackage().getImplementationVersion();
        return new String[] {
            "plimsoll " + (built == null ? "(not packaged)" : built),
            "Java " + Runtime.version() + ", Kafka " + org.apache.kafka.common.utils.AppInfoParser.getVersion()
        };
    }
}
