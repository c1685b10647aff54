package io.plimsoll.server.it;

import io.plimsoll.server.it.WhaleFiles.Whale;
import java.util.ArrayList;
import java.util.List;

/**
 * Liquidates one position after the other, each at its own line. The move is 4 % times the root of the share of a
 * day's volume, and grows evenly up to a thousandth of it.
 *
 * @param side 1 where longs are forced to sell, -1 where shorts are forced to buy
 */
record OneByOne(List<Whale> whales, int side, double dayVolume) {

    record Rest(double price, double size) {}

    Rest rest(double shocked) {
        List<Whale> open = new ArrayList<>(whales);
        open.removeIf(whale -> whale.size() * side < 0);
        double forced = 0;
        double price = shocked;
        while (true) {
            double now = price;
            Whale next = open.stream()
                    .filter(whale -> side * (whale.line() - now) >= 0)
                    .findAny()
                    .orElse(null);
            if (next == null) {
                return new Rest(price, forced);
            }
            open.remove(next);
            forced += Math.abs(next.size());
            price = shocked * Math.exp(-side * move(forced / dayVolume));
        }
    }

    private static double move(double share) {
        return share < 0.001 ? 0.04 * Math.sqrt(0.001) * share / 0.001 : 0.04 * Math.sqrt(share);
    }
}
