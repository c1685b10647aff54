package io.plimsoll.oracle;

import io.plimsoll.schemas.avro.SystemState;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Markets added up; each of them has a price. */
record SystemRecount(String subject, List<MarketRecount> markets) {

    SystemState state() {
        List<MarketRecount> reporting =
                markets.stream().filter(its -> its.venueOpenInterest() != null).toList();
        BigInteger longNotional = sum(markets, its -> its.side(true).notional());
        BigInteger shortNotional = sum(markets, its -> its.side(false).notional());
        BigInteger longEquity = sum(markets, its -> its.side(true).equity());
        BigInteger shortEquity = sum(markets, its -> its.side(false).equity());
        BigInteger venueOpenInterest = sum(reporting, SystemRecount::venueOpenInterestMicro);
        int longPositions = count(true);
        int shortPositions = count(false);
        Double longLeverage = longPositions == 0 ? null : Exact.ratio(longNotional, longEquity);
        Double shortLeverage = shortPositions == 0 ? null : Exact.ratio(shortNotional, shortEquity);
        long asOfMs = markets.stream().mapToLong(MarketRecount::asOfMs).max().orElseThrow();
        long oldestMs = markets.stream()
                .mapToLong(its -> its.asOfMs() - its.stalenessMs())
                .min()
                .orElseThrow();
        SystemState state = new SystemState();
        state.setSubject(subject);
        state.setAsOfMs(asOfMs);
        state.setStalenessMs(asOfMs - oldestMs);
        state.setFormulaVersion(MarketRecount.FORMULA_VERSION);
        state.setMarkets(markets.size());
        state.setLongPositions(longPositions);
        state.setShortPositions(shortPositions);
        state.setOpenInterestUsd(Exact.wireUsd(sum(
                markets, its -> its.side(true).notional().max(its.side(false).notional()))));
        state.setLongNotionalUsd(Exact.wireUsd(longNotional));
        state.setShortNotionalUsd(Exact.wireUsd(shortNotional));
        state.setLongEquityUsd(Exact.wireUsd(longEquity));
        state.setShortEquityUsd(Exact.wireUsd(shortEquity));
        state.setLongLeverage(longLeverage);
        state.setShortLeverage(shortLeverage);
        state.setLeverage(
                longPositions + shortPositions == 0
                        ? null
                        : Exact.ratio(longNotional.add(shortNotional), longEquity.add(shortEquity)));
        state.setLeverageSkew(MarketRecount.skew(longLeverage, shortLeverage));
        state.setVenueOpenInterestUsd(reporting.isEmpty() ? null : Double.valueOf(Exact.wireUsd(venueOpenInterest)));
        state.setCoverageLong(Exact.ratio(sum(reporting, its -> its.side(true).notional()), venueOpenInterest));
        state.setCoverageShort(Exact.ratio(sum(reporting, its -> its.side(false).notional()), venueOpenInterest));
        state.setVenueLinesCompared(
                markets.stream().mapToInt(MarketRecount::venueLinesCompared).sum());
        state.setVenueLinesApart(
                markets.stream().mapToInt(MarketRecount::venueLinesApart).sum());
        return state;
    }

    private static BigInteger venueOpenInterestMicro(MarketRecount market) {
        Double base = market.venueOpenInterest();
        if (base == null || market.price() == null) {
            throw new IllegalArgumentException("reports no open interest: " + market.instrument());
        }
        return Exact.micro(
                Exact.decimal(base * market.valuation() * market.price().getQuotePriceUsd()));
    }

    private int count(boolean isLong) {
        return markets.stream().mapToInt(its -> its.side(isLong).positions()).sum();
    }

    private static BigInteger sum(List<MarketRecount> markets, Function<MarketRecount, @Nullable BigInteger> part) {
        BigInteger sum = BigInteger.ZERO;
        for (MarketRecount market : markets) {
            sum = sum.add(java.util.Objects.requireNonNull(part.apply(market)));
        }
        return sum;
    }
}
