package io.plimsoll.risk.episode;

/**
 * A market's prices within a minute of event time. Of each second the last counts alone: how many prices came in between
 * depends on how fast they were read.
 *
 * @param first last price of the first second with one, quote units per base unit
 * @param low lowest, the newest second left out, quote units per base unit
 * @param high highest, the newest second left out, quote units per base unit
 * @param last newest price, quote units per base unit
 * @param firstMs event time of the first, epoch milliseconds
 * @param lastMs event time of the newest, epoch milliseconds
 */
public record PriceMinute(double first, double low, double high, double last, long firstMs, long lastMs) {

    private static final long SECOND_MS = 1_000;

    /** A minute of which one price is known. */
    public static PriceMinute of(double price, long eventTimeMs) {
        return new PriceMinute(
                price, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, price, eventTimeMs, eventTimeMs);
    }

    /** With another price of the same minute; one older than the newest changes nothing. */
    public PriceMinute plus(double price, long eventTimeMs) {
        if (eventTimeMs < lastMs) {
            return this;
        }
        boolean sameSecond = eventTimeMs / SECOND_MS == lastMs / SECOND_MS;
        if (!sameSecond) {
            return new PriceMinute(first, lowest(), highest(), price, firstMs, eventTimeMs);
        }
        boolean isFirst = firstMs == lastMs && low == Double.POSITIVE_INFINITY;
        return new PriceMinute(isFirst ? price : first, low, high, price, isFirst ? eventTimeMs : firstMs, eventTimeMs);
    }

    /** Lowest price, quote units per base unit. */
    public double lowest() {
        return Math.min(low, last);
    }

    /** Highest price, quote units per base unit. */
    public double highest() {
        return Math.max(high, last);
    }
}
