package io.plimsoll.topology.alerts;

/** What a metric, a change of it or a threshold is measured in. */
public enum Unit {
    /** US dollars. */
    USD("USD"),
    /** A share or a relative move: 0.01 is 1 %. The only unit that rules may write in percent. */
    FRACTION("fraction"),
    /** One quantity over another of the same kind, or an index without a unit. */
    RATIO("ratio"),
    /** A number of things. */
    COUNT("count"),
    /** Milliseconds; rules may write 30s or 5m. */
    MILLISECONDS("ms"),
    /** Units of the base asset; in inverse contracts' order books units of face value. */
    BASE_UNITS("base units"),
    /** Price: units of the quote asset per unit of the base asset. */
    QUOTE_UNITS("quote units"),
    /** A move of a price, in its natural logarithm. */
    LOG_PRICE("ln(price)"),
    /** Distance from the median in robust standard deviations: 1.4826 x median absolute deviation. */
    DEVIATIONS("deviations");

    private final String text;

    Unit(String text) {
        this.text = text;
    }

    /** As it is written in alerts, documentation and messages. */
    public String text() {
        return text;
    }
}
