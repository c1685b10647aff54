package io.plimsoll.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.connectors.InstrumentTables;
import io.plimsoll.risk.VenueModel;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.topology.InstrumentTerms;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PlimsollTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demo --bogus | --bogus",
                "demo --port eighty | --port",
                "demo --port 70000 | --port is 70000, allowed is 0",
                "demo --accounts 1 | --accounts is 1, allowed is 10",
                "demo --speed 0 | --speed is 0.0, allowed is",
                "demo --exit-after soon | --exit-after is \"soon\", allowed is a number with a unit",
                "demo --live hyperliqid | --live is hyperliqid, did you mean hyperliquid? Allowed is ",
                "demo --live hyperliquid --seed 3 | --seed is for the simulator, which --live takes the place of",
                "demo --live hyperliquid --set hyperliquid.acounts.max=5 | did you mean accounts.max?",
                "demo --live hyperliquid --set binance.x=5 | --set is for binance, allowed is hyperliquid",
                "demo --live hyperliquid --set hyperliquid | allowed is VENUE.SETTING=VALUE",
                "run | --config",
                "run --config missing.yaml | missing.yaml: there is no such file",
                "instruments hyperliqid | did you mean hyperliquid?",
                "instruments --publish | --publish needs a VENUE, allowed is one of",
                "instruments dydx --publish | no Kafka is given, allowed is --config FILE or --bootstrap HOST:PORT",
                "instruments dydx --bootstrap localhost:1 | go with --publish only",
                "scenario | nothing is asked, allowed are --shock, --collateral-cut and --remove-account",
                "scenario --shock BTC | --shock is \"BTC\", allowed is NAME=CHANGE, as BTC=-10% or BTC=-0.1",
                "scenario --shock BTC=-100% | shock of BTC is -1.0, allowed is more than -1",
                "scenario --shock BTC=-1% --depth-haircut 0 | depth haircut is 0.0, allowed is above 0",
                "scenario --collateral-cut USDE=130% | collateral cut of USDE is 1.3, allowed is 0 to 1",
                "rules check missing.yaml | cannot read missing.yaml",
                "rules chek rules.yaml | chek",
                "rules list | no Kafka is given, allowed is --config FILE or --bootstrap HOST:PORT",
                "sail | sail",
            })
    void shouldSayWhatIsWrongWithTheCommandLine(String line, String sentence) {
        int code = execute(line.split(" "));

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).startsWith("plimsoll: ").contains(sentence).doesNotContain("\tat ");
    }

    @Test
    void shouldSayWhatIsWrongWithTheConfiguration(@TempDir Path dir) throws Exception {
        Path file = Files.writeString(dir.resolve("mine.yaml"), "http:\n  prt: 1\n");

        int code = execute("run", "--config", file.toString());

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines())
                .containsExactly(
                        "plimsoll: " + file + ":2: http.prt is not a setting; the nearest that is one: http.port");
    }

    @Test
    void shouldRefuseToRunWithoutBrokers(@TempDir Path dir) throws Exception {
        Path file = Files.writeString(dir.resolve("mine.yaml"), "threads: 1\n");

        int code = execute("run", "--config", file.toString());

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("kafka.bootstrap.servers is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "demo", "run", "instruments", "scenario", "rules", "topics", "topology", "config"})
    void shouldHelpEverywhere(String command) {
        int code = command.isEmpty() ? execute("--help") : execute(command, "--help");

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("Usage: plimsoll").contains("Exit codes:");
    }

    @Test
    void shouldPrintTheCatalogueAsJson() throws Exception {
        int code = execute("topics", "--json");

        JsonNode topics = new ObjectMapper().readTree(out.toString());
        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(topics.findValuesAsText("name"))
                .containsExactlyElementsOf(
                        Topics.all().stream().map(Topic::name).toList());
    }

    @Test
    void shouldPrintTheShippedTablesWithTheirDates() {
        int code = execute("instruments");

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("hyperliquid  BTC ")
                        .contains("2026-02-04", "1.250% from 0, 2.500% from 150,000,000"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("deribit      BTC-PERPETUAL ")
                        .contains("2022-01-11", "DERIBIT", "1.000% from 0 + 0.0050% per BTC"))
                .anySatisfy(line ->
                        assertThat(line).startsWith("aave-v3      WETH ").contains("none: SPOT"));
    }

    @Test
    void shouldShipTablesThatTheMonitorTakes() {
        for (String venue : InstrumentTables.VENUES) {
            for (InstrumentTables.Listed listed : InstrumentTables.of(venue)) {
                InstrumentTerms terms = InstrumentTerms.of(listed.instrument());

                assertThat(terms.market()).startsWith(venue + ":");
                assertThat(terms.contract().model())
                        .describedAs("%s has rules of its own", terms.market())
                        .isNotEqualTo(VenueModel.GENERIC);
                assertThat(terms.contract().model().triggerPrice().name())
                        .isEqualTo(listed.instrument().getTriggerPrice().name());
            }
        }
    }

    @Test
    void shouldPrintDefaultRulesThatItFindsRight(@TempDir Path dir) throws Exception {
        int printed = execute("rules", "default");
        Path file = Files.writeString(dir.resolve("rules.yaml"), out.toString());
        int checked = execute("rules", "check", file.toString());

        assertThat(printed).isEqualTo(ExitCode.OK);
        assertThat(checked).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).endsWith("rules, nothing is wrong with them\n");
    }

    @Test
    void shouldSayWhatIsWrongWithRules(@TempDir Path dir) throws Exception {
        Path file = Files.writeString(dir.resolve("rules.yaml"), "rules:\n  - id: a b\n");

        int code = execute("rules", "apply", file.toString());

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .startsWith("plimsoll: " + file + ": 5 things are wrong\n")
                .contains(file + " line 2: rules[0].id is a b, allowed is a name");
    }

    @Test
    void shouldPrintEveryMetric() {
        int code = execute("rules", "metrics");

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines())
                .anySatisfy(
                        line -> assertThat(line).matches("market +tippingDistanceDown +fraction +cascade-risk +How .*"))
                .anySatisfy(line -> assertThat(line).matches("feed +silenceMs +ms +any input topic +Wall-clock .*"));
    }

    @Test
    void shouldDrawTheTopology() {
        int code = execute("topology", "--mermaid");

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .startsWith("flowchart LR\n")
                .contains(
                        "([\"plimsoll.positions\"])", "([\"plimsoll.market-state\"])", "[(\"accounts\")]", "subgraph");
    }

    private int execute(String... args) {
        CommandLine commandLine =
                Plimsoll.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(args);
    }
}
