package io.plimsoll.risk.scenario;

import io.plimsoll.risk.MarginAccount;
import io.plimsoll.risk.MarginPool;
import io.plimsoll.risk.WatchedPool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account under a scenario.
 *
 * @param key venue:account
 * @param venue its venue
 * @param pools its pools that prices move, as they are without cuts: what is traded when they fall
 * @param judged the same after cuts: what decides whether they fall, and what is left
 */
public record ScenarioAccount(String key, String venue, List<MarginPool> pools, List<WatchedPool> judged) {

    /**
     * Puts an account under a scenario.
     *
     * @param venueRatio the venue's own margin ratio of the account; null where not reported
     * @param tolerance relative difference up to which the venue's liquidation prices confirm ours
     */
    public static ScenarioAccount of(
            String key,
            String venue,
            MarginAccount account,
            @Nullable Double venueRatio,
            double tolerance,
            ScenarioTerms scenario) {
        MarginAccount cut = scenario.collateralCuts().isEmpty() ? account : account.withCuts(scenario::cutOf);
        List<MarginPool> pools = new ArrayList<>(account.pools().size());
        List<WatchedPool> judged = new ArrayList<>(account.pools().size());
        for (int i = 0; i < account.pools().size(); i++) {
            MarginPool pool = account.pools().get(i);
            if (pool.isMoved()) {
                pools.add(pool);
                // Confirmed or not by its venue as it is now: the venue knows of no cut.
                judged.add(WatchedPool.of(pool, venueRatio, tolerance)
                        .of(cut.pools().get(i)));
            }
        }
        return new ScenarioAccount(key, venue, pools, judged);
    }
}
