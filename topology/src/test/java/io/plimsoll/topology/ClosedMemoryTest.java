package io.plimsoll.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.schemas.Keys;
import io.plimsoll.topology.avro.AccountBook;
import java.time.Duration;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is closed is remembered for an hour of event time, and then no longer. */
class ClosedMemoryTest {

    private static final double HOUR = 3_600;

    @AutoClose
    private final MonitorFixture monitor = new MonitorFixture();

    @BeforeEach
    void open() {
        monitor.at(0)
                .instrument("X", 2, 10)
                .instrument("Y", 2, 10)
                .price("X", 100)
                .price("Y", 100);
    }

    @Test
    void shouldNotLetALateRecordReopenWhatWasClosed() {
        monitor.at(10).closed("a", "X");

        monitor.at(10 + HOUR).live().price("X", 100).settle();
        monitor.at(5).isolated("a", "X", 1, 100, 50).settle();

        assertThat(monitor.market("X").getLongPositions()).isZero();
    }

    @Test
    void shouldForgetItWhenTheTimeIsOver() {
        monitor.at(10).closed("a", "X");

        monitor.at(10 + HOUR + 1).live().price("X", 100).settle();

        assertThat(stored("a")).isNull();
        monitor.at(5).isolated("a", "X", 1, 100, 50).settle();
        assertThat(monitor.market("X").getLongPositions()).isEqualTo(1);
    }

    @Test
    void shouldForgetEachCloseInItsTime() {
        monitor.at(1).isolated("a", "X", 1, 100, 50).at(10).closed("a", "X");
        monitor.at(20).closed("a", "Y");

        monitor.at(10 + HOUR + 1).live().price("X", 100).settle();
        monitor.at(15).isolated("a", "Y", 1, 100, 50).settle();
        assertThat(monitor.market("Y").getLongPositions()).isZero();

        monitor.at(20 + HOUR + 1).live().price("X", 100).settle();
        assertThat(stored("a")).isNull();
    }

    @Test
    void shouldKeepWhatIsOpenBesideIt() {
        monitor.at(1).isolated("a", "Y", 1, 100, 50);
        monitor.at(10).closed("a", "X");

        monitor.at(10 + HOUR + 1).live().price("X", 100).settle();

        assertThat(stored("a").getPositions()).hasSize(1);
        assertThat(monitor.market("Y").getLongPositions()).isEqualTo(1);
    }

    @Test
    void shouldForgetThoseOfManyAccounts() {
        int accounts = 1_000;
        for (int i = 0; i < accounts; i++) {
            monitor.at(10).closed("a" + i, "X");
        }

        monitor.at(10 + HOUR + 1).live().price("X", 100).wait(Duration.ofSeconds(1));

        assertThat(accounts().approximateNumEntries()).isZero();
    }

    private AccountBook stored(String account) {
        return accounts().get(Keys.account(MonitorFixture.VENUE, account));
    }

    private KeyValueStore<String, AccountBook> accounts() {
        return monitor.driver().getKeyValueStore(MonitorStores.ACCOUNTS);
    }
}
