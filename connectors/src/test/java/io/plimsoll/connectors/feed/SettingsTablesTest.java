package io.plimsoll.connectors.feed;

import io.plimsoll.connectors.bybit.BybitSourceConnector;
import io.plimsoll.connectors.hyperliquid.HyperliquidSourceConnector;
import io.plimsoll.connectors.okx.OkxSourceConnector;
import java.io.IOException;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Venues' pages end with the settings as they are. */
class SettingsTablesTest {

    static Stream<Arguments> pages() {
        return Stream.of(
                Arguments.of("bybit.md", new BybitSourceConnector().config()),
                Arguments.of("hyperliquid.md", new HyperliquidSourceConnector().config()),
                Arguments.of("okx.md", new OkxSourceConnector().config()));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldDocumentEverySettingAsItIs(String page, ConfigDef settings) throws IOException {
        SettingsTable.assertDocumented(settings, page);
    }
}
