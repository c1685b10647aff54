package io.plimsoll.connectors.hyperliquid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.connectors.feed.FeedHealth;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.FeedRecord;
import io.plimsoll.connectors.feed.FeedRuntime;
import io.plimsoll.connectors.feed.Inbox;
import io.plimsoll.connectors.feed.SharedData;
import io.plimsoll.connectors.feed.Slice;
import io.plimsoll.connectors.feed.SourceOffsets;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import io.plimsoll.schemas.avro.FeedStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that the venue's WebSocket really sent, through everything that reads messages. */
class RecordedStreamTest {

    private static final ObjectMapper PLAIN = new ObjectMapper();
    private static final OffsetStorageReader NOTHING_STORED = new OffsetStorageReader() {
        @Override
        public <T> Map<String, Object> offset(Map<String, T> partition) {
            return null;
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
            return Map.of();
        }
    };

    private final HyperliquidConfig config = new HyperliquidConfig(Map.of(
            "schema.registry.url", "mock://unused",
            "depth.interval.ms", "1",
            "depth.significant.figures", "0"));
    private final SourceOffsets offsets = SourceOffsets.of("hyperliquid", NOTHING_STORED);
    private final FeedHealth health = new FeedHealth(
            "hyperliquid",
            new FeedRuntime(
                    "recorded", new Slice(0, 1), offsets, HttpClient.newHttpClient(), new Inbox(), new Random(1), 0),
            1);
    private final Markets markets = new Markets(config, offsets, health);
    private final Accounts accounts =
            new Accounts(config, new Slice(0, 1), new AccountMemory(offsets), health, markets::mark, 0);
    private final Channels channels =
            new Channels(markets, accounts, new Liquidations("hyperliquid", offsets, Set.of(), 0), health);
    private final FeedOutput output = new FeedOutput();

    @ParameterizedTest
    @ValueSource(strings = {"live_bbo_90s.jsonl.gz", "live_books_5m.jsonl.gz"})
    void shouldReadEveryLine(String file) throws IOException {
        List<JsonNode> lines = lines(file);
        Set<String> coins = new TreeSet<>();
        Set<String> users = new TreeSet<>();
        Map<String, JsonNode> newestBook = new HashMap<>();
        int books = 0;
        for (JsonNode line : lines) {
            JsonNode data = line.get("data");
            for (JsonNode each : data.isArray() ? data : List.of(data)) {
                coins.add(each.get("coin").textValue());
                each.path("users").forEach(user -> users.add(user.textValue()));
            }
            if (line.get("channel").textValue().equals("l2Book")) {
                newestBook.put(data.get("coin").textValue(), data);
                books++;
            }
        }
        markets.set(coins);

        long nowMs = 0;
        for (JsonNode line : lines) {
            nowMs += 10;
            channels.take(line.toString(), nowMs, output);
        }

        List<FeedRecord> records = output.drain();
        assertThat(records).hasSize(books).allMatch(record -> record.topic() == Topics.DEPTH);
        assertThat(accounts.count()).isEqualTo(users.size());
        health.publish(new FeedHealth.Coverage(0, 0, 0, 0), nowMs, output);
        FeedStatus status = (FeedStatus) output.drain().get(0).value();
        assertThat(status.getMessages()).isEqualTo(lines.size());
        assertThat(status.getMalformed()).isZero();
        assertThat(status.getOutOfOrder()).isZero();
        Map<String, Depth> newest = new LinkedHashMap<>();
        records.forEach(record -> newest.put(((Depth) record.value()).getSymbol(), (Depth) record.value()));
        newestBook.forEach((coin, book) -> assertWholeOfOneSide(newest.get(coin), book));
    }

    /** The furthest level holds all of the side that does not reach further. */
    private static void assertWholeOfOneSide(Depth depth, JsonNode book) {
        DepthLevel furthest = depth.getLevels().get(depth.getLevels().size() - 1);
        assertThat(List.of(furthest.getBidQuantity(), furthest.getAskQuantity()))
                .describedAs(depth.getSymbol())
                .containsAnyOf(
                        sum(book.get("levels").get(0)), sum(book.get("levels").get(1)));
    }

    private static double sum(JsonNode side) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode level : side) {
            sum = sum.add(new BigDecimal(level.get("sz").textValue()));
        }
        return sum.doubleValue();
    }

    private static List<JsonNode> lines(String file) throws IOException {
        Path path = SharedData.folder("hyperliquid-ws-2026").resolve(file);
        List<JsonNode> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(PLAIN.readTree(line));
            }
        }
        return lines;
    }
}
