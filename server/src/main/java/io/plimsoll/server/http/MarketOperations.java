package io.plimsoll.server.http;

import io.plimsoll.schemas.avro.CascadeEpisode;
import io.plimsoll.schemas.avro.CascadeOutcome;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.Ladder;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.MeasureSet;
import io.plimsoll.schemas.avro.WindowState;
import io.plimsoll.server.openapi.AvroShape;
import io.plimsoll.server.openapi.Field;
import io.plimsoll.server.openapi.Operation;
import io.plimsoll.server.openapi.Parameter;
import io.plimsoll.server.openapi.Shape;
import io.plimsoll.server.openapi.Table;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.avro.LadderSnapshot;
import io.plimsoll.topology.markets.CascadeQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What can be asked of markets. */
final class MarketOperations {

    static final String TAG = "markets";

    private static final Shape MARKET = Shapes.state("Market", MarketState.getClassSchema());

    private static final Shape MEASURED = Shapes.state("MarketMeasures", MeasureSet.getClassSchema());

    private static final Shape WINDOW = Shape.object(
            "Window",
            String.valueOf(WindowState.getClassSchema().getDoc()),
            withAge(AvroShape.fields(WindowState.getClassSchema())));

    static final Shape WINDOWS = Shape.object(
            "Windows",
            "Windows of a subject, the oldest first.",
            List.of(
                    Shapes.ID,
                    Field.of("size", Shape.text("Length of a window.")),
                    Shapes.SERVED_AT_MS,
                    Field.of("windows", Shape.list("The newest of the interval, the oldest first.", WINDOW)),
                    Shapes.STALE_ONE,
                    Shapes.SERVED_BY,
                    Shapes.NEXT));

    private static final Shape PAST_LADDER = Shape.object(
            "PastLadder",
            "A ladder as it was when a window began, and the depth of that moment.",
            withAge(AvroShape.fields(LadderSnapshot.getClassSchema())));

    private static final Shape ASKED = Shape.object(
            "AskedCascade",
            "What was asked for.",
            List.of(
                    Field.of("shock", Shape.nullable(Shape.number("Shock, a fraction of the mark price."))),
                    Field.of("depthHaircut", Shape.nullable(Shape.number("Share of the depth, a fraction.")))));

    static final Shape CASCADE = Shapes.state("Cascade", CascadeRisk.getClassSchema(), Field.optional("asked", ASKED));

    private static final Shape TIPPING =
            Shape.object("MarketTipping", "How near a market's tipping points are.", tipping());

    private static final Parameter FROM =
            ApiParameters.moment("from", "Only windows that begin at this moment or later.");
    private static final Parameter TO = ApiParameters.moment("to", "Only windows that begin at this moment or before.");
    private static final Parameter METRICS = Parameter.texts(
            "metrics", "Only these metrics, names of fields of market or system states.", "leverage,markPrice");
    private static final Parameter SHOCK = ApiParameters.fraction(
            MarketCascadeRoute.SHOCK,
            "Shock to compute it for, as a change of the mark price.",
            "-0.07",
            MarketCascadeRoute.SHOCKS_ALLOWED,
            CascadeQuestion::isShock,
            -1,
            CascadeQuestion.HIGHEST);
    private static final Parameter HAIRCUT = ApiParameters.fraction(
            MarketCascadeRoute.HAIRCUT,
            "Share of today's depth to compute it for.",
            "0.5",
            MarketCascadeRoute.HAIRCUTS_ALLOWED,
            CascadeQuestion::isHaircut,
            0,
            1);

    static final Operation MARKETS = Operation.get("/api/v1/markets", "listMarkets", TAG, "All markets as they are now")
            .with(
                    ApiParameters.MARKETS,
                    ApiParameters.limit(Page.MOST, Page.MOST),
                    ApiParameters.AFTER,
                    ApiParameters.SCOPE)
            .answering("Markets by id.", Shapes.list("Markets", "Markets by id.", "markets", MARKET))
            .asTable(Table.of("markets"));

    static final Operation ONE = Operation.get("/api/v1/markets/{id}", "getMarket", TAG, "One market as it is now")
            .with(ApiParameters.MARKET_ID, ApiParameters.SCOPE)
            .answering("The market.", MARKET);

    static final Operation MARKET_WINDOWS = Operation.get(
                    "/api/v1/markets/{id}/windows", "listMarketWindows", TAG, "A market over time")
            .with(ApiParameters.MARKET_ID)
            .with(ofWindows())
            .answering("The market's windows.", WINDOWS)
            .asTable(Table.within("windows", "metrics"));

    static final Operation LADDER = Operation.get(
                    "/api/v1/markets/{id}/ladder", "getLadder", TAG, "Forced volume by price: what is liquidated where")
            .with(ApiParameters.MARKET_ID, ApiParameters.SCOPE)
            .answering("The ladder.", Shapes.state("MarketLadder", Ladder.getClassSchema()))
            .asTable(Table.within("liquidation"));

    static final Operation LADDER_HISTORY = Operation.get(
                    "/api/v1/markets/{id}/ladder/history", "listLadderHistory", TAG, "Forced volume by price over time")
            .saying(
                    "The ladder as it was when each window began, in cells of 0.5 %: by the minute for two hours, by five"
                            + " minutes for a day. Where a window is left out the ladder did not change.")
            .with(
                    ApiParameters.MARKET_ID,
                    Parameter.choice(
                            "size",
                            "Time from one ladder to the next. Unless told: 1m.",
                            MonitorStores.LADDER_HISTORY_SIZES.stream()
                                    .map(MonitorStores::label)
                                    .toList()),
                    FROM,
                    TO,
                    ApiParameters.limit(LadderHistoryRoute.MOST, LadderHistoryRoute.MOST)
                            .described("Most ladders of an answer: the newest of the interval. `next` leads to those"
                                    + " before them."),
                    ApiParameters.AFTER,
                    ApiParameters.SCOPE)
            .answering(
                    "The market's past ladders.",
                    Shape.object(
                            "LadderHistory",
                            "A market's past ladders, the oldest first.",
                            List.of(
                                    Shapes.ID,
                                    Field.of("size", Shape.text("Time from one ladder to the next.")),
                                    Shapes.SERVED_AT_MS,
                                    Field.of(
                                            "ladders",
                                            Shape.list("The newest of the interval, the oldest first.", PAST_LADDER)),
                                    Shapes.STALE_ONE,
                                    Shapes.SERVED_BY,
                                    Shapes.NEXT)))
            .asTable(Table.within("ladders", "cells"));

    static final Operation MEASURES = Operation.get(
                    "/api/v1/markets/{id}/measures",
                    "getMarketMeasures",
                    TAG,
                    "A market's volatility, liquidity, cycle, distribution of leverage, skew, carry, borrowed money and"
                            + " efficiency")
            .saying("A group that is switched off (setting monitor.measures) is null.")
            .with(ApiParameters.MARKET_ID, ApiParameters.SCOPE)
            .answering("The market's measures.", MEASURED);

    static final Operation ALL_MEASURES = Operation.get(
                    "/api/v1/measures", "listMarketMeasures", TAG, "Measures of all markets")
            .saying(
                    "A market of which nothing was measured yet is not in the list. A group that is switched off (setting"
                            + " monitor.measures) is null.")
            .with(
                    ApiParameters.MARKETS,
                    ApiParameters.limit(Page.MOST, Page.MOST),
                    ApiParameters.AFTER,
                    ApiParameters.SCOPE)
            .answering("Markets by id.", Shapes.list("MeasuresOfMarkets", "Markets by id.", "measures", MEASURED));

    static final Operation MARKET_CASCADE = Operation.get(
                    "/api/v1/markets/{id}/cascade", "getMarketCascade", TAG, "What a shock would set off")
            .saying("Without parameters what was published last; with shock or depthHaircut it is computed for them.")
            .with(ApiParameters.MARKET_ID, SHOCK, HAIRCUT, ApiParameters.SCOPE)
            .answering("The market's cascade risk.", CASCADE);

    static final Operation TIPPING_POINTS = Operation.get(
                    "/api/v1/tipping-points",
                    "listTippingPoints",
                    TAG,
                    "How near the tipping points of all markets are")
            .with(
                    ApiParameters.MARKETS,
                    ApiParameters.limit(Page.MOST, Page.MOST),
                    ApiParameters.AFTER,
                    ApiParameters.SCOPE)
            .answering("Markets by id.", Shapes.list("TippingPoints", "Markets by id.", "markets", TIPPING))
            .asTable(Table.of("markets", "outcomes"));

    static final Operation CASCADES = Operation.get(
                    "/api/v1/cascades", "listCascades", TAG, "Observed cascades, the newest first")
            .with(
                    ApiParameters.MARKETS,
                    Parameter.text("market", "Only of this market, or `system`.", "system"),
                    Parameter.text("venue", "Only of this venue's markets.", ""),
                    Parameter.text("asset", "Only of markets of this base asset.", ""),
                    ApiParameters.moment("from", "Only those that began at this moment or later."),
                    ApiParameters.limit(CascadeRoutes.UNLESS_TOLD, Page.MOST),
                    ApiParameters.AFTER,
                    ApiParameters.SCOPE)
            .answering(
                    "Cascades, the newest first.",
                    Shapes.list(
                            "Cascades",
                            "Cascades, the newest first.",
                            "cascades",
                            Shapes.state("ObservedCascade", CascadeEpisode.getClassSchema()),
                            Field.of("market", Shape.nullable(Shape.text("As asked."))),
                            Field.of("venue", Shape.nullable(Shape.text("As asked."))),
                            Field.of("asset", Shape.nullable(Shape.text("As asked.")))))
            .asTable(Table.of("cascades"));

    static final List<Operation> ALL = List.of(
            MARKETS,
            ONE,
            MARKET_WINDOWS,
            LADDER,
            LADDER_HISTORY,
            MEASURES,
            ALL_MEASURES,
            MARKET_CASCADE,
            TIPPING_POINTS,
            CASCADES);

    private MarketOperations() {}

    /** The parameters of windows, of a market or of a subject. */
    static Parameter[] ofWindows() {
        return new Parameter[] {
            ApiParameters.SIZE,
            FROM,
            TO,
            METRICS,
            ApiParameters.limit(MarketRoutes.WINDOWS_UNLESS_TOLD, Page.MOST)
                    .described(
                            "Most windows of an answer: the newest of the interval. `next` leads to those before them."),
            ApiParameters.AFTER,
            ApiParameters.SCOPE
        };
    }

    private static List<Field> withAge(List<Field> known) {
        List<Field> fields = new ArrayList<>(known);
        fields.add(Shapes.AGE_MS);
        return fields;
    }

    private static List<Field> tipping() {
        Set<String> told = Set.of(
                "asOfMs",
                "stalenessMs",
                "formulaVersion",
                "markPrice",
                "coverageLong",
                "coverageShort",
                "impactSource",
                "depthState");
        Set<String> ofOutcome = Set.of(
                "direction",
                "depthHaircut",
                "reproductionAtSpot",
                "reproductionMax",
                "tippingDistanceLow",
                "tippingDistanceHigh");
        List<Field> fields = new ArrayList<>();
        fields.add(Shapes.ID);
        AvroShape.fields(CascadeRisk.getClassSchema()).stream()
                .filter(field -> told.contains(field.name()))
                .forEach(fields::add);
        Shape outcome = Shape.object(
                "TippingOutcome",
                String.valueOf(CascadeOutcome.getClassSchema().getDoc()),
                AvroShape.fields(CascadeOutcome.getClassSchema()).stream()
                        .filter(field -> ofOutcome.contains(field.name()))
                        .toList());
        fields.add(Field.of("outcomes", Shape.list("By direction and depth haircut.", outcome)));
        fields.add(Shapes.AGE_MS);
        return fields;
    }
}
