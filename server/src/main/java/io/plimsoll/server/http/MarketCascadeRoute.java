package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.markets.CascadeQuestion;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a shock would set off in a market: as published, or computed for a shock and a share of the depth. */
final class MarketCascadeRoute {

    static final String SHOCK = "shock";
    static final String HAIRCUT = "depthHaircut";
    static final String SHOCKS_ALLOWED = "a fraction or percentage above -1, at most " + CascadeQuestion.HIGHEST
            + ", and at least " + CascadeQuestion.LEAST + " in size, as -0.05 or -5%";
    static final String HAIRCUTS_ALLOWED = "a fraction or percentage above 0, at most 1, as 0.3 or 30%";

    private final StateApi api;

    MarketCascadeRoute(StateApi api) {
        this.api = api;
    }

    void addTo(Operations routes) {
        routes.add(MarketOperations.MARKET_CASCADE, this::cascade);
    }

    private void cascade(Context context) {
        String id = context.pathParam("id");
        Map<String, String> parameters = Parameters.ofQuery(context);
        Scope scope = Scope.of(parameters.get(Parameters.SCOPE));
        Double shock = Parameters.fraction(parameters, SHOCK, CascadeQuestion::isShock, SHOCKS_ALLOWED);
        Double haircut = Parameters.fraction(parameters, HAIRCUT, CascadeQuestion::isHaircut, HAIRCUTS_ALLOWED);
        Function<StateReader, Optional<? extends JsonNode>> here = shock == null && haircut == null
                ? from -> published(from, id)
                : from -> computed(from, id, shock, haircut);
        api.answerOne(
                context,
                query(shock, haircut),
                scope,
                MonitorStores.CASCADE_RISKS,
                id,
                here,
                from -> api.unknown(
                        from,
                        "cascade risk of market",
                        id,
                        MonitorStores.CASCADE_RISKS,
                        MonitorStores.CASCADE_RISK_TYPE));
    }

    /** The query as it is passed on: numbers, whatever they were typed as. */
    private static String query(@Nullable Double shock, @Nullable Double haircut) {
        StringJoiner query = new StringJoiner("&");
        if (shock != null) {
            query.add(SHOCK + "=" + shock);
        }
        if (haircut != null) {
            query.add(HAIRCUT + "=" + haircut);
        }
        return query.toString();
    }

    private Optional<ObjectNode> published(StateReader from, String id) {
        return from.get(MonitorStores.CASCADE_RISKS, MonitorStores.CASCADE_RISK_TYPE, id)
                .map(risk -> api.state(id, risk));
    }

    private Optional<ObjectNode> computed(
            StateReader from, String id, @Nullable Double shock, @Nullable Double haircut) {
        Optional<ObjectNode> answer = from.get(MonitorStores.CASCADE_MOMENTS, MonitorStores.CASCADE_MOMENT_TYPE, id)
                .map(moment -> new CascadeQuestion(shock, haircut).answer(moment))
                .map(risk -> api.state(id, risk));
        answer.ifPresent(body -> body.putObject("asked").put(SHOCK, shock).put(HAIRCUT, haircut));
        return answer;
    }
}
