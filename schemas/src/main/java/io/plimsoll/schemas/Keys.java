package io.plimsoll.schemas;

/** Builds the string keys of the topics. */
public final class Keys {

    /** Separates the parts of a key; only the last part may contain it. */
    public static final char SEPARATOR = ':';

    /** Longest key taken, in characters. */
    public static final int MAX_LENGTH = 512;

    private Keys() {}

    /** Key of an instrument or a market. */
    public static String market(String venue, String symbol) {
        return venue + SEPARATOR + symbol;
    }

    /** Key of an account. */
    public static String account(String venue, String account) {
        return venue + SEPARATOR + account;
    }

    /** Key of a position; the last part is the symbol. */
    public static String position(String venue, String account, String symbol) {
        return venue + SEPARATOR + account + SEPARATOR + symbol;
    }

    /** Key of a strategy; the last part is the symbol. */
    public static String strategy(String venue, String strategy, String symbol) {
        return position(venue, strategy, symbol);
    }

    /** The market of a position's or strategy's key: venue:symbol of venue:name:symbol. */
    public static String marketOf(String key) {
        int name = key.indexOf(SEPARATOR);
        return key.substring(0, name) + key.substring(key.indexOf(SEPARATOR, name + 1));
    }

    /** Key of a balance; the last part is the asset. */
    public static String collateral(String venue, String account, String asset) {
        return position(venue, account, asset);
    }
}
