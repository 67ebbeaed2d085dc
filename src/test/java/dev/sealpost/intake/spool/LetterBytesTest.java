package dev.sealpost.intake.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import dev.sealpost.origin.MailClaims;
import dev.sealpost.origin.Origin;
import dev.sealpost.stream.Letter;
import org.junit.jupiter.api.Test;

class LetterBytesTest {
    private static final byte[] JUNK = {0, -1, 13, 10};

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
        Letter letter = new Letter.DeadLetter(Letters.origin(1), JUNK, "bad-json", "not JSON at byte 1");
        assertThat(LetterBytes.read(LetterBytes.of(letter)))
                .usingRecursiveComparison()
                .isEqualTo(letter);
    }

    @Test
    void whatAMailClaimsComesBack_alsoInPart() {
        for (MailClaims claims : List.of(
                new MailClaims("a.example", "b.example", "no DKIM signature"),
                new MailClaims(null, "b.example", null),
                new MailClaims("a.example", null, null))) {
            Origin origin = Letters.origin(1, claims);
            for (Letter letter : List.of(
                    new Letter.ReportLetter(origin, "a.example", JUNK),
                    new Letter.DeadLetter(origin, JUNK, "bad-json", "not JSON at byte 1"))) {
                assertThat(LetterBytes.read(LetterBytes.of(letter)))
                        .usingRecursiveComparison()
                        .isEqualTo(letter);
            }
        }
    }

    @Test
    void recordsFromBeforeMailsHadClaimsAreRead() {
        byte[] record = HexFormat.of()
                .parseHex(
                        "0100000000000000010000000000000001000000006ae68101075bca0000056874747073000b323030313a6462383a3a"
                                + "31000a756e766572696669656401000674656e616e74000b6578616d706c652e6f72677b227265706f72742d6964223a"
                                + "2231227d");
        assertThat(LetterBytes.read(record)).usingRecursiveComparison().isEqualTo(Letters.letter(1));
        assertThat(LetterBytes.of(Letters.letter(1)))
                .as("and an older release reads ours")
                .isEqualTo(record);
    }

    @Test
    void damagedBytesAreNoLetterOrAnotherOneButNeverAnException() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            Origin origin = Letters.origin(7, round % 2 == 0 ? null : new MailClaims("a.example", null, "none"));
            byte[] good = LetterBytes.of(new Letter.ReportLetter(origin, "example.org", JUNK));
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
