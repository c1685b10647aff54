package io.plimsoll.server.cli;

import io.plimsoll.connectors.KafkaRecordSink;
import io.plimsoll.connectors.Replay;
import io.plimsoll.connectors.ReplaySpeed;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.schemas.avro.Rule;
import io.plimsoll.server.monitor.Quiescence;
import io.plimsoll.server.rules.AlertTimeline;
import io.plimsoll.server.rules.RuleChanges;
import io.plimsoll.server.rules.RuleFile;
import io.plimsoll.topology.RecordOrder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "test",
        description = "Says what of a recording would have fired under a file of rules, and when.",
        footer = "%nRuns the whole monitor in this process over the recording; nothing is written anywhere else.")
final class RulesTestCommand implements Callable<Integer> {

    private static final String ROW = "%-24s %-9s %-9s %-28s %-24s %s%n";

    @Parameters(paramLabel = "FILE", description = "Rules as YAML.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--replay",
            required = true,
            arity = "1..*",
            paramLabel = "RECORDING",
            description = "Recordings, merged by event time: docs/recordings.md.")
    private List<Path> recordings = List.of();

    @Option(
            names = "--speed",
            defaultValue = "max",
            description = "max, or event time per clock time: 20x, 60x (${DEFAULT-VALUE}). What fires is the same.")
    private String speed = "max";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    RulesTestCommand() {}

    @Override
    public Integer call() {
        List<Rule> rules = RuleFile.read(file);
        PrintWriter err = spec.commandLine().getErr();
        Replay replay = new Replay(recordings, ReplaySpeed.parse(speed), new ReplayProgress(err));
        try (ServerRun run = new ServerRun()) {
            RecordingMonitor monitor = RecordingMonitor.start(run, null, 0, RecordOrder.EVENT_TIME);
            try (KafkaRecordSink sink = new KafkaRecordSink(monitor.config().kafka(), monitor.registry());
                    Quiescence quiescence = new Quiescence(monitor.config())) {
                RuleChanges.of(rules, Map.of()).write(sink, false, RecordingMonitor.RULES_MS);
                // In force everywhere before the first record of the recording is read.
                if (!monitor.server().awaitReady() || !digested(quiescence, monitor)) {
                    return ExitCode.FAILURE;
                }
                long records = RecordingMonitor.play(replay, RecordingMonitor.sink(RecordOrder.EVENT_TIME, sink));
                err.printf("Replayed %,d records%n", records);
                err.flush();
                if (!digested(quiescence, monitor)) {
                    return ExitCode.FAILURE;
                }
            }
            print(AlertTimeline.read(monitor.config().kafka(), monitor.registry()));
        }
        return ExitCode.OK;
    }

    private static boolean digested(Quiescence quiescence, RecordingMonitor monitor) {
        return quiescence.await(
                () -> AlertTimeline.read(monitor.config().kafka(), monitor.registry()),
                () -> monitor.server().failure().isDone());
    }

    private void print(List<Alert> timeline) {
        PrintWriter out = spec.commandLine().getOut();
        for (Alert alert : timeline) {
            out.printf(
                    ROW,
                    Instant.ofEpochMilli(AlertTimeline.timeMs(alert)),
                    alert.getSeverity().name().toLowerCase(Locale.ROOT),
                    alert.getStatus().name().toLowerCase(Locale.ROOT),
                    alert.getRuleId(),
                    alert.getSubject(),
                    alert.getSentence());
        }
        long fired = timeline.stream()
                .filter(alert -> alert.getStatus() == AlertStatus.FIRING)
                .count();
        out.printf("%,d fired, %,d of them were over by the end%n", fired, timeline.size() - fired);
        out.flush();
    }
}
