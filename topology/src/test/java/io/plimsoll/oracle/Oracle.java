package io.plimsoll.oracle;

import io.plimsoll.oracle.AccountRecount.Contribution;
import io.plimsoll.oracle.LatestByKey.Held;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.AccountRisk;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.CollateralState;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Ladder;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.MeasureSet;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.SystemState;
import io.plimsoll.schemas.avro.WindowState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the monitor should say: every published number by brute force, in decimals, from all records that were read.
 * Nothing is kept but the latest record of each key; every question is answered from scratch. Records are taken as
 * valid: what belongs in the dead letters must not be given to it.
 */
public final class Oracle {

    /** A window of a subject. */
    public record Window(String subject, long startMs) implements Comparable<Window> {

        @Override
        public int compareTo(Window other) {
            int bySubject = subject.compareTo(other.subject);
            return bySubject == 0 ? Long.compare(startMs, other.startMs) : bySubject;
        }
    }

    static {
        AvroSerdes.trustOwnRecords();
    }

    private final LatestByKey<Instrument> instruments = new LatestByKey<>();
    private final LatestByKey<Price> prices = new LatestByKey<>();
    private final LatestByKey<Position> positions = new LatestByKey<>();
    private final LatestByKey<Collateral> balances = new LatestByKey<>();

    /**
     * Takes a record in the order of the log. Topics that the measures do not read are ignored.
     *
     * @param value null: a tombstone
     */
    public void accept(String topic, String key, long timestampMs, @Nullable SpecificRecord value) {
        if (topic.equals(Topics.INSTRUMENTS.name())) {
            instruments.accept(key, timestampMs, (Instrument) value);
        } else if (topic.equals(Topics.PRICES.name())) {
            prices.accept(key, timestampMs, (Price) value);
        } else if (topic.equals(Topics.POSITIONS.name())) {
            positions.accept(key, timestampMs, (Position) value);
        } else if (topic.equals(Topics.COLLATERAL.name())) {
            balances.accept(key, timestampMs, (Collateral) value);
        }
    }

    /** The state of every market whose instrument and price are known, by venue:symbol. */
    public Map<String, MarketState> markets() {
        Map<String, MarketState> states = new TreeMap<>();
        recount().forEach((key, market) -> {
            if (market.price() != null) {
                states.put(key, market.state());
            }
        });
        return states;
    }

    /** The ladder of every market whose instrument is known and that has a price or a book, by venue:symbol. */
    public Map<String, Ladder> ladders() {
        Map<String, Ladder> ladders = new TreeMap<>();
        recount().forEach((key, market) -> {
            if (!isAsset(market.instrument()) && (market.price() != null || market.bookTimeMs() != null)) {
                ladders.put(key, LadderRecount.ladder(market));
            }
        });
        return ladders;
    }

    /** The markets that have a state added up, by subject: system, venue:V, asset:A. */
    public Map<String, SystemState> systems() {
        Map<String, List<MarketRecount>> markets = new TreeMap<>();
        for (MarketRecount market : recount().values()) {
            if (market.price() != null && !isAsset(market.instrument())) {
                Instrument its = market.instrument();
                for (String subject : List.of("system", "venue:" + its.getVenue(), "asset:" + its.getBaseAsset())) {
                    markets.computeIfAbsent(subject, none -> new ArrayList<>()).add(market);
                }
            }
        }
        Map<String, SystemState> states = new TreeMap<>();
        markets.forEach((subject, its) -> states.put(subject, new SystemRecount(subject, its).state()));
        return states;
    }

    /**
     * Windows over samples of market or system states; a sample's time is its asOfMs, and of two at the same time the
     * later in the list counts. isFinal and lateSamples, which samples do not tell, are false and 0.
     */
    public static Map<Window, WindowState> windows(List<? extends SpecificRecord> samples, Duration size) {
        return WindowRecount.windows(samples, size);
    }

    /**
     * Field by field, what is wrong with a record, a line each: subject, field, expected, actual. Sums, counts, sizes,
     * money and times must be equal; ratios may differ by rounding (see {@link Differences}).
     */
    public List<String> differences(SpecificRecord expected, @Nullable SpecificRecord actual) {
        return differences(recount(), expected, actual);
    }

    /** The same for everything under a topic's keys, with a line for each key that is missing or too many. */
    public List<String> differences(
            Map<String, ? extends SpecificRecord> expected, Map<String, ? extends SpecificRecord> actual) {
        List<String> lines = new ArrayList<>();
        Map<String, MarketRecount> markets = recount();
        expected.forEach((key, value) -> lines.addAll(differences(markets, value, actual.get(key))));
        for (String key : new TreeSet<>(actual.keySet())) {
            if (!expected.containsKey(key)) {
                lines.add(key + ": expected nothing, actual " + actual.get(key));
            }
        }
        return lines;
    }

    /**
     * What is wrong with the last records of accounts near their line, a line each; an account without a record is taken as
     * OK. Settings are taken to be the defaults.
     *
     * @param last last record by venue:account
     */
    public List<String> accountRiskDifferences(Map<String, AccountRisk> last) {
        List<String> lines = new ArrayList<>();
        for (String account : accounts()) {
            String venue = venueOf(account);
            AccountRecount holdings = holdings(account);
            LatestPrices present = new LatestPrices(venue, instruments, prices, false);
            new AccountRiskRecount(holdings.pools(), holdings.idleCash(), present, venueRatio(account))
                    .differences(last.get(account))
                    .forEach(line -> lines.add(account + ": " + line));
        }
        return lines;
    }

    /**
     * What is wrong with the last measures of the markets that follow from their accounts, a line each.
     *
     * @param last last record by venue:symbol
     */
    public List<String> measureDifferences(Map<String, MeasureSet> last) {
        List<String> lines = new ArrayList<>();
        recount().forEach((key, market) -> {
            MeasureSet actual = last.get(key);
            if (market.price() != null && !isAsset(market.instrument())) {
                lines.addAll(
                        actual == null
                                ? List.of(key + ": no measures")
                                : new MeasureRecount(market).differences(actual));
            }
        });
        return lines;
    }

    /**
     * What is wrong with the last records of what leverage rests on, a line each. Families are taken to be the defaults.
     *
     * @param last last record by subject: system, venue:V
     */
    public List<String> collateralDifferences(Map<String, CollateralState> last) {
        CollateralRecount recount = new CollateralRecount();
        for (String account : accounts()) {
            String venue = venueOf(account);
            recount.add(venue, holdings(account), new LatestPrices(venue, instruments, prices, false));
        }
        return recount.differences(last);
    }

    /**
     * Mean leverage of one side of a market by notional, where all have equity.
     *
     * @param key venue:symbol
     */
    double meanLeverage(String key, boolean isLong) {
        return MeasuredPositions.of(Objects.requireNonNull(recount().get(key))).meanLeverage(isLong);
    }

    /** The margin ratio of the newest balance record that has one; of two of the same time, the first by asset. */
    private @Nullable Double venueRatio(String account) {
        Double ratio = null;
        long timeMs = Long.MIN_VALUE;
        for (Held<Collateral> held : recordsOf(balances, account).values()) {
            Collateral balance = held.value();
            if (balance != null && balance.getVenueMarginRatio() != null && held.timeMs() > timeMs) {
                ratio = balance.getVenueMarginRatio();
                timeMs = held.timeMs();
            }
        }
        return ratio;
    }

    private static List<String> differences(
            Map<String, MarketRecount> markets, SpecificRecord expected, @Nullable SpecificRecord actual) {
        String subject = Differences.subjectOf(expected);
        MarketRecount market =
                expected instanceof Ladder || expected instanceof MarketState ? markets.get(subject) : null;
        return new Differences(subject, market).between(expected, actual);
    }

    /** Every market whose instrument is known. */
    private Map<String, MarketRecount> recount() {
        Map<String, List<Contribution>> contributions = new HashMap<>();
        Map<String, Long> bookTimes = new HashMap<>();
        for (String account : accounts()) {
            long newestMs = Math.max(newest(recordsOf(positions, account)), newest(recordsOf(balances, account)));
            for (String key : recordsOf(positions, account).keySet()) {
                bookTimes.merge(venueOf(key) + ":" + symbolOf(key), newestMs, Math::max);
            }
            for (Contribution contribution : contributionsOf(account)) {
                contributions
                        .computeIfAbsent(
                                venueOf(account) + ":" + contribution.open().symbol(), none -> new ArrayList<>())
                        .add(contribution);
            }
        }
        Map<String, MarketRecount> markets = new TreeMap<>();
        instruments.all().forEach((key, held) -> {
            Held<Price> price = prices.all().get(key);
            boolean priced = price != null && price.value() != null;
            if (held.value() != null) {
                markets.put(
                        key,
                        new MarketRecount(
                                held.value(),
                                priced ? price.value() : null,
                                priced ? Long.valueOf(price.timeMs()) : null,
                                bookTimes.get(key),
                                contributions.getOrDefault(key, List.of())));
            }
        });
        return markets;
    }

    private List<Contribution> contributionsOf(String account) {
        return holdings(account).contributions(new LatestPrices(venueOf(account), instruments, prices, true));
    }

    /** What an account holds. Keys of one account differ in the symbol only: their order is the order of symbols. */
    private AccountRecount holdings(String account) {
        return holdings(account, position -> position);
    }

    /** The latest price of a market; null where there is none. */
    @Nullable
    Price price(String venue, String symbol) {
        return prices.value(venue + ":" + symbol);
    }

    /** The same with each position as something else would report it. */
    AccountRecount holdings(String account, UnaryOperator<Position> reported) {
        String venue = venueOf(account);
        List<OpenPosition> open = new ArrayList<>();
        recordsOf(positions, account).forEach((key, held) -> {
            OpenPosition position = held.value() == null
                    ? null
                    : OpenPosition.of(instruments.value(venue + ":" + symbolOf(key)), reported.apply(held.value()));
            if (position != null) {
                open.add(position);
            }
        });
        List<Collateral> held = recordsOf(balances, account).values().stream()
                .map(Held::value)
                .flatMap(Stream::ofNullable)
                .toList();
        Set<String> pricedAssets = held.stream()
                .map(Collateral::getAsset)
                .filter(asset -> isAsset(instruments.value(venue + ":" + asset)))
                .collect(Collectors.toSet());
        return new AccountRecount(open, held, pricedAssets);
    }

    static boolean isAsset(@Nullable Instrument instrument) {
        return instrument != null && instrument.getKind() == ContractKind.SPOT;
    }

    /** Every account (venue:account) of which a record was read. */
    private TreeSet<String> accounts() {
        TreeSet<String> accounts = new TreeSet<>();
        positions.all().keySet().stream().map(Oracle::accountOf).forEach(accounts::add);
        balances.all().keySet().stream().map(Oracle::accountOf).forEach(accounts::add);
        return accounts;
    }

    private static <V> Map<String, Held<V>> recordsOf(LatestByKey<V> records, String account) {
        return records.all().subMap(account + ":", account + ";");
    }

    private static <V> long newest(Map<String, Held<V>> records) {
        return records.values().stream().mapToLong(Held::timeMs).max().orElse(Long.MIN_VALUE);
    }

    private static String venueOf(String key) {
        return key.substring(0, key.indexOf(':'));
    }

    /** venue:account of a position's or balance's key. */
    private static String accountOf(String key) {
        return key.substring(0, endOfAccount(key));
    }

    /** Symbol of a position's key; symbols may have colons in them, venues and accounts have none. */
    private static String symbolOf(String key) {
        return key.substring(endOfAccount(key) + 1);
    }

    private static int endOfAccount(String key) {
        return key.indexOf(':', key.indexOf(':') + 1);
    }
}
