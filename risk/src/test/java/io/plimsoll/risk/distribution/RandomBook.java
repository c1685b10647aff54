package io.plimsoll.risk.distribution;

import io.plimsoll.risk.BookEntry;
import io.plimsoll.risk.Contract;
import io.plimsoll.risk.Holdings;
import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.MarginAccount;
import io.plimsoll.risk.OpenPosition;
import io.plimsoll.risk.PartialBook;
import io.plimsoll.risk.PriceBoard;
import io.plimsoll.risk.VenueModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

/** A market whose isolated positions come and go, over several slices of accounts. */
public final class RandomBook {

    private static final double TOLERANCE = 0.001;

    final Contract contract;
    private final List<PartialBook> slices = new ArrayList<>();
    private final Map<String, OpenPosition> open = new TreeMap<>();
    private final Random random;

    public RandomBook(Contract contract, int slices, Random random) {
        this.contract = contract;
        this.random = random;
        for (int i = 0; i < slices; i++) {
            this.slices.add(new PartialBook(true));
        }
    }

    /** Opens, changes and closes positions. */
    public RandomBook turnOver(int times, double price) {
        for (int i = 0; i < times; i++) {
            String account = "v:" + random.nextInt(200);
            if (open.containsKey(account)) {
                close(account);
            }
            if (random.nextInt(4) > 0) {
                double worth = Math.exp(4 + 12 * random.nextDouble());
                double entry = price * (0.8 + 0.4 * random.nextDouble());
                boolean inverse = contract.settleAsset().equals("BTC");
                double size = inverse ? Math.rint(worth) : worth / entry;
                double margin = worth / (inverse ? entry : 1) / Math.exp(-1 + 5 * random.nextDouble());
                open(account, Holdings.isolated(contract, random.nextBoolean() ? size : -size, entry, margin));
            }
        }
        return this;
    }

    public void open(String account, OpenPosition position) {
        open.put(account, position);
        slice(account).add(account, entry(position));
    }

    public void closeAll() {
        List.copyOf(open.keySet()).forEach(this::close);
    }

    private void close(String account) {
        OpenPosition position = open.remove(account);
        if (position != null) {
            slice(account).remove(account, entry(position));
        }
    }

    private PartialBook slice(String account) {
        return slices.get(Math.floorMod(account.hashCode(), slices.size()));
    }

    private static BookEntry entry(OpenPosition position) {
        return new MarginAccount(List.of(position), List.of(), VenueModel.GENERIC)
                .entries(PriceBoard.EMPTY, TOLERANCE)
                .get(0);
    }

    public List<OpenPosition> positions() {
        return List.copyOf(open.values());
    }

    public List<Ladder.Rung> liquidation() {
        return merged(PartialBook::liquidation);
    }

    public List<Ladder.Rung> equityLines() {
        return merged(PartialBook::equityLines);
    }

    List<Ladder.Rung> sizes() {
        return merged(PartialBook::sizes);
    }

    /** The slices' rungs together. */
    private List<Ladder.Rung> merged(Function<PartialBook, Ladder> ladder) {
        Ladder merged = new Ladder();
        slices.forEach(slice -> merged.addAll(ladder.apply(slice).rungs()));
        return merged.rungs();
    }
}
