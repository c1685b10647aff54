package io.plimsoll.risk.recorded;

import io.plimsoll.risk.option.Black76;
import io.plimsoll.risk.option.Greeks;
import io.plimsoll.risk.option.OpenOption;
import io.plimsoll.risk.option.OptionRight;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** One recorded option of OKX through a day, at the end of each minute: what was last said of each column. */
final class OkxOptions {

    /** One contract is a hundredth of a bitcoin. */
    private static final double BTC_PER_CONTRACT = 0.01;

    private static final long MINUTE_US = 60_000_000;
    private static final double MS_PER_YEAR = 365.0 * 24 * 60 * 60 * 1000;

    private OkxOptions() {}

    /**
     * What the venue said.
     *
     * @param price mark price, coins
     * @param delta of an option on one coin less what it costs in coins, as OKX counts it
     * @param gamma forward x gamma - 2 x delta, as OKX counts it
     * @param vega coins per point of volatility
     * @param openInterest coins
     */
    record Said(
            OptionRight right,
            double strike,
            long expiryMs,
            long timeMs,
            double index,
            double price,
            double volatility,
            double delta,
            double gamma,
            double vega,
            double openInterest) {

        double years() {
            return (expiryMs - timeMs) / MS_PER_YEAR;
        }

        Greeks greeks(double forward) {
            return Black76.greeks(right, forward, strike, years(), volatility);
        }

        /** The forward at which the model's price in coins is the mark price. */
        double impliedForward() {
            double low = index * 0.8;
            double high = index * 1.2;
            for (int i = 0; i < 100; i++) {
                double middle = (low + high) / 2;
                boolean dear = greeks(middle).value() / middle > price;
                if (dear == (right == OptionRight.CALL)) {
                    high = middle;
                } else {
                    low = middle;
                }
            }
            return low;
        }

        OpenOption open(double forward) {
            return new OpenOption(right, strike, expiryMs, forward, volatility, null, null, null, openInterest);
        }
    }

    /** What was said last before the end of each minute, by that end, epoch milliseconds. */
    static NavigableMap<Long, Said> byMinute(Path file) {
        NavigableMap<Long, Said> minutes = new TreeMap<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
            List<String> columns = Arrays.asList(lines.readLine().split(",", -1));
            Map<String, String> last = new HashMap<>();
            long minute = Long.MIN_VALUE;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split(",", -1);
                long its = Math.floorDiv(Long.parseLong(cells[columns.indexOf("timestamp")]), MINUTE_US);
                if (minute != Long.MIN_VALUE && its != minute && isWhole(last)) {
                    minutes.put((minute + 1) * MINUTE_US / 1000, said(last));
                }
                minute = its;
                for (int i = 0; i < cells.length; i++) {
                    if (!cells[i].isEmpty()) {
                        last.put(columns.get(i), cells[i]);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
        return minutes;
    }

    private static boolean isWhole(Map<String, String> last) {
        return last.containsKey("open_interest") && last.containsKey("underlying_price");
    }

    private static Said said(Map<String, String> last) {
        return new Said(
                "call".equals(last.get("type")) ? OptionRight.CALL : OptionRight.PUT,
                number(last, "strike_price"),
                Long.parseLong(last.get("expiration")) / 1000,
                Long.parseLong(last.get("timestamp")) / 1000,
                number(last, "underlying_price"),
                number(last, "mark_price"),
                number(last, "mark_iv"),
                number(last, "delta"),
                number(last, "gamma"),
                number(last, "vega"),
                number(last, "open_interest") * BTC_PER_CONTRACT);
    }

    private static double number(Map<String, String> last, String column) {
        return Double.parseDouble(last.get(column));
    }
}
