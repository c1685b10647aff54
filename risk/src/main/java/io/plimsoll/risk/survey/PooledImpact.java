package io.plimsoll.risk.survey;

import io.plimsoll.risk.cascade.Impact;
import java.util.List;

/** The books of one asset at several venues as one: each takes what it holds within the same move. */
final class PooledImpact {

    private static final int HALVINGS = 60;

    private PooledImpact() {}

    /**
     * A book.
     *
     * @param impact of volume
     * @param usdPerUnit US dollars per unit of volume, > 0
     */
    record Book(Impact impact, double usdPerUnit) {

        /** US dollars that it takes within a move, up to an amount. */
        double holds(double move, double mostUsd) {
            double most = mostUsd / usdPerUnit;
            if (impact.move(most) <= move) {
                return mostUsd;
            }
            double held = 0;
            double beyond = most;
            for (int i = 0; i < HALVINGS; i++) {
                double middle = (held + beyond) / 2;
                if (impact.move(middle) <= move) {
                    held = middle;
                } else {
                    beyond = middle;
                }
            }
            return held * usdPerUnit;
        }
    }

    /**
     * The least move, up to a farthest one, within which the books take an amount together.
     *
     * @param usd amount, >= 0
     */
    static double move(List<Book> books, double usd, double farthest) {
        if (books.size() == 1) {
            return Math.min(
                    farthest, books.get(0).impact().move(usd / books.get(0).usdPerUnit()));
        }
        if (books.isEmpty()) {
            return 0;
        }
        if (holds(books, farthest, usd) < usd) {
            return farthest;
        }
        double few = 0;
        double enough = farthest;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (few + enough) / 2;
            if (holds(books, middle, usd) < usd) {
                few = middle;
            } else {
                enough = middle;
            }
        }
        return enough;
    }

    private static double holds(List<Book> books, double move, double usd) {
        double sum = 0;
        for (Book book : books) {
            sum += book.holds(move, usd);
        }
        return sum;
    }
}
