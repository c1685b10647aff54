package io.plimsoll.connectors.binance;

import io.plimsoll.connectors.feed.HttpCall;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What is asked of the venue, with its weights. */
final class Wire {

    static final String MARKETS = "exchangeInfo";
    static final String FUNDING = "fundingInfo";
    static final String BRACKETS = "leverageBracket";
    static final String OPEN_INTEREST = "openInterest";
    static final String BOOK = "depth";

    private static final double LIGHT = 1;
    private static final int LEVELS_PER_WEIGHT = 50;
    private static final int LEAST_BOOK_WEIGHT = 5;
    private static final long MOST_DELAY_MS = 10_000;

    private final BinanceConfig config;
    private final Product product;

    Wire(BinanceConfig config) {
        this.config = config;
        this.product = config.product();
    }

    HttpCall markets(long nowMs) {
        return get(MARKETS, "", "", LIGHT, nowMs);
    }

    /** Markets whose funding is not paid every 8 hours. */
    HttpCall funding(long nowMs) {
        return get(FUNDING, "", "", LIGHT, nowMs);
    }

    HttpCall openInterest(String symbol, long nowMs) {
        return get(OPEN_INTEREST, symbol, "?symbol=" + encoded(symbol), LIGHT, nowMs);
    }

    HttpCall book(String symbol, long nowMs) {
        int levels = config.depthLevels();
        double weight = Math.max(LEAST_BOOK_WEIGHT, levels / LEVELS_PER_WEIGHT);
        return get(BOOK, symbol, "?symbol=" + encoded(symbol) + "&limit=" + levels, weight, nowMs);
    }

    /** Signed with the key's secret, as the venue asks of everything that belongs to an account. */
    HttpCall brackets(long nowMs) {
        String query = "recvWindow=" + MOST_DELAY_MS + "&timestamp=" + nowMs;
        String signed = query + "&signature="
                + signature(query, config.getPassword(BinanceConfig.API_SECRET).value());
        return new HttpCall(
                BRACKETS,
                "",
                product.bracketsPath + "?" + signed,
                Map.of("X-MBX-APIKEY", config.getPassword(BinanceConfig.API_KEY).value()),
                null,
                LIGHT,
                nowMs);
    }

    private HttpCall get(String kind, String subject, String query, double weight, long nowMs) {
        return HttpCall.get(kind, subject, product.path + kind + query, weight, nowMs);
    }

    private static String encoded(String symbol) {
        return URLEncoder.encode(symbol, StandardCharsets.UTF_8);
    }

    private static String signature(String text, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
