package io.plimsoll.risk.dependence;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Assets that are claims on the same thing, whose prices move together unless something breaks: ETH and staked ETH. An asset
 * that is in none is a family of its own.
 *
 * @param text families separated by semicolons, each NAME=ASSET,ASSET,...; the name is a member as well
 */
public record AssetFamilies(String text, Map<String, String> familyByAsset) {

    private static final Pattern FORM =
            Pattern.compile("[^=,;\\s]+=[^=,;\\s]+(,[^=,;\\s]+)*(;[^=,;\\s]+=[^=,;\\s]+(,[^=,;\\s]+)*)*");

    /** What is known of the large ones. */
    public static final AssetFamilies DEFAULT = of("ETH=WETH,stETH,wstETH,rETH,cbETH,weETH,ezETH,rsETH"
            + ";BTC=WBTC,cbBTC,tBTC"
            + ";USD=USDC,USDT,DAI,USDS,USDe,sUSDe,GHO,FDUSD,BUSD"
            + ";SOL=jitoSOL,mSOL,JupSOL");

    public AssetFamilies {
        familyByAsset = Map.copyOf(familyByAsset);
    }

    /**
     * Reads families.
     *
     * @throws IllegalArgumentException if the text is not of the form, or an asset is in two families
     */
    public static AssetFamilies of(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "families are " + text + ", allowed is NAME=ASSET,ASSET;NAME=ASSET (ETH=WETH,stETH;BTC=WBTC)");
        }
        Map<String, String> families = new HashMap<>();
        for (String family : text.split(";")) {
            String name = family.substring(0, family.indexOf('='));
            put(families, name, name);
            Arrays.stream(family.substring(name.length() + 1).split(","))
                    .filter(asset -> !asset.equals(name))
                    .forEach(asset -> put(families, asset, name));
        }
        return new AssetFamilies(text, families);
    }

    private static void put(Map<String, String> families, String asset, String family) {
        String before = families.put(asset, family);
        if (before != null) {
            throw new IllegalArgumentException(
                    asset + " is in the families " + before + " and " + family + ", allowed is one");
        }
    }

    /** The family of an asset. */
    public String familyOf(String asset) {
        return familyByAsset.getOrDefault(asset, asset);
    }
}
