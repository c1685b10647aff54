package io.plimsoll.server.cli;

import io.plimsoll.server.config.ConfigReader;
import io.plimsoll.server.embedded.EmbeddedRegistry;
import io.plimsoll.topology.MonitorTopology;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.streams.TopologyDescription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "topology", description = "Prints the stream topology: sources, processors, stores, sinks.")
final class TopologyCommand implements Callable<Integer> {

    @Option(names = "--mermaid", description = "Print it as a Mermaid flowchart.")
    private boolean mermaid;

    @Spec
    private CommandSpec spec;

    TopologyCommand() {}

    @Override
    public Integer call() {
        TopologyDescription description = MonitorTopology.build(
                        ConfigReader.read(null, Map.of()).monitor(),
                        EmbeddedRegistry.inMemory().client())
                .describe();
        PrintWriter out = spec.commandLine().getOut();
        out.print(mermaid ? MermaidChart.of(description) : description.toString());
        out.flush();
        return ExitCode.OK;
    }
}
