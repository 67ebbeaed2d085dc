package dev.sealpost.intake.mailbox;

import static dev.sealpost.intake.mailbox.Mails.MAIL;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;

import dev.sealpost.mime.MailReader;
import dev.sealpost.origin.Provenance;
import dev.sealpost.report.Limits;
import dev.sealpost.report.ReportReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("StringConcatToTextBlock")
class HostileMailTest {
    private static final String CONTACT = "tls@carrier.example";

    private final Mails mails = new Mails();
    private final Signer signer = mails.signer("carrier.example", "");

    @Test
    @Timeout(10)
    void onlyTheFirstSignaturesAreLookedAt_withOneLookupEach() {
        String valid = signer.sign(MAIL);
        String one = new Signer(Mails.KEYS, "d.example")
                .sign(MAIL, "q=dns/txt:dns/txt; ", "From")
                .replace(MAIL, "");
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 499; i++) {
            many.append(one.replace("d.example", "d" + i + ".example"));
        }
        assertThat(mails.judge(many + valid)).startsWith("unverified: the mail's header is malformed or too large");
        assertThat(mails.lookups).hasValue(0);
        many.setLength(many.indexOf("d=d400.example"));
        many.setLength(many.lastIndexOf("DKIM-Signature:"));
        assertThat(mails.judge(many + valid)).startsWith("unverified: no valid DKIM signature");
        assertThat(mails.lookups).hasValue(5);
    }

    @Test
    @Timeout(10)
    void hugeFieldsAndListsTakeLittleTime() {
        String names = "From:" + "X:".repeat(3_000) + "To";
        assertThat(mails.judge(signer.sign("X: y\r\n".repeat(480) + MAIL, "", "From:To")))
                .startsWith("dkim-aligned");
        mails.judge("X: y\r\n".repeat(480) + signer.sign(MAIL, "", names));
        mails.judge(("DKIM-Signature: v=1; a=rsa-sha256; h=From:" + "a:".repeat(30_000) + "\r\n").repeat(16) + MAIL);
        mails.judge(("DKIM-Signature: " + " \t".repeat(32_000) + "\r\n").repeat(30) + MAIL);
        mails.judge(("X: " + " \t".repeat(32_000) + "\r\n").repeat(15) + signer.sign(MAIL, "", "From:X:X:X:X:X:X:X"));
        assertThat(mails.judge("X: " + "y".repeat(70_000) + "\r\n" + signer.sign(MAIL)))
                .contains("too large");
        assertThat(mails.judge("X: y\r\n".repeat(500) + signer.sign(MAIL))).contains("too large");
    }

    @Test
    @Timeout(10)
    void largeBodyIsHashedOnlyForValidSignatures() {
        String body = "a  \t b\r\n\r\n\r\n".repeat(1_500_000);
        String mail = signer.withCanon("relaxed/relaxed").sign(MAIL);
        assertThat(mails.judge(mail + body)).startsWith("unverified");
    }

    @Test
    void mailsOfLameDomainsHoldUpNobodyForLong() {
        String lame = new Signer(Mails.KEYS, "d.example", "lame", "relaxed/simple", "rsa-sha256")
                .sign(MAIL)
                .replace(MAIL, "");
        long start = mails.nanos.get();
        for (int i = 0; i < 100; i++) {
            StringBuilder mail = new StringBuilder(MAIL);
            for (int signature = 0; signature < 5; signature++) {
                mail.insert(0, lame.replace("d.example", "d" + i + "-" + signature + ".example"));
            }
            long before = mails.nanos.get();
            assertThat(mails.judge(mail.toString())).startsWith("unverified");
            assertThat(mails.nanos.get() - before)
                    .isLessThanOrEqualTo(Duration.ofSeconds(5).toNanos());
        }
        assertThat(Duration.ofNanos(mails.nanos.get() - start)).isLessThan(Duration.ofSeconds(60));
        assertThat(mails.judge(signer.sign(MAIL))).startsWith("dkim-aligned");
    }

    @Test
    void lameDomainIsAskedOnceAMinute() {
        String mail = new Signer(Mails.KEYS, "x.example", "lame", "simple/simple", "rsa-sha256").sign(MAIL);
        for (int i = 0; i < 50; i++) {
            assertThat(mails.judge(mail)).endsWith("its key cannot be looked up now: no answer in time");
        }
        assertThat(mails.lookups).hasValue(1);
        mails.nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        mails.judge(mail);
        assertThat(mails.lookups).hasValue(2);
    }

    /** What our walk over the mail may take for the end of the header must not be one that signatures do not know of. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X: a\n\n%s\r\n",
                "X: a\r\r%s\r\n",
                "X: a\r\n\n%s\r\n",
                "X: a\n\r\n%s\r\n",
                "%s\r\n",
                " %s\r\n",
                "no colon\r\n%s\r\n",
                "\n%s\r\n",
                "X : a\r\n%s\r\n",
                "From x@y Mon Nov 24 12:00:00 2026\r\n",
                "X: a\r\n \r\n\t%s\r\n",
                "X: a\0\r\n \0%s\r\n",
                ": %s\r\n",
                "\r\n%s\r\n"
            })
    void noBodyIsSmuggledBeforeTheSignedOne(String before) {
        String report =
                "{\"organization-name\":\"Carrier\",\"contact-info\":\"tls@carrier.example\",\"report-id\":\"forged\","
                        + "\"date-range\":{\"start-datetime\":\"2026-11-01T00:00:00Z\",\"end-datetime\":\"2026-11-01T23:59:59Z\"},"
                        + "\"policies\":[]}";
        byte[] mail = Mails.bytes(before.formatted(report) + signer.sign(MAIL));
        Signatures.Judgement judgement =
                mails.authenticity.of(mail, null, Mails.TRUST).judge(Mails.report(CONTACT), "carrier.example");
        boolean found = new MailReader(new ReportReader(Limits.DEFAULT))
                .read(mail).reports().stream()
                        .anyMatch(readable -> readable.report().reportId().equals("forged"));
        assertThat(found && judgement.provenance() == Provenance.DKIM_ALIGNED).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void mutatedMailIsNeverAligned_unlessNothingCoveredChanged(long seed) {
        Random random = new Random(seed);
        Signer strict = signer.withCanon("simple/simple");
        String signed = strict.sign(MAIL);
        byte[] mail = Mails.bytes(signed);
        String tokens = "=-:;\"\r\n \0b{/*\u00ffA1";
        int aligned = 0;
        for (int round = 0; round < 1_500; round++) {
            byte[] input = mail.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                input[random.nextInt(input.length)] = (byte) tokens.charAt(random.nextInt(tokens.length()));
            }
            Signatures.Judgement judgement = mails.authenticity
                    .of(input, null, new Trust(Set.of("mx"), false))
                    .judge(Mails.report(CONTACT), "carrier.example");
            assertThat(judgement.reason()).as("seed %d, round %d", seed, round).matches("\\p{Print}{1,200}");
            if (judgement.provenance() == Provenance.DKIM_ALIGNED) {
                aligned++;
                String text = new String(input, StandardCharsets.ISO_8859_1);
                assertThat(covered(text)).as("seed %d, round %d", seed, round).isEqualTo(covered(signed));
            }
        }
        assertThat(aligned).isPositive();
    }

    /** All but the value of b=, in which white space and other letters may have come and gone, and the body's last lines. */
    private static String covered(String mail) {
        int from = mail.indexOf(" b=") + 3;
        return mail.substring(0, from)
                + mail.substring(mail.indexOf("\r\nFrom:")).replaceAll("(\r\n)*$", "");
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void anyBytesAreJudged(long seed) {
        Random random = new Random(seed);
        byte[] mail =
                Mails.bytes("Authentication-Results: mx; dkim=pass header.d=carrier.example\r\n" + signer.sign(MAIL));
        for (int round = 0; round < 3_000; round++) {
            byte[] input = Arrays.copyOf(mail, random.nextInt(mail.length + 1));
            for (int i = random.nextInt(40); i >= 0 && input.length > 0; i--) {
                input[random.nextInt(input.length)] = (byte) random.nextInt();
            }
            assertThat(mails.authenticity
                            .of(input, null, new Trust(Set.of("mx"), false))
                            .judge(Mails.report(null), "\0")
                            .reason())
                    .as("seed %d, round %d", seed, round)
                    .matches("\\p{Print}{1,200}");
        }
    }
}
