package io.plimsoll.server.cli;

import io.plimsoll.connectors.NearestName;
import io.plimsoll.server.config.PlimsollConfig.ConnectConfig;
import io.plimsoll.server.connect.LiveFeeds;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Which venues' feeds a demo runs, and with what settings. */
final class LiveOptions {

    @Option(
            names = "--live",
            required = true,
            split = ",",
            paramLabel = "VENUE",
            description =
                    "Feeds of these venues, with commas between, instead of the simulator. Names: docs/connectors.md.")
    private List<String> venues = List.of();

    @Option(
            names = "--set",
            paramLabel = "VENUE.SETTING=VALUE",
            description = "A setting of the venue's connector, as hyperliquid.accounts.max=500. May be repeated.")
    private List<String> settings = List.of();

    LiveOptions() {}

    /** @throws UsageException when a name or a setting is not one */
    ConnectConfig connectors() {
        Map<String, Map<String, String>> byVenue = new TreeMap<>();
        for (String setting : settings) {
            int dot = setting.indexOf('.');
            int equals = setting.indexOf('=');
            if (dot < 1 || equals < dot + 2) {
                throw new UsageException("--set is \"" + setting
                        + "\", allowed is VENUE.SETTING=VALUE, as hyperliquid.accounts.max=500");
            }
            String venue = setting.substring(0, dot);
            if (!venues.contains(venue)) {
                throw new UsageException("--set is for " + venue + ", " + NearestName.allowed(venue, venues));
            }
            byVenue.computeIfAbsent(venue, name -> new TreeMap<>())
                    .put(setting.substring(dot + 1, equals), setting.substring(equals + 1));
        }
        LiveFeeds feeds = LiveFeeds.onClassPath();
        Map<String, Map<String, String>> connectors = new TreeMap<>();
        for (String venue : venues) {
            Map<String, String> given = byVenue.getOrDefault(venue, Map.of());
            if (!feeds.venues().contains(venue)) {
                throw new UsageException("--live is " + venue + ", " + NearestName.allowed(venue, feeds.venues()));
            }
            feeds.unknownSetting(venue, given.keySet()).ifPresent(problem -> {
                throw new UsageException("--set " + venue + "." + problem);
            });
            connectors.putAll(feeds.connectors(venue, given));
        }
        return new ConnectConfig(connectors, Map.of());
    }
}
