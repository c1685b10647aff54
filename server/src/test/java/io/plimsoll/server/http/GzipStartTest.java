package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipStartTest {

    private final Random random = new Random(7);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 16 * 1024, 100_000, 1_000_000})
    void shouldBeReadWithWhicheverEnd(int length) throws IOException {
        for (byte[] text : new byte[][] {repeating(length), scattered(length)}) {
            GzipStart start = GzipStart.of(text);
            for (int endLength : new int[] {0, 1, 17, 65_535}) {
                byte[] end = scattered(endLength);
                byte[] whole = concat(text, end);

                assertThat(unpacked(start.endedBy(end))).isEqualTo(whole);
                assertThat(start.plain(end)).isEqualTo(whole);
            }
        }
    }

    @Test
    void shouldTakeLessWhereThereIsLessToSay() {
        assertThat(GzipStart.of(repeating(1_000_000)).bytes()).isLessThan(20_000);
    }

    @Test
    void shouldRefuseAnEndThatIsTooLong() {
        GzipStart start = GzipStart.of(repeating(10));

        assertThatThrownBy(() -> start.endedBy(new byte[65_536])).hasMessageContaining("65536 bytes, at most 65535");
    }

    private static byte[] unpacked(byte[] compressed) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes();
    }

    private static byte[] repeating(int length) {
        return "{\"bucket\":17},".repeat(length / 14 + 1).substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] scattered(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
