package io.plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bands where margin is not made of straight lines: options, rates that grow with size, tables that jump. */
class BandsOfBentPoolsTest {

    private static final int CASES = 2000;
    private static final MarginCall.Levels LEVELS = MarginCall.Levels.DEFAULT;

    private enum Kind {
        OPTIONS,
        GROWING_RATES,
        JUMPS
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @CsvSource({
        "OPTIONS, 121",
        "OPTIONS, 122",
        "GROWING_RATES, 131",
        "GROWING_RATES, 132",
        "JUMPS, 141",
        "JUMPS, 142",
    })
    void shouldKeepTheStateWhileEveryPriceStaysInside(Kind kind, long seed) {
        RandomAccounts accounts = new RandomAccounts(seed);
        Map<MarginCall, Integer> seen = new EnumMap<>(MarginCall.class);
        for (int i = 0; i < CASES; i++) {
            PriceBoard prices = PriceBoard.EMPTY;
            List<OpenPosition> positions = new ArrayList<>();
            double notional = 0;
            double profit = 0;
            int count = 1 + accounts.random().nextInt(3);
            for (int k = 0; k < count; k++) {
                double price = Math.pow(10, accounts.between(1, 4));
                OpenPosition position = position(kind, "P" + k, price, accounts);
                positions.add(position);
                prices = prices.with("P" + k, price);
                notional += position.exposure().notional(price);
                profit += position.exposure().profit(price);
            }
            String asset = positions.get(0).contract().settleAsset();
            MarginPool pool =
                    Holdings.pool(positions, Holdings.cash(asset, notional * accounts.between(-0.02, 0.25) - profit));
            MarginCall before = MarginCall.values()[accounts.random().nextInt(MarginCall.values().length)];
            MarginCall state = MarginCall.of(pool, prices, before, LEVELS);
            PriceBands bands = PriceBands.of(new Bands(accounts.between(0.05, 1), LEVELS), pool, state, prices);
            seen.merge(state, 1, Integer::sum);

            for (int move = 0; move < 30; move++) {
                PriceBoard moved = bands.anyInside(accounts);
                assertThat(MarginCall.of(pool, moved, state, LEVELS))
                        .describedAs("seed %s, case %s, to %s in %s", seed, i, moved, bands)
                        .isEqualTo(state);
            }
        }
        assertThat(seen).hasSize(MarginCall.values().length);
    }

    private static OpenPosition position(Kind kind, String symbol, double price, RandomAccounts accounts) {
        double size = Math.rint(accounts.between(1, 1000)) * (accounts.random().nextBoolean() ? 1 : -1);
        double entry = price * accounts.between(0.9, 1.1);
        switch (kind) {
            case OPTIONS -> {
                MarginTable table = MarginTable.of(accounts.tiers(Math.abs(size) * price));
                Contract contract = new Contract(
                        "venue:" + symbol,
                        symbol,
                        "USDC",
                        Shape.OPTION,
                        new LotSize(0, 1),
                        Contract.DOLLAR_DECIMALS,
                        table,
                        0,
                        VenueModel.GENERIC);
                double gamma = Math.abs(size) / price * accounts.between(-10, 10);
                return new OpenPosition(contract, (long) size, entry, 0, null, null, null, gamma);
            }
            case GROWING_RATES -> {
                double coins = Math.abs(size);
                Contract contract = Holdings.inverse(
                        VenueModel.DERIBIT, symbol, "BTC", Holdings.flat(0.01), accounts.between(0, 0.1) / coins);
                return Holdings.cross(contract, Math.rint(size * price), entry);
            }
            case JUMPS -> {
                List<Tier> tiers = accounts.tiers(Math.abs(size) * price).stream()
                        .map(tier -> new Tier(tier.floor(), tier.maintenanceRate(), 0.0, null))
                        .toList();
                return Holdings.cross(Holdings.linear(VenueModel.OKX, symbol, MarginTable.of(tiers)), size, entry);
            }
        }
        throw new AssertionError(kind);
    }
}
