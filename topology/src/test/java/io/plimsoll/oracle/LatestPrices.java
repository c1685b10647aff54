package io.plimsoll.oracle;

import static io.plimsoll.oracle.Exact.decimal;

import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Price;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The latest prices at a venue: the middles of their cells, or as they are. Quote assets count by their steps. */
record LatestPrices(String venue, LatestByKey<Instrument> instruments, LatestByKey<Price> prices, boolean inCells)
        implements PriceView {

    @Override
    public @Nullable BigDecimal price(OpenPosition position) {
        Price price = prices.value(venue + ":" + position.symbol());
        if (price == null) {
            return null;
        }
        return cell(position.isOption() ? Objects.requireNonNull(price.getIndexPrice()) : price.getMarkPrice());
    }

    private BigDecimal cell(double price) {
        return decimal(inCells ? Exact.referencePrice(price) : price);
    }

    @Override
    public BigDecimal quoteUsd(OpenPosition position) {
        Price price = prices.value(venue + ":" + position.symbol());
        return price == null ? BigDecimal.ONE : decimal(Exact.quoteStep(price.getQuotePriceUsd()));
    }

    @Override
    public BigDecimal unitPriceUsd(Collateral balance) {
        String market = venue + ":" + balance.getAsset();
        Instrument asset = instruments.value(market);
        Price price = asset == null || !Oracle.isAsset(asset) ? null : prices.value(market);
        return price == null
                ? decimal(balance.getUnitPriceUsd())
                : cell(price.getMarkPrice()).multiply(decimal(Exact.quoteStep(price.getQuotePriceUsd())));
    }

    /** What longs of a position's market pay in an hour, fraction of notional; null where not reported. */
    @Nullable
    Double fundingPerHour(OpenPosition position) {
        ContractKind kind = position.instrument().getKind();
        if (kind != ContractKind.LINEAR_PERPETUAL && kind != ContractKind.INVERSE_PERPETUAL) {
            return 0.0;
        }
        Price price = prices.value(venue + ":" + position.symbol());
        return price == null || price.getFundingRate() == null
                ? null
                : (Double) (price.getFundingRate() / Objects.requireNonNull(price.getFundingIntervalHours()));
    }

    /** Whether the account's every price is known. */
    boolean knows(PoolRecount pool) {
        return pool.positions().stream().allMatch(position -> price(position) != null)
                && pool.coins().stream().allMatch(coin -> prices.value(venue + ":" + coin.getAsset()) != null);
    }
}
