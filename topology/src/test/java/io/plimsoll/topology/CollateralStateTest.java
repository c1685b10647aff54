package io.plimsoll.topology;

import static io.plimsoll.topology.Published.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.BorrowedAgainst;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.CollateralAsset;
import io.plimsoll.schemas.avro.CollateralLoop;
import io.plimsoll.schemas.avro.CollateralState;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.LoopUnwinding;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CollateralStateTest {

    private static final Duration NEXT_LOOK = Duration.ofSeconds(12);
    private static final double THRESHOLD = 0.85;

    @AutoClose
    private final MonitorFixture monitor = new MonitorFixture();

    @BeforeEach
    void open() {
        monitor.at(0)
                .instrument(coin("ETH"))
                .price("ETH", 1_000)
                .instrument(coin("stETH"))
                .price("stETH", 1_000);
    }

    @Test
    void shouldFindWhatIsBorrowedAgainstItself() {
        monitor.at(1);
        holds("loop", "stETH", 21.760, THRESHOLD);
        holds("loop", "ETH", -11.760, 1);
        holds("plain", "stETH", 10, THRESHOLD);
        holds("plain", "USDC", -2_000, 1);

        CollateralState system = settled("system");

        assertThat(system.getCollateralUsd()).isCloseTo(31_760, within(1e-6));
        assertThat(system.getMarginUsd()).isCloseTo(31_760 * THRESHOLD, within(1e-6));
        assertThat(system.getDebtUsd()).isCloseTo(13_760, within(1e-6));
        CollateralLoop loop = only(system.getLoops());
        assertThat(loop.getFamily()).isEqualTo("ETH");
        assertThat(loop.getLoans()).isEqualTo(1);
        assertThat(loop.getMultiplier()).isCloseTo(2.176, within(1e-9));
        assertThat(loop.getShareOfDebt()).isCloseTo(11_760 / 13_760.0, within(1e-9));
        // It unwinds at a fall of 36.42 %.
        assertThat(loop.getUnwinding())
                .extracting(LoopUnwinding::getFall, LoopUnwinding::getLoans)
                .contains(tuple(0.0, 0L), tuple(0.3, 0L), tuple(0.5, 1L), tuple(1.0, 1L));
        assertThat(system.getBorrowed())
                .extracting(BorrowedAgainst::getCollateral, BorrowedAgainst::getDebt, BorrowedAgainst::getLooped)
                .containsExactly(tuple("stETH", "ETH", true), tuple("stETH", "USDC", false));
    }

    @Test
    void shouldSayHowMuchOfTheMarginIsOneCoin() {
        monitor.at(1)
                .instrument("X", 2, 10)
                .price("X", 100)
                .cash("trader", 3_000)
                .cross("trader", "X", 10, 100);
        holds("loan", "ETH", 1, 0.8);
        holds("loan", "USDC", -100, 1);

        CollateralState system = settled("system");

        assertThat(system.getAssets())
                .extracting(CollateralAsset::getAsset, CollateralAsset::getFamily, CollateralAsset::getShare)
                .containsExactly(tuple("USDC", "USD", 0.75), tuple("ETH", "ETH", 0.25));
        assertThat(system.getConcentration()).isCloseTo(0.75 * 0.75 + 0.25 * 0.25, within(1e-12));
        assertThat(system.getVenues())
                .singleElement()
                .satisfies(venue -> assertThat(venue.getShare()).isEqualTo(1));
        assertThat(collateral("venue:test").getCollateralUsd()).isEqualTo(system.getCollateralUsd());
    }

    @Test
    void shouldCountWhatIsSetAsideForAPosition() {
        monitor.at(1).instrument("X", 2, 10).price("X", 100).isolated("alone", "X", 10, 100, 150);

        assertThat(settled("system").getAssets())
                .extracting(CollateralAsset::getAsset, CollateralAsset::getOwnedUsd)
                .containsExactly(tuple("USDC", 150.0));
    }

    @Test
    void shouldFollowTheLoanUntilItIsGone() {
        monitor.at(1);
        holds("loop", "stETH", 20, THRESHOLD);
        holds("loop", "ETH", -10, 1);
        assertThat(only(settled("system").getLoops()).getMultiplier()).isEqualTo(2);

        monitor.at(20).price("stETH", 750);
        CollateralLoop fallen = only(settled("system").getLoops());
        assertThat(fallen.getMultiplier()).isEqualTo(3);

        monitor.at(40)
                .send(Topics.COLLATERAL, Keys.collateral(MonitorFixture.VENUE, "loop", "stETH"), null)
                .send(Topics.COLLATERAL, Keys.collateral(MonitorFixture.VENUE, "loop", "ETH"), null);
        CollateralState gone = settled("system");
        assertThat(gone.getLoops()).isEmpty();
        assertThat(gone.getCollateralUsd()).isZero();
        assertThat(gone.getConcentration()).isNull();
        assertThat(collateral("venue:test").getCollateralUsd()).isZero();
    }

    private CollateralState settled(String subject) {
        monitor.wait(NEXT_LOOK).wait(NEXT_LOOK);
        return collateral(subject);
    }

    private CollateralState collateral(String subject) {
        return Objects.requireNonNull(monitor.collateralState(subject));
    }

    private void holds(String account, String asset, double quantity, double factor) {
        monitor.send(
                Topics.COLLATERAL,
                Keys.collateral(MonitorFixture.VENUE, account, asset),
                new Collateral(MonitorFixture.VENUE, account, asset, quantity, factor, 1.0, null, null));
    }

    private static Instrument coin(String asset) {
        Instrument coin = MonitorFixture.linear(asset, 2, 10);
        coin.setKind(ContractKind.SPOT);
        coin.setMarginTiers(List.of());
        return coin;
    }
}
