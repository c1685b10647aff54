package io.plimsoll.benchmarks;

import static java.util.Objects.requireNonNull;

import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.server.PlimsollServer;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.embedded.EmbeddedKafka;
import io.plimsoll.server.monitor.Monitor;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.avro.AccountBook;
import java.net.URI;
import java.util.Map;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/** The monitor as the program runs it, fed with made-up accounts and prices. */
final class MonitorRun implements AutoCloseable {

    private static final int BULK_LINGER_MS = 20;
    private static final double LOAD_PER_SECOND = 50_000;

    private final BenchBroker broker;
    private final PlimsollConfig config;
    private final RecordLoader loader;
    private final EventClock clock = new EventClock();
    private final PriceFeed prices;
    private final StateWatch watch;
    private final GroupProgress progress;
    /** Whether over HTTP, too. */
    private final boolean served;

    private @Nullable PlimsollServer server;
    private Monitor monitor;
    private long accounts;
    private long positions;

    private MonitorRun(
            BenchBroker broker, String applicationId, int threads, Map<String, String> streams, boolean served) {
        this.broker = broker;
        this.config = broker.config(applicationId, threads, streams);
        this.loader = new RecordLoader(broker, BULK_LINGER_MS);
        this.prices = new PriceFeed(loader, clock);
        this.watch = new StateWatch(broker);
        this.progress = new GroupProgress(broker.admin(), applicationId);
        this.served = served;
        this.monitor = startMonitor();
    }

    /** Starts it on empty topics; it knows all markets and a first price of each. */
    static MonitorRun start(BenchBroker broker, String applicationId, int threads) {
        return start(broker, applicationId, threads, Map.of());
    }

    /**
     * The same with settings of Kafka Streams.
     *
     * @param streams as the user would set them
     */
    static MonitorRun start(BenchBroker broker, String applicationId, int threads, Map<String, String> streams) {
        return begun(new MonitorRun(renewed(broker), applicationId, threads, streams, false));
    }

    /** The same with the HTTP server of the program. */
    static MonitorRun startServed(BenchBroker broker, String applicationId, int threads, Map<String, String> streams) {
        return begun(new MonitorRun(renewed(broker), applicationId, threads, streams, true));
    }

    private static BenchBroker renewed(BenchBroker broker) {
        broker.renewTopics();
        return broker;
    }

    private static MonitorRun begun(MonitorRun run) {
        run.awaitReady();
        long nowMs = run.clock.now();
        BenchMarkets.instruments().forEach(instrument -> run.loader.instrument(instrument, nowMs));
        run.loader.flush();
        run.awaitWorkedOff();
        run.prices.write(BenchMarkets.COUNT, LOAD_PER_SECOND);
        run.awaitPrices();
        return run;
    }

    private Monitor startMonitor() {
        if (!served) {
            return Monitor.start(config, broker.registry(), "localhost:1");
        }
        server = PlimsollServer.start(config, broker.registry(), null);
        return server.monitor();
    }

    /** Where it answers over HTTP. */
    URI address() {
        return URI.create("http://" + EmbeddedKafka.HOST + ":"
                + requireNonNull(server, "it is not served").port());
    }

    KafkaStreams streams() {
        return monitor.streams();
    }

    PriceFeed prices() {
        return prices;
    }

    StateWatch watch() {
        return watch;
    }

    EventClock clock() {
        return clock;
    }

    RecordLoader loader() {
        return loader;
    }

    /** Number of accounts loaded. */
    long accounts() {
        return accounts;
    }

    /** Number of positions loaded. */
    long positions() {
        return positions;
    }

    /** Opens positions of new accounts until there are that many, and waits until the market states count them all. */
    void loadPositions(long wanted) {
        clock.startBacklog((wanted - positions) * 2 / LOAD_PER_SECOND);
        while (positions < wanted) {
            BenchAccount account = BenchAccount.number(accounts++);
            if (account.collateral() != null) {
                loader.collateral(account.collateral(), clock.next(LOAD_PER_SECOND));
            }
            for (Position position : account.positions()) {
                if (positions < wanted) {
                    loader.position(position, clock.next(LOAD_PER_SECOND));
                    positions++;
                }
            }
        }
        loader.flush();
        awaitWorkedOff();
        awaitAllPositions();
    }

    void awaitReady() {
        Waiting.until("the monitor runs", () -> {
            requireAlive();
            return monitor.isReady();
        });
    }

    /** Waits until no input is left and no account change is on its way. */
    void awaitWorkedOff() {
        String prefix = config.applicationId() + "-";
        progress.awaitWorkedOff(
                Topics.INSTRUMENTS.name(),
                Topics.COLLATERAL.name(),
                Topics.POSITIONS.name(),
                prefix + "references-repartition",
                prefix + "account-changes-repartition");
    }

    /** Waits until the market states show all positions. */
    void awaitAllPositions() {
        Waiting.until("the market states count " + positions + " positions", () -> {
            requireAlive();
            return watch.positions() == positions;
        });
    }

    /** Waits until the market states show the last price of each market. */
    void awaitPrices() {
        awaitPrices(prices.lastMsByMarket());
    }

    /**
     * The same where another feed has written them.
     *
     * @param last event time of the last price of each market, epoch milliseconds
     */
    void awaitPrices(long[] last) {
        Waiting.until("the market states have the last prices", () -> {
            requireAlive();
            return watch.hasPrices(last);
        });
    }

    /** Bytes of keys and values in the account store; its own overhead is not in it. */
    long storedAccountBytes() {
        Serializer<AccountBook> serializer =
                InternalSerdes.of(AccountBook.class).serializer();
        long bytes = 0;
        try (KeyValueIterator<String, AccountBook> all = streams()
                .store(StoreQueryParameters.fromNameAndType(MonitorStores.ACCOUNTS, MonitorStores.ACCOUNT_TYPE))
                .all()) {
            while (all.hasNext()) {
                KeyValue<String, AccountBook> entry = all.next();
                bytes += entry.key.length() + serializer.serialize("", entry.value).length;
            }
        }
        return bytes;
    }

    void stopMonitor() {
        if (server == null) {
            monitor.close();
        } else {
            server.close();
        }
    }

    void startAgain() {
        monitor = startMonitor();
    }

    private void requireAlive() {
        if (monitor.failure().isDone()) {
            throw new IllegalStateException(
                    "the monitor has stopped: " + monitor.failure().join());
        }
    }

    @Override
    public void close() {
        stopMonitor();
        monitor.streams().cleanUp();
        watch.close();
        loader.close();
    }
}
