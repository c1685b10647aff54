package io.plimsoll.benchmarks;

import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.schemas.avro.Comparison;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.Rule;
import io.plimsoll.schemas.avro.RuleCondition;
import io.plimsoll.schemas.avro.RuleForm;
import io.plimsoll.schemas.avro.Severity;
import io.plimsoll.schemas.avro.SubjectKind;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Time from the moment a price is due to be sent until a reader of committed records has the alert that it sets off: one
 * about its market, and one about the only account there, which the price takes across its line.
 *
 * <p>Markets of their own, beside those of the load: each is calm, jumps, and is calm again when its alerts are there, one
 * after the other at random moments, so that nothing in the monitor can beat in time with them.
 */
final class AlertProbes implements AutoCloseable {

    /** Jumps per second. */
    static final double PER_SECOND = 20;

    private static final int NO_LINGER_MS = 0;
    private static final int MARKETS = 100;
    private static final long AGAIN_MS = 500;
    private static final long WAIT_NANOS = 1_000_000;
    private static final double CALM = 100;
    private static final double JUMP = 106;
    private static final String MARKET_RULE = "probe-market";
    private static final String ACCOUNT_RULE = "probe-account";
    private static final long HIGHEST_NANOS = 600_000_000_000L;

    private final RecordLoader loader;
    private final AvroDeserializer<Alert> reader;
    private final CommittedReader alerts;
    private final SplittableRandom random = new SplittableRandom(5);
    private final Map<String, Long> dueByAlert = new ConcurrentHashMap<>();
    /** Rule and market of the alerts that fire now. */
    private final Set<String> firing = ConcurrentHashMap.newKeySet();

    /** Markets both of whose alerts fire. */
    private final Queue<Integer> jumped = new ConcurrentLinkedQueue<>();
    /** Markets both of whose alerts are resolved. */
    private final Queue<Integer> free = new ConcurrentLinkedQueue<>();

    private final Set<String> everFired = ConcurrentHashMap.newKeySet();
    private final Histogram market = new Histogram(HIGHEST_NANOS, 3);
    private final Histogram account = new Histogram(HIGHEST_NANOS, 3);
    private volatile long countFromNanos = Long.MAX_VALUE;
    private volatile @Nullable String firedTwice;

    AlertProbes(BenchBroker broker) {
        loader = new RecordLoader(broker, NO_LINGER_MS);
        reader = new AvroDeserializer<>(broker.registry(), Alert.class);
        alerts = new CommittedReader(broker, Topics.ALERTS.name(), this::take);
    }

    /** Writes rules and markets: before there are accounts, as new markets have all of them looked at again. */
    void prepare() {
        long nowMs = System.currentTimeMillis();
        loader.rule(rule(MARKET_RULE, SubjectKind.MARKET, "P*", "markPrice", (CALM + JUMP) / 2), nowMs);
        loader.rule(rule(ACCOUNT_RULE, SubjectKind.ACCOUNT, "probe-*", "marginRatio", 1), nowMs);
        for (int number = 0; number < MARKETS; number++) {
            loader.instrument(
                    Instrument.newBuilder(BenchMarkets.instruments().get(0))
                            .setSymbol(symbol(number))
                            .setBaseAsset(symbol(number))
                            .setSizeDecimals(2)
                            .build(),
                    nowMs);
        }
        loader.flush();
    }

    /** Writes accounts, and lets each alert fire and resolve once. */
    void begin() {
        for (int number = 0; number < MARKETS; number++) {
            loader.position(shortPosition(number), System.currentTimeMillis());
        }
        awaitAll(JUMP, "all probes have fired once", () -> firing.size() == 2 * MARKETS);
        awaitAll(CALM, "all probes are calm again", firing::isEmpty);
    }

    /** A price may come before the rule that it is for: it is written again until it has had its effect. */
    private void awaitAll(double mark, String what, BooleanSupplier isSo) {
        long[] writtenAt = {0};
        Waiting.until(what, () -> {
            long nowMs = System.currentTimeMillis();
            if (nowMs >= writtenAt[0] + AGAIN_MS) {
                for (int number = 0; number < MARKETS; number++) {
                    loader.price(price(number, mark), nowMs);
                }
                writtenAt[0] = nowMs;
            }
            return isSo.getAsBoolean();
        });
    }

    private static Rule rule(String id, SubjectKind kind, String pattern, String metric, double above) {
        return Rule.newBuilder()
                .setId(id)
                .setSummary("A probe of the benchmark.")
                .setKind(kind)
                .setSubjects(List.of(Keys.market(BenchMarkets.VENUE, pattern)))
                .setConditions(List.of(new RuleCondition(metric, RuleForm.LEVEL, null, Comparison.ABOVE, above, null)))
                // What is not critical waits where a task has written many alerts in a minute.
                .setSeverity(Severity.CRITICAL)
                .build();
    }

    /** At the calm price it is safe, after the jump it is past its line. */
    private static Position shortPosition(int number) {
        return new Position(
                BenchMarkets.VENUE,
                accountName(number),
                symbol(number),
                -1.0,
                CALM,
                MarginMode.ISOLATED,
                7.0,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static Price price(int number, double mark) {
        return new Price(BenchMarkets.VENUE, symbol(number), mark, mark, 0.0, 1.0, 1e6, 1.0, null, null);
    }

    private static String symbol(int number) {
        return "P" + number;
    }

    private static String accountName(int number) {
        return "probe-" + number;
    }

    /**
     * What is due from then on counts; before, it need only come.
     *
     * @param nanos of {@link System#nanoTime}
     */
    void countFrom(long nanos) {
        countFromNanos = nanos;
    }

    /** Lets markets jump and calm down until it is time to stop; then all must have fired, and all are calm. */
    void run(BooleanSupplier stop) {
        free.clear();
        jumped.clear();
        IntStream.range(0, MARKETS).forEach(free::add);
        long due = System.nanoTime();
        while (!stop.getAsBoolean()) {
            Pace.until(due);
            for (Integer number = jumped.poll(); number != null; number = jumped.poll()) {
                loader.price(price(number, CALM), System.currentTimeMillis());
            }
            Integer number = free.poll();
            if (number == null) {
                // None has come back yet: the jump is late, and counts from when it was due.
                LockSupport.parkNanos(WAIT_NANOS);
                continue;
            }
            jump(number, due);
            due += (long) (-Math.log1p(-random.nextDouble()) / PER_SECOND * 1e9);
        }
        loader.flush();
        Waiting.until("alerts of all probes are there", dueByAlert::isEmpty);
        awaitAll(CALM, "all probes are calm again", firing::isEmpty);
        if (firedTwice != null) {
            throw new IllegalStateException("an alert has fired twice: " + firedTwice);
        }
    }

    private void jump(int number, long dueNanos) {
        long eventTimeMs = System.currentTimeMillis();
        dueByAlert.put(key(MARKET_RULE, number) + eventTimeMs, dueNanos);
        dueByAlert.put(key(ACCOUNT_RULE, number) + eventTimeMs, dueNanos);
        loader.price(price(number, JUMP), eventTimeMs);
    }

    private static String key(String rule, int number) {
        return rule + "|" + number + "|";
    }

    private void take(ConsumerRecord<byte[], byte[]> record, long atNanos) {
        Alert alert = reader.deserialize(record.topic(), record.value());
        if (alert == null || !alert.getRuleId().startsWith("probe-")) {
            return;
        }
        int number = Integer.parseInt(alert.getSubject().replaceAll(".*[^0-9]", ""));
        String key = key(alert.getRuleId(), number);
        String other = key(alert.getRuleId().equals(MARKET_RULE) ? ACCOUNT_RULE : MARKET_RULE, number);
        if (alert.getStatus() != AlertStatus.FIRING) {
            if (!firing.contains(other)) {
                free.add(number);
            }
            firing.remove(key);
            return;
        }
        firing.add(key);
        if (firing.contains(other)) {
            jumped.add(number);
        }
        if (!everFired.add(alert.getId())) {
            firedTwice = alert.getSentence();
        }
        Long due = dueByAlert.remove(key + alert.getSinceMs());
        if (due != null && due >= countFromNanos) {
            (alert.getRuleId().equals(MARKET_RULE) ? market : account).recordValue(atNanos - due);
        }
    }

    /** Nanoseconds to alerts about markets. */
    Histogram market() {
        return market;
    }

    /** Nanoseconds to alerts about accounts. */
    Histogram account() {
        return account;
    }

    @Override
    public void close() {
        alerts.close();
        loader.close();
    }
}
