package dev.sealpost.intake.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;

import dev.sealpost.stream.Letter;
import org.junit.jupiter.api.Test;

class LetterBytesTest {
    @Test
    void aReportComesBackWithAllOfItsOrigin() {
        for (int i = 0; i < 2; i++) {
            Letter letter = Letters.letter(i);
            assertThat(LetterBytes.read(LetterBytes.of(letter)))
                    .usingRecursiveComparison()
                    .isEqualTo(letter);
        }
    }

    @Test
    void aDeadLetterComesBackWithItsReason() {
        byte[] junk = {0, -1, 13, 10};
        Letter letter = new Letter.DeadLetter(Letters.origin(1), junk, "bad-json", "not JSON at byte 1");
        assertThat(LetterBytes.read(LetterBytes.of(letter)))
                .usingRecursiveComparison()
                .isEqualTo(letter);
    }

    @Test
    void damagedBytesAreNoLetterOrAnotherOneButNeverAnException() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] good = LetterBytes.of(Letters.letter(7));
        for (int round = 0; round < 20_000; round++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 4));
            for (int flips = random.nextInt(4); flips >= 0 && bad.length > 0; flips--) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Letter read = LetterBytes.read(bad);
            assertThat(read == null || read.value().length <= bad.length)
                    .as("seed %d", seed)
                    .isTrue();
        }
    }
}
