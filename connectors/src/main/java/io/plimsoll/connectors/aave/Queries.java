package io.plimsoll.connectors.aave;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.connectors.feed.HttpCall;
import java.util.Map;

/** What is asked of the subgraph: each answer says of which block it is. Lists are paged by id. */
final class Queries {

    static final String RESERVES = "reserves";
    static final String BORROWERS = "borrowers";
    static final String LIQUIDATIONS = "liquidations";

    private static final String BLOCK = "_meta { block { number timestamp } hasIndexingErrors }";

    private static final String RESERVES_QUERY = "{ " + BLOCK + " reserves(first: 1000, orderBy: id) {"
            + " id underlyingAsset symbol decimals isActive reserveLiquidationThreshold liquidityIndex"
            + " variableBorrowIndex liquidityRate variableBorrowRate lastUpdateTimestamp"
            + " price { priceInEth oracle { baseCurrencyUnit } } eMode { id } } }";

    private static final String BORROWERS_QUERY = "query($first: Int!, $after: ID!, $before: ID!) { " + BLOCK
            + " users(first: $first, orderBy: id, where: { id_gt: $after, id_lt: $before, borrowedReservesCount_gt: 0 }) {"
            + " id eModeCategoryId { id liquidationThreshold } reserves(first: 1000) { reserve { id }"
            + " usageAsCollateralEnabledOnUser scaledATokenBalance scaledVariableDebt principalStableDebt } } }";

    private static final String LIQUIDATIONS_QUERY = "query($first: Int!, $after: ID!, $since: Int!) { " + BLOCK
            + " liquidationCalls(first: $first, orderBy: id, where: { id_gt: $after, timestamp_gte: $since }) {"
            + " id txHash timestamp user { id } collateralReserve { id } collateralAmount principalReserve { id }"
            + " principalAmount collateralAssetPriceUSD borrowAssetPriceUSD } }";

    private final Map<String, String> headers;
    private final int page;

    Queries(Map<String, String> headers, int page) {
        this.headers = headers;
        this.page = page;
    }

    int page() {
        return page;
    }

    HttpCall reserves(long nowMs) {
        return call(RESERVES, "", RESERVES_QUERY, JsonNodeFactory.instance.objectNode(), nowMs);
    }

    /** Borrowers whose id comes after the one and before the other. */
    HttpCall borrowers(String after, String before, long nowMs) {
        return call(BORROWERS, after, BORROWERS_QUERY, first(after).put("before", before), nowMs);
    }

    HttpCall liquidations(String after, long sinceS, long nowMs) {
        return call(LIQUIDATIONS, after, LIQUIDATIONS_QUERY, first(after).put("since", sinceS), nowMs);
    }

    private ObjectNode first(String after) {
        return JsonNodeFactory.instance.objectNode().put("first", page).put("after", after);
    }

    private HttpCall call(String kind, String subject, String query, ObjectNode variables, long nowMs) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("query", query);
        body.set("variables", variables);
        return new HttpCall(kind, subject, "", headers, body.toString(), 1, nowMs);
    }
}
