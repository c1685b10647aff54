package io.plimsoll.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.oracle.RandomMarkets.LogRecord;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarketState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomMarketsTest {

    private static final long LARGEST_SUM = 9_000_000_000_000_000_000L / 4;

    /** Two coins at each of three venues have a price, and so a state of their own. */
    private static final int COINS = 6;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldHaveTheSameFinalStateWhenDisturbed(long seed) {
        List<LogRecord> log = new RandomMarkets(seed).log(7, 30, 1500);

        List<LogRecord> disturbed = RandomMarkets.disturbed(log, seed + 100);

        Oracle calm = oracleOf(log);
        Oracle stormy = oracleOf(disturbed);
        assertThat(disturbed).hasSizeGreaterThan(log.size()).containsAll(log);
        assertThat(disturbed.subList(0, log.size())).isNotEqualTo(log);
        assertThat(stormy.markets()).isEqualTo(calm.markets()).hasSize(7 + COINS);
        assertThat(stormy.ladders()).isEqualTo(calm.ladders());
        assertThat(stormy.systems()).isEqualTo(calm.systems());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13})
    void shouldLeaveNothingOpenWhenClosed(long seed) {
        RandomMarkets markets = new RandomMarkets(seed);
        List<LogRecord> log = new ArrayList<>(markets.log(5, 20, 1000));

        log.addAll(markets.closing(log));

        Oracle oracle = oracleOf(log);
        assertThat(oracle.markets().values()).hasSize(5 + COINS).allSatisfy(market -> {
            assertThat(market.getOpenInterest()).isZero();
            assertThat(market.getLongPositions() + market.getShortPositions()).isZero();
            assertThat(market.getLongEquityUsd() + market.getShortEquityUsd()).isZero();
        });
        assertThat(oracle.ladders().values()).allSatisfy(ladder -> {
            assertThat(ladder.getLiquidation()).isEmpty();
            assertThat(ladder.getBankruptcy()).isEmpty();
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23, 24})
    void shouldStayWithinTheRangeOfLongs(long seed) {
        List<LogRecord> log = new RandomMarkets(seed).log(6, 200, 4000);

        List<MarketState> states = new ArrayList<>(oracleOf(log).markets().values());

        assertThat(states).isNotEmpty().allSatisfy(state -> {
            assertThat((state.getLongNotionalUsd() + state.getShortNotionalUsd()) * 1e6)
                    .isLessThan(LARGEST_SUM);
            assertThat(Math.abs(state.getLongEquityUsd()) * 1e6).isLessThan(LARGEST_SUM);
            double gross = state.getLongSize() + state.getShortSize();
            assertThat(gross * Math.pow(10, sizeDecimals(log, state.getSymbol())))
                    .isLessThan(LARGEST_SUM);
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32})
    void shouldHoldEverythingThatTheFormulasTellApart(long seed) {
        Oracle oracle = oracleOf(new RandomMarkets(seed).log(9, 60, 5000));

        List<MarketState> states = new ArrayList<>(oracle.markets().values());

        assertThat(states).anyMatch(state -> state.getVenueReportedPositions() > 0);
        assertThat(states).anyMatch(state -> state.getUnliquidatableSize() > 0);
        assertThat(states).anyMatch(state -> state.getLeverageSkew() != null);
        assertThat(states).anyMatch(state -> state.getVenueOpenInterest() != null);
        assertThat(oracle.ladders().values())
                .anyMatch(ladder -> ladder.getLiquidation().size() > 5);
        assertThat(oracle.systems()).containsKeys("system", "venue:alpha", "venue:beta", "venue:gamma");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {41})
    void shouldRepeatItselfAndRiseInTime(long seed) {
        List<LogRecord> log = new RandomMarkets(seed).log(4, 10, 500);

        assertThat(new RandomMarkets(seed).log(4, 10, 500)).isEqualTo(log).hasSize(500);
        assertThat(log).extracting(LogRecord::timestampMs).isSorted();
        assertThat(log)
                .extracting(LogRecord::topic)
                .contains(
                        Topics.INSTRUMENTS.name(),
                        Topics.PRICES.name(),
                        Topics.POSITIONS.name(),
                        Topics.COLLATERAL.name());
        assertThat(log).anyMatch(record -> record.value() == null);
    }

    private static int sizeDecimals(List<LogRecord> log, String symbol) {
        return log.stream()
                .flatMap(record -> record.value() instanceof Instrument its ? Stream.of(its) : Stream.empty())
                .filter(instrument -> instrument.getSymbol().equals(symbol))
                .mapToInt(Instrument::getSizeDecimals)
                .max()
                .orElseThrow();
    }

    private static Oracle oracleOf(List<LogRecord> log) {
        Oracle oracle = new Oracle();
        log.forEach(record -> oracle.accept(record.topic(), record.key(), record.timestampMs(), record.value()));
        return oracle;
    }
}
