package io.plimsoll.risk.carry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.Balance;
import io.plimsoll.risk.Contract;
import io.plimsoll.risk.Holdings;
import io.plimsoll.risk.MarginAccount;
import io.plimsoll.risk.MarginPool;
import io.plimsoll.risk.OpenPosition;
import io.plimsoll.risk.PriceBoard;
import io.plimsoll.risk.VenueModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long an account can pay, against accounts that have paid for that long. */
class AccountCarryTest {

    private static final double HOURS_PER_YEAR = 8_760;
    private static final double ROUNDING = 1e-9;

    private static final Contract BTC = Holdings.linear(VenueModel.GENERIC, "BTC", Holdings.flat(0.01));
    private static final Contract ETH = Holdings.linear(VenueModel.GENERIC, "ETH", Holdings.flat(0.02));
    private static final Contract COIN = Holdings.inverse(VenueModel.BINANCE_COINM, "BTC", Holdings.flat(0.01));
    private static final PriceBoard PRICES =
            PriceBoard.of("BTC", 50_000).with("ETH", 2_000).with("BTC-USD", 50_000);

    private static AccountCarry carry(MarginAccount account, Map<String, Double> rates) {
        return AccountCarry.of(account.pools(), PRICES, rates::get);
    }

    private static MarginAccount account(List<OpenPosition> positions, Balance... balances) {
        return new MarginAccount(positions, List.of(balances), VenueModel.GENERIC);
    }

    private static Balance coin(String asset, double quantity, double factor, @Nullable Double borrowRate) {
        return new Balance(asset, "venue:" + asset, quantity, factor, 1, false, borrowRate);
    }

    @Test
    void shouldPayUntilMaintenanceIsAllThatIsLeft() {
        // 50,000 on 1,500, of which 500 are maintenance; 0.08 % in 8 hours are 5 USD an hour.
        MarginAccount account = account(List.of(Holdings.cross(BTC, 1, 50_000)), Holdings.cash("USDC", 1_500));

        AccountCarry carry = carry(account, Map.of("venue:BTC", 0.0008));

        assertThat(carry.fundingUsdPerHour()).isCloseTo(5, within(ROUNDING));
        assertThat(carry.fundingHours()).isCloseTo(200, within(ROUNDING));
        assertThat(carry.interestUsdPerHour()).isZero();
        assertThat(carry.interestHours()).isNull();
    }

    @Test
    void shouldSetWhatOnePositionReceivesAgainstWhatAnotherPays() {
        List<OpenPosition> positions = List.of(Holdings.cross(BTC, 1, 50_000), Holdings.cross(ETH, -10, 2_000));
        MarginAccount account = account(positions, Holdings.cash("USDC", 1_900));

        AccountCarry carry = carry(account, Map.of("venue:BTC", 0.0008, "venue:ETH", 0.0004));

        assertThat(carry.fundingUsdPerHour()).isCloseTo(5 - 1, within(ROUNDING));
        assertThat(carry.fundingHours()).isCloseTo((1_900 - 900) / 4.0, within(ROUNDING));
    }

    @Test
    void shouldFindThePoolThatIsEatenUpFirstWhateverTheOthersReceive() {
        List<OpenPosition> positions =
                List.of(Holdings.isolated(BTC, 1, 50_000, 1_500), Holdings.isolated(ETH, -1_000, 2_000, 1e6));
        MarginAccount account = account(positions);

        AccountCarry carry = carry(account, Map.of("venue:BTC", 0.0008, "venue:ETH", 0.0008));

        assertThat(carry.fundingUsdPerHour()).isCloseTo(5 - 200, within(ROUNDING));
        assertThat(carry.fundingHours()).isCloseTo(200, within(ROUNDING));
    }

    @Test
    void shouldCountCoinsInDollars() {
        // Face 100,000 on 0.06 BTC = 3,000 USD, 1,000 of them maintenance; 10 USD an hour.
        MarginAccount account =
                account(List.of(Holdings.cross(COIN, 100_000, 50_000)), new Balance("BTC", null, 0.06, 1, 50_000));

        AccountCarry carry = carry(account, Map.of("venue:BTC-USD", 0.0008));

        assertThat(carry.fundingUsdPerHour()).isCloseTo(10, within(1e-6));
        assertThat(carry.fundingHours()).isCloseTo(200, within(1e-4));
    }

    @Test
    void shouldNotGuessARateThatNobodyReports() {
        List<OpenPosition> positions = List.of(Holdings.cross(BTC, 1, 50_000), Holdings.cross(ETH, -10, 2_000));
        MarginAccount account = account(positions, Holdings.cash("USDC", 1_900), new Balance("USDT", null, -10, 1, 1));

        AccountCarry carry = carry(account, Map.of("venue:BTC", 0.0008));

        assertThat(carry).isEqualTo(new AccountCarry(null, null, null, null));
    }

    @Test
    void shouldNeverFallByFundingThatItReceives() {
        MarginAccount account = account(List.of(Holdings.cross(BTC, -1, 50_000)), Holdings.cash("USDC", 1_500));

        AccountCarry carry = carry(account, Map.of("venue:BTC", 0.0008));

        assertThat(carry.fundingUsdPerHour()).isCloseTo(-5, within(ROUNDING));
        assertThat(carry.fundingHours()).isNull();
    }

    @Test
    void shouldHaveNoTimeLeftPastItsLine() {
        MarginAccount account = account(List.of(Holdings.cross(BTC, 1, 50_000)), Holdings.cash("USDC", 400));

        assertThat(carry(account, Map.of("venue:BTC", 0.0008)).fundingHours()).isZero();
    }

    @Test
    void shouldCompoundInterestUntilTheLoanIsAtItsThreshold() {
        // 10 ETH at 2,000 and 0.8 back 16,000; 8,000 owed at 5 % a year double in ln 2 / 0.05 = 13.86 years.
        MarginAccount loan =
                account(List.of(), coin("ETH", 10, 0.8, null), new Balance("USDC", null, -8_000, 1, 1, true, 0.05));

        AccountCarry carry = carry(loan, Map.of());

        assertThat(carry.interestUsdPerHour()).isCloseTo(400 / HOURS_PER_YEAR, within(ROUNDING));
        assertThat(carry.interestHours()).isCloseTo(Math.log(2) / 0.05 * HOURS_PER_YEAR, within(1e-6));
        assertThat(carry.fundingUsdPerHour()).isZero();
        assertThat(carry.fundingHours()).isNull();
    }

    @Test
    void shouldOweForeverWhatCostsNothing() {
        MarginAccount loan =
                account(List.of(), coin("ETH", 10, 0.8, null), new Balance("USDC", null, -8_000, 1, 1, true, 0.0));

        AccountCarry carry = carry(loan, Map.of());

        assertThat(carry.interestUsdPerHour()).isZero();
        assertThat(carry.interestHours()).isNull();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldBeOnItsLineAfterThatMuchFunding(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            Contract contract = random.nextBoolean() ? BTC : ETH;
            double price = PRICES.price(contract.market());
            double size = (random.nextBoolean() ? 1 : -1) * (1 + random.nextInt(100)) / 10.0;
            double margin = Math.abs(size) * price * (0.03 + 0.5 * random.nextDouble());
            double rate8h = 0.001 * random.nextGaussian();
            AccountCarry carry = carry(
                    account(List.of(Holdings.isolated(contract, size, price, margin))),
                    Map.of(contract.market(), rate8h));
            if (carry.fundingHours() == null) {
                assertThat(size * rate8h).isNotPositive();
                continue;
            }
            double paid = Math.abs(size) * price * Math.abs(rate8h) / 8 * carry.fundingHours();
            MarginPool later = account(List.of(Holdings.isolated(contract, size, price, margin - paid)))
                    .pools()
                    .get(0);

            assertThat(later.surplus(PRICES))
                    .describedAs("seed %d, %d", seed, i)
                    .isCloseTo(0, within(1e-5));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldBeOnItsLineAfterThatMuchInterest(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            List<Balance> debts = new ArrayList<>();
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                debts.add(new Balance(
                        "D" + n, null, -1 - 5_000 * random.nextDouble(), 1, 1, false, random.nextInt(4) * 0.07));
            }
            Balance collateral = coin("ETH", 8 + 20 * random.nextDouble(), 0.8, null);
            Double hours = carry(loan(collateral, debts, 0), Map.of()).interestHours();
            double left = loan(collateral, debts, 0).pools().get(0).surplus(PRICES);
            boolean cost = debts.stream().anyMatch(debt -> debt.borrowRate() != null && debt.borrowRate() > 0);
            if (!cost || left < 0) {
                assertThat(hours).isEqualTo(cost ? (Double) 0.0 : null);
                continue;
            }

            MarginPool later =
                    loan(collateral, debts, hours / HOURS_PER_YEAR).pools().get(0);

            assertThat(later.surplus(PRICES))
                    .describedAs("seed %d, %d", seed, i)
                    .isCloseTo(0, within(1e-5));
        }
    }

    private static MarginAccount loan(Balance collateral, List<Balance> debts, double years) {
        List<Balance> balances = new ArrayList<>(List.of(collateral));
        for (Balance debt : debts) {
            double rate = debt.borrowRate() == null ? 0 : debt.borrowRate();
            balances.add(new Balance(
                    debt.asset(), null, debt.quantity() * Math.exp(rate * years), 1, 1, false, debt.borrowRate()));
        }
        return account(List.of(), balances.toArray(Balance[]::new));
    }
}
