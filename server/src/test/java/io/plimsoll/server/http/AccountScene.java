package io.plimsoll.server.http;

import io.plimsoll.connectors.RecordSink;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.MarginModel;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.Price;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Accounts near and far from their line. All but the loan hold 10 base units at 100, and are asked for a maintenance
 * margin of 1 %; how near they are is a matter of their cash.
 */
final class AccountScene {

    static final double PRICE = 100;

    /** Those in WATCH or worse, the nearest first. */
    static final List<String> NEAR = List.of("w:gone", "w:call", "w:short", "w:watch", "x:watch", "w:loan");

    private static final double CONTRACT_MULTIPLIER = 0.5;

    private AccountScene() {}

    static void writeTo(RecordSink sink) {
        long now = System.currentTimeMillis();
        for (String venue : List.of("w", "x")) {
            for (String symbol : List.of("LIT", "DARK")) {
                sink.write(Topics.INSTRUMENTS.name(), venue + ":" + symbol, now, instrument(venue, symbol));
            }
            writePrice(sink, venue, now);
        }
        account(sink, now, "w", "calm", 10, 1_000, 0.9, null);
        account(sink, now, "w", "watch", 10, 15, 1, null);
        account(sink, now, "w", "call", 10, 11, 1, null);
        account(sink, now, "w", "gone", 10, 5, 1, null);
        account(sink, now, "w", "short", -10, 15, 1, null);
        account(sink, now, "x", "watch", 10, 15, 1, null);
        account(sink, now, "w", "apart", 10, 100, 1, 95.0);
        account(sink, now, "w", "dark", 10, 1_000, 1, null);
        position(sink, now, "w", "dark", "DARK", 10, null);
        account(sink, now, "w", "strange", 10, 1_000, 1, null);
        position(sink, now, "w", "strange", "NOPE", 10, null);
        writeLoan(sink, now);
    }

    /** The same price, but newer. */
    static void writePriceAgain(RecordSink sink) {
        writePrice(sink, "w", System.currentTimeMillis());
    }

    private static void writePrice(RecordSink sink, String venue, long timeMs) {
        sink.write(
                Topics.PRICES.name(),
                venue + ":LIT",
                timeMs,
                new Price(venue, "LIT", PRICE, null, null, null, null, 1.0, null, null));
    }

    private static void account(
            RecordSink sink,
            long now,
            String venue,
            String account,
            double size,
            double cash,
            double factor,
            @Nullable Double venueLine) {
        sink.write(
                Topics.COLLATERAL.name(),
                venue + ":" + account + ":USDC",
                now,
                new Collateral(venue, account, "USDC", cash, factor, 1.0, null, null));
        position(sink, now, venue, account, "LIT", size, venueLine);
    }

    /** 5 ETH at 2,000 and a threshold of 80 % for 6,000 dollars. */
    private static void writeLoan(RecordSink sink, long now) {
        Instrument ether = instrument("w", "ETH");
        ether.setKind(ContractKind.SPOT);
        ether.setMarginTiers(List.of());
        ether.setContractMultiplier(1);
        ether.setMarginModel(MarginModel.AAVE_V3);
        sink.write(Topics.INSTRUMENTS.name(), "w:ETH", now, ether);
        sink.write(
                Topics.PRICES.name(),
                "w:ETH",
                now,
                new Price("w", "ETH", 2_000.0, null, null, null, null, 1.0, null, null));
        sink.write(
                Topics.COLLATERAL.name(),
                "w:loan:ETH",
                now,
                new Collateral("w", "loan", "ETH", 5.0, 0.8, 1_234.0, null, null));
        sink.write(
                Topics.COLLATERAL.name(),
                "w:loan:USDC",
                now,
                new Collateral("w", "loan", "USDC", -6_000.0, 1.0, 1.0, null, null));
    }

    private static void position(
            RecordSink sink,
            long now,
            String venue,
            String account,
            String symbol,
            double size,
            @Nullable Double venueLine) {
        Position position = new Position();
        position.setVenue(venue);
        position.setAccount(account);
        position.setSymbol(symbol);
        position.setSize(size / CONTRACT_MULTIPLIER);
        position.setEntryPrice(PRICE);
        position.setMarginMode(MarginMode.CROSS);
        position.setVenueLiquidationPrice(venueLine);
        sink.write(Topics.POSITIONS.name(), venue + ":" + account + ":" + symbol, now, position);
    }

    private static Instrument instrument(String venue, String symbol) {
        return Instrument.newBuilder()
                .setVenue(venue)
                .setSymbol(symbol)
                .setKind(ContractKind.LINEAR_PERPETUAL)
                .setBaseAsset(symbol)
                .setQuoteAsset("USDC")
                .setSettleAsset("USDC")
                .setContractMultiplier(CONTRACT_MULTIPLIER)
                .setSizeDecimals(3)
                .setMarginTiers(List.of(new MarginTier(0.0, 0.01, null, 50.0)))
                .setMarginTableDate("2026-01-02")
                .setOpenInterestUnit(OpenInterestUnit.BASE)
                .setOpenInterestSides(OpenInterestSides.SINGLE)
                .build();
    }
}
