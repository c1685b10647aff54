package io.plimsoll.server.cli;

import io.plimsoll.connectors.KafkaRecordSink;
import io.plimsoll.connectors.RecordSink;
import io.plimsoll.connectors.RecordingWriter;
import io.plimsoll.connectors.csv.CsvImport;
import io.plimsoll.connectors.csv.Mapping;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.monitor.RegistryClients;
import io.plimsoll.server.monitor.TopicCreation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        description = "Feeds CSV files of any layout, as a mapping says: into your Kafka, or into a recording.")
final class ImportCommand implements Callable<Integer> {

    @Option(
            names = "--mapping",
            required = true,
            paramLabel = "MAPPING",
            description = "YAML that says how rows become records: docs/import.md.")
    @SuppressWarnings("NullAway.Init")
    private Path mapping;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "CSV files, gzipped or not.")
    private List<Path> files = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write a recording for ./plimsoll replay instead; gzipped if its name ends in .gz.")
    private @Nullable Path output;

    @Option(names = "--dry-run", description = "Read and check everything, write nothing, print what would be written.")
    private boolean dryRun;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    ImportCommand() {}

    @Override
    public Integer call() {
        if (output != null && (dryRun || cluster.given())) {
            throw new UsageException("--output goes with neither --dry-run, --config nor --bootstrap");
        }
        CsvImport csv = new CsvImport(Mapping.read(mapping), files);
        if (dryRun) {
            print("Would write", csv.dryRun());
            return ExitCode.OK;
        }
        try (RecordSink sink = sink()) {
            print("Wrote", csv.run(sink));
        }
        return ExitCode.OK;
    }

    private RecordSink sink() {
        if (output != null) {
            return new RecordingWriter(output);
        }
        PlimsollConfig config = cluster.config();
        TopicCreation.createMissing(config, TopicCreation.Retention.CATALOGUE);
        return new KafkaRecordSink(config.kafka(), RegistryClients.connect(config.schemaRegistry()));
    }

    private void print(String verb, CsvImport.Result result) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("Read %,d rows, %,d of them for no rule%n", result.rows(), result.unusedRows());
        TreeSet<String> topics = new TreeSet<>(result.recordsByTopic().keySet());
        topics.addAll(result.tombstonesByTopic().keySet());
        for (String topic : topics) {
            out.printf(
                    "%s %,d records and %,d tombstones to %s%n",
                    verb,
                    result.recordsByTopic().getOrDefault(topic, 0L),
                    result.tombstonesByTopic().getOrDefault(topic, 0L),
                    topic);
        }
        out.flush();
    }
}
