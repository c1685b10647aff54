package io.plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalRoundingTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldRoundAsDecimalsDo(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            LotSize lotSize = new LotSize(random.nextInt(13), random.nextBoolean() ? 1 : anyDecimal(random));
            double contracts = random.nextBoolean() ? anyDecimal(random) : -anyDecimal(random);
            double price = anyDecimal(random);
            BigDecimal exactLots = BigDecimal.valueOf(contracts)
                    .multiply(BigDecimal.valueOf(lotSize.multiplier()))
                    .movePointRight(lotSize.decimals())
                    .setScale(0, RoundingMode.HALF_EVEN);
            if (exactLots.abs().compareTo(BigDecimal.valueOf(OpenPosition.MAX_LOTS)) > 0) {
                continue;
            }
            long lots = exactLots.longValueExact();
            BigDecimal exactNotional = BigDecimal.valueOf(lots, lotSize.decimals())
                    .multiply(BigDecimal.valueOf(price))
                    .movePointRight(6)
                    .setScale(0, RoundingMode.HALF_EVEN);

            assertThat(lotSize.lots(contracts))
                    .describedAs("seed %d: %s contracts of %s", seed, contracts, lotSize)
                    .isEqualTo(lots);
            assertThat(lotSize.size(lots))
                    .isEqualTo(BigDecimal.valueOf(lots, lotSize.decimals()).doubleValue());
            if (exactNotional.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
                assertThat(lotSize.notionalMicroUsd(lots, price))
                        .describedAs("seed %d: %d lots of %s at %s", seed, lots, lotSize, price)
                        .isEqualTo(exactNotional.longValueExact());
            }
        }
    }

    @Test
    void shouldRoundTiesToTheEvenNeighbour() {
        LotSize lotSize = new LotSize(2, 1);

        assertThat(lotSize.lots(0.005)).isZero();
        assertThat(lotSize.lots(0.015)).isEqualTo(2);
        assertThat(lotSize.lots(1.005)).isEqualTo(100);
        assertThat(lotSize.lots(-0.015)).isEqualTo(-2);
        assertThat(MicroUsd.of(0.0000005)).isZero();
        assertThat(MicroUsd.of(0.0000015)).isEqualTo(2);
    }

    @Test
    void shouldRefuseWhatDoesNotFit() {
        assertThatThrownBy(() -> MicroUsd.of(1e13)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new LotSize(8, 1).lots(1e15)).isInstanceOf(ArithmeticException.class);
    }

    /** Decimals as venues send them: up to nine digits, anywhere between 1e-9 and 1e9. */
    private static double anyDecimal(Random random) {
        long digits = 1 + (long) (random.nextDouble() * Math.pow(10, random.nextInt(10)));
        return BigDecimal.valueOf(digits, random.nextInt(10)).doubleValue();
    }
}
