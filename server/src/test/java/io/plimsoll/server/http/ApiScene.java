package io.plimsoll.server.http;

import io.plimsoll.connectors.RecordSink;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.schemas.avro.FeedState;
import io.plimsoll.schemas.avro.FeedStatus;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.LiquidationPriceKind;
import io.plimsoll.schemas.avro.OptionKind;
import io.plimsoll.schemas.avro.OptionPrice;
import io.plimsoll.schemas.avro.PositionSide;
import io.plimsoll.server.PlimsollServer;
import io.plimsoll.server.alerts.Alerts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Two instances that have an answer to everything that can be asked. */
final class ApiScene {

    static final String MARKET = "w:LIT";
    static final String STATUS = "w:desk:0-of-1";
    static final String OPTIONS = "w:LIT";
    static final Alert FIRING = Alerts.alert("tip", MARKET, AlertStatus.FIRING, 1);
    static final Alert OTHER = Alerts.alert("skew", "x:LIT", AlertStatus.FIRING, 1);

    /** Lists whose items have another name. */
    private static final Map<String, String> FIELDS = Map.of(
            "tipping-points",
            "markets",
            "dead-letters",
            "deadLetters",
            "feed-statuses",
            "statuses",
            "system/measures",
            "measures");

    private static final Duration LONG = Duration.ofMinutes(2);
    /** What is known a little later than the rest. */
    private static final List<String> LAST = List.of(
            "/api/v1/markets/" + MARKET,
            "/api/v1/markets/" + MARKET + "/ladder",
            "/api/v1/markets/" + MARKET + "/ladder/history",
            "/api/v1/markets/" + MARKET + "/measures",
            "/api/v1/markets/" + MARKET + "/cascade",
            "/api/v1/markets/" + MARKET + "/windows",
            "/api/v1/system/subjects/system",
            "/api/v1/system/subjects/system/measures",
            "/api/v1/system/windows",
            "/api/v1/system/cascade",
            "/api/v1/contagion",
            "/api/v1/collateral/system",
            "/api/v1/options/" + OPTIONS,
            "/api/v1/accounts/w:watch",
            "/api/v1/alerts/" + FIRING.getId(),
            "/health/ready");

    private ApiScene() {}

    static TwoInstances start(Path dir, Map<String, String> settings) {
        TwoInstances instances = new TwoInstances(dir, ApiScene::writeTo, settings);
        patiently().ignoreExceptions().until(() -> {
            for (PlimsollServer server : instances.both()) {
                for (String path : LAST) {
                    if (TwoInstances.get(server, path).statusCode() != 200) {
                        return false;
                    }
                }
                if (isShort(server, "feeds", 2)
                        || isShort(server, "dead-letters", 1)
                        || isShort(server, "feed-statuses", 1)
                        || isShort(server, "accounts", AccountScene.NEAR.size())
                        || isShort(server, "cascades", 1)
                        || isShort(server, "tipping-points", 2)
                        || isShort(server, "measures", 2)
                        || isShort(server, "system/measures", 4)) {
                    return false;
                }
            }
            return true;
        });
        return instances;
    }

    private static boolean isShort(PlimsollServer server, String list, int least) throws Exception {
        String field = FIELDS.getOrDefault(list, list);
        return TwoInstances.json(server, "/api/v1/" + list).path(field).size() < least;
    }

    static ConditionFactory patiently() {
        return Awaitility.await().atMost(LONG);
    }

    private static void writeTo(RecordSink sink) {
        AccountScene.writeTo(sink);
        long now = System.currentTimeMillis();
        sink.write(
                Topics.LIQUIDATIONS.name(),
                MARKET,
                now,
                new Liquidation(
                        "w",
                        "LIT",
                        PositionSide.LONG,
                        40_000.0,
                        AccountScene.PRICE,
                        LiquidationPriceKind.BANKRUPTCY,
                        true,
                        null,
                        "1",
                        null,
                        null,
                        1.0));
        sink.write(
                Topics.FEED_STATUS.name(),
                STATUS,
                now,
                new FeedStatus(
                        "w", "desk", "0-of-1", FeedState.LIVE, "", now, now, 2, 0, 9, 0, 120L, 0L, 0L, 0L, 1L, 0L));
        sink.write(Topics.OPTIONS.name(), "w:LIT-1-C", now, option(now));
        for (Alert alert : List.of(FIRING, OTHER)) {
            sink.write(Topics.ALERTS.name(), Alerts.key(alert), alert.getAsOfMs(), alert);
        }
    }

    private static OptionPrice option(long nowMs) {
        return OptionPrice.newBuilder()
                .setVenue("w")
                .setSymbol("LIT-1-C")
                .setKind(OptionKind.CALL)
                .setBaseAsset("LIT")
                .setSettleAsset("USDC")
                .setStrike(AccountScene.PRICE)
                .setExpiryMs(nowMs + Duration.ofDays(30).toMillis())
                .setMarkPrice(AccountScene.PRICE / 10)
                .setIndexPrice(AccountScene.PRICE)
                .setUnderlyingPrice(AccountScene.PRICE)
                .setMarkVolatility(0.9)
                .setOpenInterest(1_000.0)
                .build();
    }
}
