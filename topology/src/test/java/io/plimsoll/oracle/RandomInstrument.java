package io.plimsoll.oracle;

import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginModel;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import io.plimsoll.schemas.avro.TriggerPrice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A random contract, or an asset, with its price: a walk with jumps. */
final class RandomInstrument {

    private static final String[] VENUES = {"alpha", "beta", "gamma"};
    private static final String[] BASES = {"BTC", "ETH", "SOL", "kPEPE", "1000X"};
    private static final String[] COINS = {"BTC", "ETH"};
    private static final String[] QUOTES = {"USDC", "USDC", "USDT"};
    private static final double[] MULTIPLIERS = {1, 1, 1, 0.01, 10, 1000};

    private final String venue;
    private final ContractKind kind;
    private final String base;
    private final String quote;
    private final String symbol;
    private final double startPrice;
    private final int sizeDecimals;
    private final double multiplier;
    private double price;
    private Instrument instrument;

    /** A contract; every second or so linear. */
    RandomInstrument(Random random, int number) {
        venue = VENUES[number % VENUES.length];
        ContractKind[] kinds = {
            ContractKind.LINEAR_PERPETUAL,
            ContractKind.LINEAR_PERPETUAL,
            ContractKind.LINEAR_FUTURE,
            ContractKind.INVERSE_PERPETUAL,
            ContractKind.INVERSE_FUTURE,
            ContractKind.OPTION
        };
        kind = kinds[random.nextInt(kinds.length)];
        base = isInverse() ? COINS[random.nextInt(COINS.length)] : BASES[random.nextInt(BASES.length)];
        quote = isInverse() ? "USD" : QUOTES[random.nextInt(QUOTES.length)];
        // Some venues have a colon in their symbols.
        symbol = (number % 4 == 3 ? "dex:" : "") + base + "-" + number;
        double power = isInverse() ? 1 + 4 * random.nextDouble() : -5 + 10 * random.nextDouble();
        startPrice = RandomMarkets.digits(Math.pow(10, power), 6);
        price = startPrice;
        // A billion dollars of it must stay within 10^15 lots: cheap assets trade in coarse lots, as they do.
        int most = Math.max(0, Math.min(8, (int) Math.floor(6 + Math.log10(startPrice / 20))));
        sizeDecimals = isInverse() ? random.nextInt(3) : random.nextInt(most + 1);
        multiplier = isInverse() ? 100 : MULTIPLIERS[random.nextInt(MULTIPLIERS.length)];
        instrument = define(random);
    }

    /** What gives a coin its price at a venue. */
    RandomInstrument(Random random, String venue, String coin) {
        this.venue = venue;
        kind = ContractKind.SPOT;
        base = coin;
        quote = QUOTES[random.nextInt(QUOTES.length)];
        symbol = coin;
        startPrice = RandomMarkets.digits(0.5 + 3000 * random.nextDouble(), 6);
        price = startPrice;
        sizeDecimals = 8;
        multiplier = 1;
        instrument = define(random);
    }

    boolean isInverse() {
        return kind == ContractKind.INVERSE_PERPETUAL || kind == ContractKind.INVERSE_FUTURE;
    }

    boolean isOption() {
        return kind == ContractKind.OPTION;
    }

    String venue() {
        return venue;
    }

    String symbol() {
        return symbol;
    }

    String key() {
        return Keys.market(venue, symbol);
    }

    double price() {
        return price;
    }

    Instrument instrument() {
        return instrument;
    }

    /** Another margin table and other conventions of open interest and funding, as venues announce them. */
    void changeTable(Random random) {
        instrument = define(random);
    }

    void movePrice(Random random) {
        double step = random.nextInt(50) == 0 ? 0.2 : 0.002;
        double moved = price * Math.exp(step * random.nextGaussian());
        price = RandomMarkets.digits(Math.max(startPrice / 10, Math.min(startPrice * 10, moved)), 8);
    }

    /** Signed contracts worth about a notional; mostly whole lots, sometimes a fraction or exactly a half more. */
    double size(double notionalUsd, Random random) {
        BigDecimal lots = BigDecimal.valueOf(isInverse() ? notionalUsd : notionalUsd / price)
                .movePointRight(sizeDecimals)
                .setScale(0, RoundingMode.DOWN);
        int kind = random.nextInt(10);
        if (kind == 0) {
            lots = lots.add(new BigDecimal("0.5"));
        } else if (kind == 1) {
            lots = lots.add(BigDecimal.valueOf(random.nextInt(1000), 3));
        } else if (kind > 2 && lots.signum() == 0) {
            lots = BigDecimal.ONE;
        }
        double contracts = lots.movePointLeft(sizeDecimals)
                .divide(BigDecimal.valueOf(multiplier), java.math.MathContext.DECIMAL64)
                .doubleValue();
        return random.nextBoolean() ? contracts : -contracts;
    }

    /** In the instrument's own unit and sidedness; null: not reported. */
    @Nullable
    Double openInterest(Random random) {
        int kind = random.nextInt(10);
        if (kind < 2) {
            return kind == 0 ? null : Double.valueOf(0);
        }
        return RandomMarkets.digits(1e7 / price * (0.5 + random.nextDouble()), 9);
    }

    private Instrument define(Random random) {
        OpenInterestUnit[] units = OpenInterestUnit.values();
        OpenInterestSides[] sides = OpenInterestSides.values();
        List<MarginTier> tiers = kind == ContractKind.SPOT ? List.of() : tiers(random);
        // At a billion dollars it adds a tenth at most, whatever the price does.
        boolean growing = tiers.size() == 1 && random.nextBoolean();
        return new Instrument(
                venue,
                symbol,
                kind,
                base,
                quote,
                isInverse() ? base : quote,
                multiplier,
                sizeDecimals,
                tiers,
                random.nextBoolean() ? null : "2026-05-01",
                TriggerPrice.MARK,
                units[random.nextInt(units.length)],
                sides[random.nextInt(sides.length)],
                random.nextBoolean() ? 0.0001 : 0.0,
                random.nextBoolean() ? 0.0005 : 0.001,
                model(),
                random.nextInt(4) == 0 ? 0.0005 : 0.0,
                growing ? RandomMarkets.digits(1e-11 * startPrice, 3) : 0.0,
                // The same for all that settle in a coin at a venue; a billion dollars stay within 9 x 10^15.
                venue.length(),
                false);
    }

    private MarginModel model() {
        boolean linear = kind == ContractKind.LINEAR_PERPETUAL || kind == ContractKind.LINEAR_FUTURE;
        if (linear && venue.equals("gamma")) {
            return MarginModel.BINANCE_USDM;
        }
        return linear && venue.equals("beta") ? MarginModel.HYPERLIQUID : MarginModel.GENERIC;
    }

    /** One to four tiers, margin rising and continuous; deductions stated by the venue or left to be derived. */
    private List<MarginTier> tiers(Random random) {
        int count = 1 + random.nextInt(4);
        boolean stated = random.nextInt(3) == 0;
        boolean named = random.nextInt(5) != 0;
        int leverage = 10 + random.nextInt(90);
        BigDecimal floor = BigDecimal.ZERO;
        BigDecimal rateBefore = BigDecimal.ZERO;
        BigDecimal deduction = BigDecimal.ZERO;
        List<MarginTier> tiers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            BigDecimal rate = BigDecimal.ONE.divide(BigDecimal.valueOf(2L * leverage), 6, RoundingMode.HALF_UP);
            if (i > 0) {
                deduction = deduction.add(floor.multiply(rate.subtract(rateBefore)));
            }
            tiers.add(new MarginTier(
                    amount(floor),
                    rate.doubleValue(),
                    stated ? Double.valueOf(amount(deduction)) : null,
                    named ? Double.valueOf(leverage) : null));
            rateBefore = rate;
            floor = floor.multiply(BigDecimal.TEN).add(BigDecimal.valueOf(1000L * (1 + random.nextInt(50))));
            leverage = Math.max(1, leverage / 2);
        }
        return tiers;
    }

    /** Dollars in settle units. */
    private double amount(BigDecimal usd) {
        return isInverse() ? usd.doubleValue() / startPrice : usd.doubleValue();
    }
}
