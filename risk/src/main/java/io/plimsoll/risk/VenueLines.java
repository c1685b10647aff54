package io.plimsoll.risk;

/**
 * The venue's own liquidation prices among positions. Counts add up.
 *
 * @param used positions that stand on the ladder by the venue's price
 * @param compared positions whose venue's price could be held against ours
 * @param apart of these, how many differ by more than the tolerance: the best sign of a wrong margin table
 */
public record VenueLines(int used, int compared, int apart) {

    public static final VenueLines NONE = new VenueLines(0, 0, 0);

    private static final VenueLines USED = new VenueLines(1, 0, 0);
    private static final VenueLines AGREES = new VenueLines(0, 1, 0);
    private static final VenueLines AGREES_BUT_USED = new VenueLines(1, 1, 0);
    private static final VenueLines APART = new VenueLines(1, 1, 1);

    static VenueLines ofOne(boolean used, boolean compared, boolean apart) {
        if (apart) {
            return APART;
        }
        if (compared) {
            return used ? AGREES_BUT_USED : AGREES;
        }
        return used ? USED : NONE;
    }

    /** Both together. */
    public VenueLines plus(VenueLines other) {
        return this == NONE
                ? other
                : other == NONE
                        ? this
                        : new VenueLines(used + other.used, compared + other.compared, apart + other.apart);
    }

    /** This without the other. */
    public VenueLines minus(VenueLines other) {
        return other == NONE ? this : new VenueLines(used - other.used, compared - other.compared, apart - other.apart);
    }
}
