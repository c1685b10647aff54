package io.plimsoll.risk.dependence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class AssetFamiliesTest {

    @Test
    void shouldPutAnAssetIntoItsFamily() {
        AssetFamilies families = AssetFamilies.of("ETH=WETH,stETH;BTC=WBTC");

        assertThat(families.familyOf("stETH")).isEqualTo("ETH");
        assertThat(families.familyOf("ETH")).isEqualTo("ETH");
        assertThat(families.familyOf("WBTC")).isEqualTo("BTC");
        assertThat(families.familyOf("LINK")).isEqualTo("LINK");
        assertThat(families.text()).isEqualTo("ETH=WETH,stETH;BTC=WBTC");
    }

    @Test
    void shouldRefuseWhatIsNoListOfFamilies() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AssetFamilies.of("ETH"))
                .withMessage("families are ETH, allowed is NAME=ASSET,ASSET;NAME=ASSET (ETH=WETH,stETH;BTC=WBTC)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AssetFamilies.of("ETH=WETH;X=WETH"))
                .withMessage("WETH is in the families ETH and X, allowed is one");
    }
}
