package io.plimsoll.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GrowingBytesTest {

    @Test
    void shouldGiveBackWhatWasWrittenRecordByRecord() throws Exception {
        long seed = 20_261_121;
        Random random = new Random(seed);
        GrowingBytes bytes = new GrowingBytes();
        for (int record = 0; record < 200; record++) {
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            for (int pieces = random.nextInt(40); pieces > 0; pieces--) {
                byte[] piece = new byte[random.nextInt(record % 50 == 0 ? 9_000 : 90)];
                random.nextBytes(piece);
                int from = random.nextInt(piece.length + 1);
                bytes.write(piece, from, piece.length - from);
                expected.write(piece, from, piece.length - from);
                bytes.write(piece.length);
                expected.write(piece.length);
            }

            assertThat(bytes.take())
                    .describedAs("record %s, seed %s", record, seed)
                    .isEqualTo(expected.toByteArray());
        }
    }

    @Test
    void shouldForgetWhatWasDropped() {
        GrowingBytes bytes = new GrowingBytes();
        bytes.write(1);

        bytes.drop();
        bytes.write(2);

        assertThat(bytes.take()).containsExactly(2);
    }
}
