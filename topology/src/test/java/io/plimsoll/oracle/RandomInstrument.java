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

/** A random contract with its price, a walk with jumps. */
final class RandomInstrument {

    private static final String[] VENUES = {"alpha", "beta", "gamma"};
    private static final String[] BASES = {"BTC", "ETH", "SOL", "kPEPE", "1000X"};
    private static final double[] MULTIPLIERS = {1, 1, 1, 0.01, 10, 1000};

    private final String venue;
    private final String base;
    private final String symbol;
    private final double startPrice;
    private final int sizeDecimals;
    private final double multiplier;
    private double price;
    private Instrument instrument;

    RandomInstrument(Random random, int number) {
        venue = VENUES[number % VENUES.length];
        base = BASES[random.nextInt(BASES.length)];
        // Some venues have a colon in their symbols.
        symbol = (number % 4 == 3 ? "dex:" : "") + base + "-" + number;
        startPrice = RandomMarkets.digits(Math.pow(10, -5 + 10 * random.nextDouble()), 6);
        price = startPrice;
        // A billion dollars of it must stay within 10^15 lots: cheap assets trade in coarse lots, as they do.
        int most = Math.max(0, Math.min(8, (int) Math.floor(6 + Math.log10(startPrice / 20))));
        sizeDecimals = random.nextInt(most + 1);
        multiplier = MULTIPLIERS[random.nextInt(MULTIPLIERS.length)];
        instrument = define(random);
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
        BigDecimal lots = BigDecimal.valueOf(notionalUsd / price)
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
        return new Instrument(
                venue,
                symbol,
                ContractKind.LINEAR_PERPETUAL,
                base,
                "USDC",
                "USDC",
                multiplier,
                sizeDecimals,
                tiers(random),
                random.nextBoolean() ? null : "2026-05-01",
                TriggerPrice.MARK,
                units[random.nextInt(units.length)],
                sides[random.nextInt(sides.length)],
                random.nextBoolean() ? 0.0001 : 0.0,
                random.nextBoolean() ? 0.0005 : 0.001,
                MarginModel.GENERIC,
                0.0,
                0.0,
                8,
                false);
    }

    /** One to four tiers, margin rising and continuous; deductions stated by the venue or left to be derived. */
    private static List<MarginTier> tiers(Random random) {
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
                    floor.doubleValue(),
                    rate.doubleValue(),
                    stated ? Double.valueOf(deduction.doubleValue()) : null,
                    named ? Double.valueOf(leverage) : null));
            rateBefore = rate;
            floor = floor.multiply(BigDecimal.TEN).add(BigDecimal.valueOf(1000L * (1 + random.nextInt(50))));
            leverage = Math.max(1, leverage / 2);
        }
        return tiers;
    }
}
