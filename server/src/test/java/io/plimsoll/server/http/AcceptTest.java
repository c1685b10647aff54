package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptTest {

    private static final List<String> OFFERED = List.of("application/json", "text/csv");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/* | application/json",
                "text/csv | text/csv",
                "TEXT/CSV; header=present | text/csv",
                "text/* | text/csv",
                "application/json, text/csv | application/json",
                "application/json;q=0.5, text/csv | text/csv",
                "text/html, */*;q=0.1 | application/json",
                "application/json;q=0, */* | text/csv",
                "text/csv;q=0, text/* | ",
                "text/html | ",
                "*/*;q=0 | ",
                ";, | ",
            })
    void shouldChooseWhatIsWantedMost(String header, String chosen) {
        assertThat(Accept.choose(header, OFFERED).orElse(null)).isEqualTo(chosen);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip | true",
                "deflate, GZIP;q=0.5 | true",
                "gzip;q=0 | false",
                "br | false",
                "x-gzip | false",
                "'' | false",
                " | false",
            })
    void shouldCompressOnlyForThoseWhoTakeIt(String header, boolean takes) {
        assertThat(Accept.takesGzip(header)).isEqualTo(takes);
    }

    @Test
    void shouldTakeSilenceForAnything() {
        assertThat(Accept.choose(null, OFFERED)).contains("application/json");
        assertThat(Accept.choose(" ", OFFERED)).contains("application/json");
    }
}
