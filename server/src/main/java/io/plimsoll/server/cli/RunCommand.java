package io.plimsoll.server.cli;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.server.PlimsollServer;
import io.plimsoll.server.config.ConfigReader;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.connect.EmbeddedConnect;
import io.plimsoll.server.monitor.OutputCompatibility;
import io.plimsoll.server.monitor.RegistryClients;
import io.plimsoll.server.monitor.TopicCreation;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "run",
        description = "Runs the monitor on your own Kafka and schema registry. Several instances share the work.")
final class RunCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The settings, see ./plimsoll config and docs/settings.md.")
    private Path file;

    RunCommand() {}

    @Override
    public Integer call() {
        PlimsollConfig config = ConfigReader.read(file, System.getenv());
        config.requireBootstrapServers(file);
        TopicCreation.createMissing(config, TopicCreation.Retention.CATALOGUE);
        SchemaRegistryClient registry = RegistryClients.connect(config.schemaRegistry());
        if (config.schemaRegistry().setCompatibility()) {
            OutputCompatibility.ensure(registry);
        }
        try (ServerRun run = new ServerRun()) {
            PlimsollServer server = run.closing(PlimsollServer.start(config, registry, null));
            run.endWith(server);
            if (!config.connect().connectors().isEmpty()) {
                server.show(run.closing(EmbeddedConnect.start(
                        config, config.connect(), config.schemaRegistry().url())));
            }
            if (server.awaitReady()) {
                LOG.info(
                        "Ready: {}://{}:{}",
                        config.http().scheme(),
                        config.http().host(),
                        server.port());
            }
            return run.await(null);
        }
    }
}
