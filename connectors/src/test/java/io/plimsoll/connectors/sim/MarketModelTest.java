package io.plimsoll.connectors.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.connectors.CollectedRecords;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.PositionSide;
import io.plimsoll.schemas.avro.Price;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarketModelTest {

    private static final long START_MS = 1_767_225_600_000L;

    private final CollectedRecords records = new CollectedRecords();

    @BeforeAll
    static void trustOwnRecords() {
        AvroSerdes.trustOwnRecords();
    }

    private MarketModel model(long seed, int accounts, int markets) {
        return new MarketModel(new SimulatorSettings(seed, accounts, markets, 1), records, START_MS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldKeepLotsAndMoneyConserved(long seed) {
        MarketModel model = model(seed, 300, 6);

        for (int hour = 0; hour < 3; hour++) {
            for (int step = 0; step < 3_600_000 / MarketModel.STEP_MS / 3; step++) {
                model.step();
            }
            assertConserved(seed, model.venue());
        }

        assertThat(model.liquidations()).describedAs("seed %d", seed).isPositive();
    }

    private static void assertConserved(long seed, SimVenue venue) {
        for (SimMarket market : venue.markets) {
            long longLots = 0;
            long shortLots = 0;
            for (SimAccount account : venue.accounts) {
                SimPosition position = account.position(market);
                if (position != null) {
                    assertThat(position.lots).describedAs("seed %d", seed).isNotZero();
                    longLots += Math.max(0, position.lots);
                    shortLots += Math.max(0, -position.lots);
                }
            }
            assertThat(longLots)
                    .describedAs("seed %d, %s", seed, market.key)
                    .isEqualTo(shortLots)
                    .isEqualTo(market.longLots());
        }
        long micros = venue.houseMicros();
        for (SimAccount account : venue.accounts) {
            micros += account.cashMicros;
            for (SimPosition position : account.positions.values()) {
                micros += position.isolatedMarginMicros - position.costMicros;
            }
        }
        assertThat(micros).describedAs("seed %d", seed).isEqualTo(venue.depositsMicros());
    }

    @Test
    void shouldRepeatItselfExactlyForTheSameSeed() {
        MarketModel first = model(7, 200, 4);
        CollectedRecords again = new CollectedRecords();
        MarketModel second = new MarketModel(new SimulatorSettings(7, 200, 4, 1), again, START_MS);

        run(first, 400);
        run(second, 400);

        assertThat(again.all()).isEqualTo(records.all());
        assertThat(records.all()).hasSizeGreaterThan(2_000);
    }

    @Test
    void shouldDifferForAnotherSeed() {
        CollectedRecords other = new CollectedRecords();

        run(model(7, 200, 4), 10);
        run(new MarketModel(new SimulatorSettings(8, 200, 4, 1), other, START_MS), 10);

        assertThat(other.all()).isNotEqualTo(records.all());
    }

    private static void run(MarketModel model, int steps) {
        model.publishAll();
        for (int i = 0; i < steps; i++) {
            model.step();
        }
    }

    @Test
    void shouldPublishWhatItsBooksHold() {
        MarketModel model = model(11, 300, 5);

        run(model, 4 * 3_600);

        Map<String, Position> positions = records.latest(Topics.POSITIONS.name(), Position.class);
        Map<String, Collateral> balances = records.latest(Topics.COLLATERAL.name(), Collateral.class);
        int expected = 0;
        for (SimAccount account : model.venue().accounts) {
            for (SimPosition held : account.positions.values()) {
                String key = "sim:" + account.name + ":" + held.market.instrument.symbol();
                assertThat(positions.containsKey(key)).isEqualTo(account.published);
                if (account.published) {
                    expected++;
                    assertThat(positions.get(key)).isEqualTo(held.toRecord(account.name));
                }
            }
            Collateral balance = balances.get("sim:" + account.name + ":USDC");
            if (account.published) {
                assertThat(balance).isEqualTo(account.toRecord());
            } else {
                assertThat(balance).isNull();
            }
        }
        assertThat(positions).hasSize(expected);
        assertThat(records.of(Topics.POSITIONS.name())).anyMatch(written -> written.value() == null);
        assertThat(positions.values())
                .anyMatch(position -> position.getMarginMode() == MarginMode.ISOLATED)
                .anyMatch(position -> position.getMarginMode() == MarginMode.CROSS);
    }

    @Test
    void shouldReportEveryForcedClosingOnce() {
        MarketModel model = model(4, 300, 6);
        long before = model.liquidations();

        run(model, 14_400);

        List<Liquidation> forced = records.of(Topics.LIQUIDATIONS.name()).stream()
                .map(written -> (Liquidation) written.value())
                .toList();
        assertThat(forced).isNotEmpty().hasSize((int) (model.liquidations() - before));
        assertThat(forced).extracting(Liquidation::getTradeId).doesNotHaveDuplicates();
        assertThat(forced)
                .allSatisfy(
                        each -> assertThat(each.getQuantity() * each.getPrice()).isPositive());
        assertThat(forced).extracting(Liquidation::getPositionSide).contains(PositionSide.LONG, PositionSide.SHORT);
    }

    @Test
    void shouldReportTheOpenInterestOfAllAccountsSoThatCoverageIsPartial() {
        MarketModel model = model(13, 1_000, 3);

        run(model, 100);

        Map<String, Price> prices = records.latest(Topics.PRICES.name(), Price.class);
        Map<String, Position> positions = records.latest(Topics.POSITIONS.name(), Position.class);
        double observed = 0;
        double reported = 0;
        for (Price price : prices.values()) {
            double openInterest = Objects.requireNonNull(price.getOpenInterest());
            double longs = positions.values().stream()
                    .filter(position -> position.getSymbol().equals(price.getSymbol()) && position.getSize() > 0)
                    .mapToDouble(Position::getSize)
                    .sum();
            assertThat(longs).isLessThanOrEqualTo(openInterest * (1 + 1e-12));
            observed += longs * price.getMarkPrice();
            reported += openInterest * price.getMarkPrice();
        }
        assertThat(observed / reported).isCloseTo(0.8, within(0.15));
    }

    @Test
    void shouldChangeTensOfAccountsPerSecondByDefault() {
        MarketModel model = new MarketModel(SimulatorSettings.defaults(), records, START_MS);
        model.publishAll();
        int before = records.of(Topics.COLLATERAL.name()).size();

        for (int i = 0; i < 60_000 / MarketModel.STEP_MS; i++) {
            model.step();
        }

        int changes = records.of(Topics.COLLATERAL.name()).size() - before;
        assertThat(changes / 60.0).isBetween(10.0, 100.0);
    }

    @Test
    void shouldNeverLetEventTimeRunAheadOfTheClockAtHighSpeed() {
        MarketModel model = new MarketModel(new SimulatorSettings(1, 50, 2, 60), records, START_MS);

        run(model, 240);

        assertThat(model.eventTimeMs()).isEqualTo(START_MS + 1_000);
        assertThat(records.all()).allMatch(written -> written.timestampMs() <= START_MS + 1_000);
    }

    @Test
    void shouldKeepMaintenanceContinuousAtTheTierFloor() {
        ListedInstrument btc = ListedInstrument.first(1).get(0);

        assertThat(btc.maintenanceUsd(200e6)).isCloseTo(3_125_000, within(1e-6));
        assertThat(btc.maintenanceUsd(150e6)).isCloseTo(btc.maintenanceUsd(150e6 - 1e-6), within(1e-6));
    }

    @Test
    void shouldNameInstrumentsBeyondTheKnownOnes() {
        assertThat(ListedInstrument.first(14))
                .extracting(ListedInstrument::symbol)
                .startsWith("BTC", "ETH", "SOL")
                .endsWith("ADA", "SYN01", "SYN02")
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldRefuseSettingsOutOfRange() {
        assertThatThrownBy(() -> new SimulatorSettings(1, 3, 1, 1))
                .hasMessage("accounts is 3, allowed is 10 to 1000000");
        assertThatThrownBy(() -> new SimulatorSettings(1, 10, 0, 1)).hasMessage("markets is 0, allowed is 1 to 200");
        assertThatThrownBy(() -> new SimulatorSettings(1, 10, 1, Double.NaN))
                .hasMessage("speed is NaN, allowed is 0.01 to 1000.0");
    }
}
