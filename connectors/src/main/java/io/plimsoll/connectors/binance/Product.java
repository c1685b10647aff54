package io.plimsoll.connectors.binance;

import io.plimsoll.connectors.feed.OpenInterestTerms;
import io.plimsoll.schemas.avro.MarginModel;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;

/** The venue's two futures markets: wallets, symbols, addresses and units are apart. */
public enum Product {

    /** Margined and settled in stablecoins; sizes in base units. */
    USDM(
            "binance-usdm",
            "https://fapi.binance.com",
            "/fapi/v1/",
            "/fapi/v1/leverageBracket",
            "wss://fstream.binance.com/public/stream",
            "wss://fstream.binance.com/market/stream",
            MarginModel.BINANCE_USDM,
            new OpenInterestTerms(OpenInterestUnit.BASE, OpenInterestSides.SINGLE)),

    /** Inverse: margined and settled in coins; sizes in contracts of a face value in dollars. */
    COINM(
            "binance-coinm",
            "https://dapi.binance.com",
            "/dapi/v1/",
            "/dapi/v2/leverageBracket",
            "wss://dstream.binance.com/stream",
            "wss://dstream.binance.com/stream",
            MarginModel.BINANCE_COINM,
            new OpenInterestTerms(OpenInterestUnit.CONTRACTS, OpenInterestSides.SINGLE));

    final String venue;
    final String restUrl;
    final String path;
    final String bracketsPath;
    final String depthUrl;
    final String marketUrl;
    final MarginModel model;
    final OpenInterestTerms openInterest;

    Product(
            String venue,
            String restUrl,
            String path,
            String bracketsPath,
            String depthUrl,
            String marketUrl,
            MarginModel model,
            OpenInterestTerms openInterest) {
        this.venue = venue;
        this.restUrl = restUrl;
        this.path = path;
        this.bracketsPath = bracketsPath;
        this.depthUrl = depthUrl;
        this.marketUrl = marketUrl;
        this.model = model;
        this.openInterest = openInterest;
    }

    boolean isInverse() {
        return this == COINM;
    }
}
