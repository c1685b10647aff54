package io.plimsoll.server.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.schemas.Topics;
import io.plimsoll.server.it.OwnProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A risk officer at the page of the running demo, in a real Chromium; skipped where there is none. Pictures go to
 * target/screenshots, or where {@code -Dplimsoll.screenshots} says, for the README.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DashboardIT {

    private static final Duration LONG = Duration.ofSeconds(240);
    private static final Pattern READY = Pattern.compile("Ready after .*http://localhost:(\\d+)");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Pattern KAFKA = Pattern.compile("Kafka for your own readers: ([^\\s,]+)");
    private static final String BTC = "document.querySelector('input[data-shock=\"sim:BTC\"]')";
    private static final String LIVE = "document.querySelector('#badges')?.innerText.includes('live')";

    @TempDir
    private static Path dir;

    /** Six of the simulator, one of the desk. */
    private static final int MARKETS = 7;

    private static OwnProcess demo;
    private static @Nullable Desk desk;
    private static Chromium chromium;
    private static Tab tab;
    private static int port;

    @BeforeAll
    static void openThePage() throws Exception {
        Optional<Path> browser = Chromium.installed();
        if (browser.isEmpty()) {
            System.out.println("SKIPPED DashboardIT: no chromium on the PATH");
        }
        assumeThat(browser).describedAs("a chromium on the PATH").isPresent();
        demo = startDemo("0", "first");
        Files.createDirectories(dir.resolve("browser"));
        chromium = Chromium.start(browser.get(), dir.resolve("browser"));
        tab = chromium.tab();
        port = awaitReady();
        desk = desk().withHistory().live();
        // Each of them is published at an interval of its own; the browser logs every request for what is not there
        // yet.
        for (String path : List.of(
                "system/cascade",
                "markets/sim%3ABTC/ladder",
                "markets/sim%3ABTC/cascade",
                "markets/sim%3ABTC/ladder/history",
                "feed-statuses",
                "dead-letters",
                "tipping-points",
                "contagion",
                "options/desk%3ABTC",
                "collateral/venue%3Adesk")) {
            await(path).atMost(LONG).ignoreExceptions().until(() -> status("/api/v1/" + path) == 200);
        }
        await("all markets are measured").atMost(LONG).ignoreExceptions().until(DashboardIT::allAreMeasured);
        tab.resize(1280, 900, false);
        tab.goTo("http://localhost:" + port + "/");
    }

    @AfterAll
    static void stop() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
        if (desk != null) {
            desk.close();
        }
        if (demo != null) {
            demo.close();
        }
    }

    @AfterEach
    void shouldHaveSaidNothingOnTheConsole() {
        List<String> errors = tab.errors();
        tab.forgetErrors();
        assertThat(errors).describedAs("errors on the console").isEmpty();
    }

    @Test
    @Order(1)
    void shouldShowWhereTheMarketStands() throws IOException {
        tab.waitUntil("/^\\d+\\.\\d\\d×$/.test(document.querySelector('.tile .value')?.innerText)");
        tab.waitUntil("document.querySelectorAll('.cards tbody tr').length === " + MARKETS);
        tab.waitUntil("document.querySelectorAll('td .load').length === " + MARKETS);
        tab.waitUntil("/all markets fresh/.test(document.querySelector('.tiles').innerText)");
        tab.waitUntil(LIVE);
        awaitHistory(1);

        assertThat(tab.text(".tiles")).contains("Long against short", "Leverage skew", "Coverage", "Load line");
        assertThat(tab.eval("document.querySelector('.tile').title").asText())
                .contains("a ratio", "as of 20", "coverage longs ");
        picture("overview");

        tab.type("input[type=search]", "eth");
        tab.waitUntil("document.querySelectorAll('.cards tbody tr').length === 1");
        assertThat(tab.text(".cards tbody tr")).contains("ETH");
    }

    @Test
    @Order(2)
    void shouldSortByTheKeyboard() {
        tab.goTo("http://localhost:" + port + "/#/overview?again");
        tab.waitUntil("document.querySelectorAll('.cards tbody tr').length === " + MARKETS);
        tab.eval("[...document.querySelectorAll('th button')].find(b => b.innerText.startsWith('Leverage')).focus()");
        tab.press("Enter", 13);
        tab.waitUntil("document.querySelector('th[aria-sort=descending]').innerText.startsWith('Leverage')");
        String leverages = "[...document.querySelectorAll('td[data-name=Leverage]')].map(c => parseFloat(c.innerText))";

        assertThat(tab.eval(leverages + ".every((v, i, all) => i === 0 || all[i - 1] >= v)")
                        .asBoolean())
                .isTrue();
    }

    @Test
    @Order(3)
    void shouldReadOnceMoreWhereItIsAskedToWhileItReads() {
        open("overview");
        tab.eval(
                "import('/page/js/poll.js').then(({ poll }) => { window.readings = 0; const over = new AbortController();"
                        + " const again = poll(async () => ++window.readings, { everyMs: 3600e3, signal: over.signal, show: n => {"
                        + " if (n === 2) over.abort(); } }); again(); })");

        tab.waitUntil("window.readings === 2");
    }

    @Test
    @Order(3)
    void shouldShowOneMarketInFull() throws IOException {
        open("market/sim%3ABTC");
        tab.waitUntil("document.querySelectorAll('.tile').length === 8");
        tab.waitUntil("/base units within 20 %/.test(document.querySelector('.chart')?.getAttribute('aria-label'))");
        tab.waitUntil("document.querySelectorAll('.chart canvas').length >= 2");
        tab.waitUntil("/Impact from DEPTH/.test(document.querySelector('#main').innerText)");

        tab.waitUntil("/ladders since 20/.test(document.querySelector('#main').innerText)");
        awaitHistory(6);
        assertThat(tab.text(".tiles")).contains("Mark price", "Funding, 8 h", "Concentration");
        picture("market");
    }

    @Test
    @Order(4)
    void shouldReadTheHeatmapUnderThePointer() {
        open("market/sim%3ABTC");
        tab.waitUntil("/ladders since 20/.test(document.querySelector('#main').innerText)");
        tab.pointAt(".chart .u-over");

        tab.waitUntil("/around [\\d.,]+: .*(longs|no ladder)/.test(document.querySelector('#main').innerText)");
        tab.eval("window.read = document.querySelector('.note[role=status]').innerText");
        tab.eval("document.querySelector('.chart').focus()");
        tab.press("ArrowUp", 38);
        tab.waitUntil("document.querySelector('.note[role=status]').innerText !== window.read");
        assertThat(tab.eval("/\\d [ap]m/i.test(document.querySelector('#main').innerText)")
                        .asBoolean())
                .describedAs("times of day by 24 hours")
                .isFalse();
    }

    @Test
    @Order(4)
    void shouldShowTheMeasuresOfAMarketWithAWeekOfHistory() throws IOException {
        open("market/desk%3ABTC");
        tab.waitUntil("document.querySelector('.phase .badge')");
        tab.waitUntil("document.querySelectorAll('.opposed tbody tr').length >= 10");
        awaitHistory(6);

        assertThat(tab.text("section[aria-label=Measures]"))
                .contains(
                        "d of history",
                        "Leverage at risk",
                        "VaR, as seen",
                        "… of the usual",
                        "Until the weakest are gone");
        assertThat(titles("section[aria-label=Measures] .facts > div"))
                .hasSizeGreaterThan(20)
                .allSatisfy(title -> assertThat(title).contains("as of 20", "coverage longs "));
        assertThat(tab.eval(
                                "[...document.querySelectorAll('.facts > div')].filter(d => d.querySelector('.tag')).map(d =>"
                                        + " d.querySelector('dt').firstChild.textContent).join()")
                        .asText())
                .describedAs("what is marked as modelled")
                .contains("Longs within 1 h", "Until the weakest are gone")
                .doesNotContain("Gini", "Mean leverage", "Depth within 1 %");
        picture("measures");
    }

    @Test
    @Order(4)
    void shouldTellByTheKeyboardWhatAMeasureIs() {
        open("overview");
        open("market/desk%3ABTC");
        tab.waitUntil("document.querySelectorAll('.facts > div').length > 20");
        tab.eval("document.querySelector('.facts > div').focus()");
        tab.press("Tab", 9);
        tab.waitUntil("document.activeElement.matches('.facts > div')");

        tab.waitUntil("document.activeElement.querySelector('.said').offsetHeight > 0");
        assertThat(tab.eval("document.activeElement.querySelector('.said').innerText")
                        .asText())
                .contains("as of 20");
    }

    @Test
    @Order(4)
    void shouldSayWhatAMarketWithoutHistoryLacks() {
        open("overview");
        open("market/sim%3ABTC");
        tab.waitUntil("document.querySelectorAll('.facts > div').length > 20");

        tab.waitUntil("/No phase yet: it takes 72 hours of open interest, \\d+ are known/"
                + ".test(document.querySelector('.phase').innerText)");
        assertThat(tab.text("section[aria-label=Measures]")).contains("takes 24 hours of depth");
    }

    @Test
    @Order(4)
    void shouldWriteWholeWordsAtTippingPoints() {
        open("overview");
        tab.eval("(() => { const fill = CanvasRenderingContext2D.prototype.fillText; window.written = [];"
                + " CanvasRenderingContext2D.prototype.fillText = function (text, x, ...rest) {"
                + " written.push({ text, left: x - this.measureText(text).actualBoundingBoxLeft });"
                + " return fill.call(this, text, x, ...rest); }; })()");
        open("market/desk%3ABTC");

        String words = "written.filter(each => /^(tips|lands) at /.test(each.text))";
        tab.waitUntil(words + ".length >= 2");
        assertThat(tab.eval(words + ".every(each => each.left >= document.querySelector('.u-over').offsetLeft)")
                        .asBoolean())
                .describedAs("no word lies under the axis")
                .isTrue();
    }

    @Test
    @Order(4)
    void shouldShowPhasesBesideAllMarkets() {
        open("overview");
        String phases = "[...document.querySelectorAll('td[data-name=Cycle]')].map(c => c.innerText)";
        tab.waitUntil(phases + ".filter(t => /^\\d+ of 72 h$/.test(t)).length === 6");
        tab.waitUntil("/calm|build-up|crowded|deleveraging|repair/.test(" + phases + ".join())");
        assertThat(tab.requests()).anyMatch(url -> url.contains("/api/v1/measures?markets="));
    }

    @Test
    @Order(4)
    void shouldShowThePhaseOfAllMarketsTogether() {
        open("overview");
        // Of all together it depends on whether the simulated markets have told of an hour before the desk's week came.
        tab.waitUntil("/^(calm|build-up|crowded|deleveraging|repair|\\d+ of 72 h|–)$/.test(" + cycleTile(".value")
                + ".innerText)");
        tab.waitUntil("/since 20|no phase yet|no hour judged yet/.test(" + cycleTile(".below") + ".innerText)");
        assertThat(tab.eval(cycleTile("") + ".title").asText()).contains("as of 20", "coverage longs ");

        // The desk has a week of history at any time: its phase as if it were that of all.
        await("the desk's phase")
                .atMost(LONG)
                .until(() -> tab.eval("fetch('/api/v1/system/measures').then(a => a.json()).then(b =>"
                                + " Boolean(b.measures.find(m => m.id === 'venue:desk')?.cycle?.phase))")
                        .asBoolean());
        answerWith("/system/measures", """
                body => { body.measures = body.measures.filter(m => m.id === 'venue:desk').map(m => ({...m, id: 'system'})); }
                """);
        tab.waitUntil("/^(calm|build-up|crowded|deleveraging|repair)$/.test(" + cycleTile(".badge") + ".innerText)");
        assertThat(tab.eval(cycleTile(".below") + ".innerText").asText())
                .containsPattern(
                        "since 20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC, on \\d+ d of history, \\d+ hours modelled");
        assertThat(tab.eval(cycleTile("") + ".title").asText())
                .contains(
                        "open interest at unchanged prices", "of 1 market:", "as of 20", "coverage longs ", "since 20");

        answerWith("/system/measures", """
                body => { body.measures = body.measures.filter(m => m.id === 'venue:desk').map(m => ({...m, id: 'system', ageMs: 600000})); }
                """);
        tab.waitUntil("/^stale, 10 min/.test(" + cycleTile(".below") + ".innerText)");

        answerWith("/system/measures", "body => { body.measures = []; }");
        tab.waitUntil("/switched off, or not computed yet/.test(" + cycleTile(".below") + ".innerText)");
        assertThat(tab.eval(cycleTile(".value") + ".innerText").asText()).isEqualTo("–");
        answerAsServed();
    }

    @Test
    @Order(4)
    void shouldShowHowTheLeverageOfAccountsIsSpread() {
        String panel = "document.querySelector('section[aria-label=\"Leverage of accounts\"]')";
        answerWith("/contagion", """
                body => { const its = body.accountLeverage; const q = its.quantiles.find(each => each.quantile === 0.9);
                Object.assign(q, { longByAccounts: 12.5, shortCommitmentByNotional: 3.25 });
                Object.assign(its, { longWithoutEquity: 1234, shortWithoutEquityUsd: 5600 }); }
                """);
        tab.waitUntil(panel + ".querySelectorAll('.opposed tbody tr').length === 7");

        String p90 = "[..." + panel + ".querySelectorAll('.opposed tbody tr')].find(r => /90 %/.test(r.innerText))";
        assertThat(tab.eval(p90 + ".innerText").asText()).contains("12.50×");
        assertThat(tab.eval(p90 + ".title").asText())
                .contains("a ratio", "as of 20", "accounts looked at", "with equity", "gross notional / equity");
        assertThat(tab.eval(panel + ".querySelector('.facts').innerText").asText())
                .contains("Without equity", "1,234 / ", " / $5.60K");
        assertThat(titles("section[aria-label=\"Leverage of accounts\"] .facts > div"))
                .hasSize(3)
                .allSatisfy(title -> assertThat(title).contains("as of 20", "accounts looked at"));

        chooseLeverage("CommitmentByNotional");
        tab.waitUntil("/3\\.25×/.test(" + p90 + ".innerText) && /netted/.test(" + p90 + ".title)");
        chooseLeverage("bySize");
        tab.waitUntil(panel + ".querySelectorAll('tbody tr').length === 6");
        assertThat(tab.eval(panel + ".innerText").asText()).contains("below $1K", "$1M to $10M", "$10M and more");
        answerAsServed();
    }

    @Test
    @Order(4)
    void shouldSayWhyThereIsNoLeverageOfAccounts() {
        String said = "document.querySelector('section[aria-label=\"Leverage of accounts\"]').innerText";
        answerWith("/contagion", """
                body => { for (const name of Object.keys(body.accountLeverage)) if (/Accounts$|WithoutEquity$/.test(name)) body.accountLeverage[name] = 0; }
                """);
        tab.waitUntil("/No account holds anything/.test(" + said + ")");

        answerWith("/contagion", "body => { body.accountLeverage = null; }");
        tab.waitUntil("/an older version/.test(" + said + ")");

        // Before the first look at all accounts; were it asked for, the browser would log it as an error.
        tab.eval("window.fetch = async (url, options) => String(url).includes('/contagion')"
                + " ? new Response('{}', { status: 404 }) : window.served(url, options)");
        open("feeds");
        open("overview");
        tab.waitUntil("/Not computed yet/.test(" + said + ")");
        answerAsServed();
    }

    @Test
    @Order(4)
    void shouldSayWhichGroupOfMeasuresIsSwitchedOff() {
        answerWith("/markets/desk%3ABTC/measures", "body => { body.cycle = null; body.carry = null; }");
        open("market/desk%3ABTC");
        tab.waitUntil(
                "/cycle is switched off/.test(document.querySelector('section[aria-label^=\"Where in\"]').innerText)");

        tab.waitUntil("/carry is switched off/.test(document.querySelector('section[aria-label=Measures]').innerText)");
        tab.waitUntil("document.querySelectorAll('.facts > div').length > 10");
        assertThat(tab.text(".phase")).isEmpty();
        answerAsServed();
    }

    @Test
    @Order(5)
    void shouldRunAScenarioFromSliderToResult() throws IOException {
        open("scenario");
        tab.waitUntil(BTC);
        tab.eval(BTC + ".focus()");
        for (int i = 0; i < 20; i++) {
            tab.press("ArrowLeft", 37);
        }
        tab.waitUntil(BTC + ".value === '-20'");
        tab.click("#run");
        tab.waitUntil("document.querySelectorAll('#rounds tr').length >= 2");
        tab.waitUntil("[...document.querySelectorAll('#answer td.key')].some(c => c.innerText === 'sim:BTC')");

        assertThat(tab.eval("document.querySelector('#answer .tile .value').innerText")
                        .asInt())
                .describedAs("accounts that fall when BTC falls by 20 %")
                .isPositive();
        assertThat(tab.eval("location.hash").asText())
                .contains("sim%3ABTC=-0.2")
                .contains("id=");
        picture("scenario");
        String shared = tab.eval("location.href").asText();
        open("overview");
        tab.goTo(shared);
        tab.waitUntil("document.querySelectorAll('#rounds tr').length >= 2");
        tab.waitUntil(BTC + ".value === '-20'");
    }

    @Test
    @Order(6)
    void shouldShockAllMarketsOfAnAsset() {
        open("overview");
        open("scenario");
        tab.waitUntil("document.querySelector('select option[value=ETH]')");
        tab.eval("(() => { const add = document.querySelector('select[aria-label^=Add]'); add.value = 'ETH';"
                + " add.dispatchEvent(new Event('change')); })()");
        tab.press("ArrowLeft", 37);
        tab.waitUntil("document.activeElement.dataset.shock === 'ETH' && document.activeElement.value === '-1'");
        tab.click("#run");

        tab.waitUntil("[...document.querySelectorAll('#answer td.key')].some(c => c.innerText === 'sim:ETH')");
        assertThat(tab.eval("location.hash").asText()).contains("ETH=-0.01");
    }

    @Test
    @Order(7)
    void shouldAcknowledgeAnAlert() throws IOException {
        open("alerts");
        tab.waitUntil("document.querySelectorAll('.cards tbody tr').length > 0");
        tab.type("input[aria-label='Your name']", "night desk");
        // In one go: rows change places as alerts come.
        tab.eval("(() => { const first = document.querySelector('.cards tbody tr button');"
                + " window.taken = first.getAttribute('aria-label'); first.click(); })()");
        tab.waitUntil(
                "[...document.querySelectorAll('.cards tbody tr')].find(r => r.querySelector('button').getAttribute('aria-label')"
                        + " === window.taken)?.querySelector('.badge.good')?.innerText === 'night desk'");
        picture("alerts");
    }

    @Test
    @Order(8)
    void shouldSilenceAnAlert() {
        open("alerts");
        tab.waitUntil("document.querySelectorAll('.cards tbody tr').length > 0");
        // In one go: rows change places as alerts come.
        tab.eval("(() => { const button = [...document.querySelectorAll('.cards tbody tr button')]"
                + ".find(b => b.innerText.startsWith('Silence'));"
                + " window.silenced = button.getAttribute('aria-label'); button.click(); })()");

        tab.waitUntil("/UTC/.test([...document.querySelectorAll('.cards tbody tr')].find(r =>"
                + " [...r.querySelectorAll('button')].some(b => b.getAttribute('aria-label') === window.silenced))"
                + "?.querySelector('[data-name=\"Silent until\"]')?.innerText)");
    }

    @Test
    @Order(9)
    void shouldGoOnWithTheBoardWhereTheStreamBroke() throws Exception {
        try (Relay relay = Relay.to(port)) {
            tab.goTo("http://localhost:" + relay.port() + "/#/alerts");
            tab.waitUntil("location.port === '" + relay.port() + "'");
            tab.waitUntil("document.querySelectorAll('.cards tbody tr').length > 0");
            tab.waitUntil("document.querySelector('h1 .badge').innerText === 'live'");

            relay.cut();

            await("the stream is asked for again")
                    .atMost(LONG)
                    .until(() -> tab.requests().stream()
                            .anyMatch(url -> url.contains(":" + relay.port() + "/api/v1/alerts/stream?lastEventId=")));
            tab.waitUntil("document.querySelector('h1 .badge').innerText === 'live'");
            assertThat(tab.eval("document.querySelectorAll('.cards tbody tr').length")
                            .asInt())
                    .describedAs("what was last known stays")
                    .isPositive();
            tab.goTo("http://localhost:" + port + "/#/alerts");
            tab.waitUntil("location.port === '" + port + "'");
        }
        // Every browser logs by itself what it cannot load.
        assertThat(tab.errors()).allMatch(error -> error.startsWith("network: Failed to load resource"));
        tab.forgetErrors();
    }

    @Test
    @Order(10)
    void shouldShowAccounts() throws IOException {
        open("accounts");
        tab.waitUntil("document.querySelectorAll('.cards tbody tr').length > 0");
        picture("accounts");
        // In one go: rows change places as prices move.
        tab.eval("document.querySelector('.cards tbody td.key a').click()");
        tab.waitUntil(
                "/Margin ratio/.test(document.querySelector('.tiles').innerText) && document.querySelectorAll('.cards tbody tr').length > 0");
        picture("account");
    }

    @Test
    @Order(11)
    void shouldShowWhatComesInAndWhatOfItWasNotUsed() throws Exception {
        writeWhatNobodyCanRead();
        open("feeds");
        tab.waitUntil("document.querySelectorAll('[aria-label=\"markets by feed\"] tbody tr').length === " + MARKETS);
        tab.waitUntil("/" + MARKETS + " of " + MARKETS + "/.test(document.querySelector('.tiles').innerText)");
        tab.waitUntil(
                "[...document.querySelectorAll('[aria-label=feeds] tbody tr')].some(r =>"
                        + " /^prices/.test(r.innerText) && /[1-9][\\d.,]*\\/s/.test(r.querySelector('[data-name=Rate]').innerText))");
        tab.waitUntil("[...document.querySelectorAll('[aria-label=\"records not used\"] tbody tr')].some(r =>"
                + " /plimsoll.prices/.test(r.innerText) && /sim:BTC/.test(r.innerText))");
        tab.waitUntil("[...document.querySelectorAll('[aria-label=\"markets by feed\"] td[data-name=Depth]')]"
                + ".filter(c => c.innerText === 'live').length === " + MARKETS);
        picture("feeds");
    }

    @Test
    @Order(12)
    void shouldShowWhatOptionsAdd() throws IOException {
        open("options");
        tab.waitUntil("document.querySelectorAll('.opposed tbody tr').length === 10");
        tab.waitUntil("document.querySelector('.chart canvas')");
        tab.waitUntil("document.querySelectorAll('[aria-label=\"exposure by expiry\"] tbody tr').length === 3");

        assertThat(tab.text("#main")).contains("Dealers: long calls, short puts", "Gamma, takers' side", "not known");
        assertThat(titles(".tile")).allSatisfy(title -> assertThat(title).contains("as of 20", "coverage 100 %"));
        picture("options");
        tab.eval("(() => { const greek = document.querySelector('select[aria-label=Greek]'); greek.value = 'vega';"
                + " greek.dispatchEvent(new Event('change')); })()");
        tab.waitUntil("document.querySelector('.opposed').getAttribute('aria-label') === 'Vega by strike'");
        keepWhatIsSaved();
        tab.click("button[aria-label='Save strikes as CSV']");
        tab.waitUntil(
                "/^id,.*strikes\\.strike,.*strikes\\.gammaUsd/.test(window.saved) && window.saved.trim().split('\\r\\n').length === 11");
        tab.click("button[aria-label='Save expiries as CSV']");
        tab.waitUntil(
                "/^id,.*expiries\\.expiryMs,.*expiries\\.gammaUsd/.test(window.saved) && window.saved.trim().split('\\r\\n').length === 4");
    }

    @Test
    @Order(12)
    void shouldShowWhatLeverageRestsOn() throws IOException {
        open("collateral");
        tab.waitUntil("/wstETH/.test(document.querySelector('#main').innerText)");
        tab.waitUntil("document.querySelectorAll('.loop .opposed tbody tr').length > 3");

        assertThat(tab.text(".loop")).contains("over 3 loans");
        assertThat(tab.text("[aria-label='borrowed against']")).contains("ETH", "wstETH", "looped");
        picture("collateral");
        keepWhatIsSaved();
        tab.click("button[aria-label='Save collateral as CSV']");
        tab.waitUntil("/^id,.*assets\\.ownedUsd/.test(window.saved) && /wstETH/.test(window.saved)");
        tab.eval("document.querySelector('a[href=\"#/collateral/venue%3Adesk\"]').click()");
        tab.waitUntil("document.querySelector('select[aria-label=\"Of whom\"]').value === 'venue:desk'");
    }

    @Test
    @Order(13)
    void shouldFitOnAPhoneAtNight() throws IOException {
        tab.resize(390, 844, true);
        for (String page :
                List.of("overview", "market", "scenario", "alerts", "accounts", "options", "collateral", "feeds")) {
            open(page);
            tab.waitUntil("document.querySelector('.panel, .tile')");
            if (page.equals("market")) {
                tab.waitUntil("document.querySelectorAll('.opposed tbody tr').length >= 10");
            }

            assertThat(tab.eval("document.documentElement.scrollWidth").asInt())
                    .describedAs("width of " + page)
                    .isLessThanOrEqualTo(390);
        }
        // As tall as the whole page: what is out of sight is not read.
        tab.resize(390, 3_600, true);
        open("overview");
        tab.waitUntil("document.querySelectorAll('.cards tbody tr').length === " + MARKETS);
        tab.waitUntil("document.querySelector('.chart canvas')");
        tab.waitUntil("[...document.querySelectorAll('.spark path')].every(p => p.hasAttribute('d'))");
        tab.waitUntil("[...document.querySelectorAll('td[data-name=Cycle]')].every(c => c.innerText !== '–')");
        picture("phone");
        tab.resize(1280, 900, false);
    }

    @Test
    @Order(80)
    void shouldSayThatMeasuresAreStaleWhereTheirFeedIsSilent() {
        open("overview");
        open("market/desk%3ABTC");
        tab.waitUntil("document.querySelectorAll('.facts > div').length > 20");

        desk.close();

        tab.waitUntil("[...document.querySelectorAll('section[aria-label=Measures] .head .badge')].filter(b =>"
                + " /^stale, /.test(b.innerText) && /as of 20/.test(b.title)).length >= 7");
        assertThat(tab.eval("document.querySelectorAll('.facts > div').length").asInt())
                .describedAs("what was last known stays")
                .isGreaterThan(20);
        open("overview");
        tab.waitUntil("/1 of " + MARKETS + "/.test(document.querySelector('.tiles').innerText)");
    }

    @Test
    @Order(90)
    void shouldComeBackAfterTheServerHasRestarted() throws Exception {
        tab.goTo("http://localhost:" + port + "/#/overview");
        tab.waitUntil(LIVE);

        desk.close();
        demo.kill();
        tab.waitUntil("document.querySelector('#badges').innerText.includes('no connection')");
        assertThat(tab.eval("document.querySelectorAll('.cards tbody tr').length")
                        .asInt())
                .describedAs("what was last known stays, dimmed")
                .isEqualTo(MARKETS);
        demo = startDemo(Integer.toString(port), "second");
        awaitReady();
        desk = desk().live();

        tab.waitUntil(LIVE);
        tab.waitUntil("/all markets fresh/.test(document.querySelector('.tiles').innerText)");
        // Connections were refused meanwhile, which every browser logs by itself; anything else would be ours.
        assertThat(tab.errors()).allMatch(error -> error.startsWith("network: Failed to load resource"));
        tab.forgetErrors();
    }

    private static Desk desk() throws IOException {
        return new Desk(kafka(), "http://localhost:" + awaitReady());
    }

    private static boolean allAreMeasured() throws IOException, InterruptedException {
        JsonNode answer = new ObjectMapper()
                .readTree(CLIENT.send(request("/api/v1/measures"), HttpResponse.BodyHandlers.ofString())
                        .body());
        return answer.path("measures").size() == MARKETS;
    }

    private static List<String> titles(String selector) {
        List<String> titles = new ArrayList<>();
        tab.eval("[...document.querySelectorAll('" + selector + "')].map(each => each.title)")
                .forEach(title -> titles.add(title.asText()));
        return titles;
    }

    /** An element of the tile of the system's leverage cycle; of an empty selector the tile. */
    private static String cycleTile(String selector) {
        String tile = "[...document.querySelectorAll('.tile')].find(t => /^Leverage cycle/.test(t.innerText))";
        return selector.isEmpty() ? tile : tile + ".querySelector('" + selector + "')";
    }

    /**
     * From now on, and once the page is opened again, it takes the server's answers to these requests as changed: what
     * would take days or another run to come about.
     *
     * @param change a function of JavaScript that changes the body
     */
    private static void answerWith(String path, String change) {
        tab.eval("(() => { const served = window.served ??= window.fetch; window.fetch = async (url, options) => {"
                + " const answer = await served(url, options); if (!String(url).includes(" + Tab.quoted(path)
                + ")) return answer; const body = await answer.json(); (" + change
                + ")(body); return new Response(JSON.stringify(body), { status: answer.status }); }; })()");
        open("feeds");
        open("overview");
    }

    private static void chooseLeverage(String which) {
        tab.eval(
                "(() => { const choice = document.querySelector('select[aria-label=\"Which leverage\"]'); choice.value = '"
                        + which + "'; choice.dispatchEvent(new Event('change')); })()");
    }

    private static void answerAsServed() {
        tab.eval("window.fetch = window.served");
    }

    /** From now on what is saved as a file is in window.saved, too. */
    private static void keepWhatIsSaved() {
        tab.eval("(() => { const make = URL.createObjectURL; URL.createObjectURL = blob => {"
                + " blob.text().then(text => { window.saved = text; }); return make.call(URL, blob); }; })()");
    }

    private static void open(String page) {
        tab.eval("location.hash = '#/" + page + "'");
        tab.waitUntil("document.querySelector('#main').dataset.page === '" + page.replaceFirst("/.*", "") + "'");
    }

    /** Pictures for the README show lines over time, which begin with the second minute; a test need not wait for them. */
    private static void awaitHistory(int charts) {
        if (System.getProperty("plimsoll.screenshots") != null) {
            tab.waitUntil(
                    "document.querySelectorAll('.chart canvas').length >= " + charts
                            + " && [...document.querySelectorAll('.spark path')].every(p => p.hasAttribute('d'))",
                    Duration.ofMinutes(5));
        }
    }

    private static void picture(String name) throws IOException {
        Path folder = Path.of(System.getProperty("plimsoll.screenshots", "target/screenshots"));
        tab.screenshot(folder.resolve(name + ".png"));
        if (System.getProperty("plimsoll.screenshots") != null && !name.equals("phone")) {
            tab.scheme(true);
            tab.screenshot(folder.resolve(name + "-dark.png"));
            tab.scheme(false);
        }
    }

    private static String kafka() throws IOException {
        Matcher kafka = KAFKA.matcher(demo.output());
        assertThat(kafka.find()).isTrue();
        return kafka.group(1);
    }

    private static void writeWhatNobodyCanRead() throws IOException {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                    Topics.PRICES.name(), "sim:BTC".getBytes(UTF_8), "no record of ours".getBytes(UTF_8)));
        }
    }

    private static OwnProcess startDemo(String port, String name) throws IOException {
        return new OwnProcess(
                dir,
                name,
                "demo",
                "--port",
                port,
                "--accounts",
                "400",
                "--markets",
                "6",
                "--data-dir",
                dir.resolve("data").toString());
    }

    private static int awaitReady() {
        return await().atMost(LONG)
                .conditionEvaluationListener(condition ->
                        assertThat(demo.isAlive()).describedAs("the demo runs").isTrue())
                .until(
                        () -> READY.matcher(demo.output())
                                .results()
                                .findFirst()
                                .map(found -> Integer.parseInt(found.group(1)))
                                .orElse(0),
                        found -> found > 0);
    }

    private static int status(String path) throws IOException, InterruptedException {
        return CLIENT.send(request(path), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
    }
}
