package io.plimsoll.connectors.aave;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.connectors.feed.FaultyVenue;
import io.plimsoll.connectors.feed.TaskDriver;
import io.plimsoll.connectors.feed.TestClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/** A local subgraph that answers the connector's questions, page by page. */
final class Subgraph extends FaultyVenue {

    static final double ALLOWED = 150;

    private static final Limit LIMIT = new Limit("requests", ALLOWED, 60_000);
    private static final long BEHIND_S = 120;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SubgraphState state;

    Subgraph(SubgraphState state, TestClock clock, long seed) {
        super(clock, Set.of("/subgraph"), Set.of(), Long.MAX_VALUE, Long.MAX_VALUE, seed);
        this.state = state;
    }

    /** Runs the connector against this subgraph. */
    TaskDriver driver() {
        return new TaskDriver(AaveSourceConnector::new, AaveSourceTask::new, this)
                .with("subgraph.url", http() + "/subgraph")
                .with("subgraph.key", "a-key")
                .with("accounts.page", "20")
                .with("accounts.interval.ms", "60000")
                .with("request.timeout.ms", "300");
    }

    @Override
    protected Reply answer(Request request) {
        if (!"Bearer a-key".equals(request.headers().get("Authorization"))) {
            complain("no key");
        }
        JsonNode body = read(request.body());
        String query = body.path("query").asText();
        JsonNode variables = body.path("variables");
        boolean isBehind = requestFault() == RequestFault.STALE && random.nextBoolean();
        long nowS = clock.millis() / 1_000;
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.putObject("_meta")
                .put("hasIndexingErrors", false)
                .putObject("block")
                .put("number", 1)
                .put("timestamp", isBehind ? nowS - BEHIND_S : nowS);
        String after = variables.path("after").asText();
        int first = variables.path("first").intValue();
        if (query.contains("reserves(first: 1000, orderBy")) {
            data.set("reserves", state.reserves());
        } else if (query.contains("users(")) {
            data.set("users", state.borrowers(after, variables.path("before").asText(), first));
        } else {
            data.set(
                    "liquidationCalls",
                    state.calls(after, variables.path("since").longValue(), isBehind ? nowS - BEHIND_S : nowS, first));
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        if (requestFault() == RequestFault.STALE && random.nextInt(4) == 0) {
            answer.putArray("errors").addObject().put("message", "bad indexers: Unavailable");
        } else {
            answer.set("data", data);
        }
        return Reply.ok(answer, 1);
    }

    @Override
    protected Limit limit(Request request) {
        return LIMIT;
    }

    @Override
    protected void said(Client client, String text) {
        throw new IllegalStateException("nobody connects");
    }

    @Override
    protected List<String> garbage() {
        return List.of();
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
