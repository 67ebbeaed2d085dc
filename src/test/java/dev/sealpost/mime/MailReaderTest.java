package dev.sealpost.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;

import dev.sealpost.report.Limits;
import dev.sealpost.report.Reason;
import dev.sealpost.report.Rejection;
import dev.sealpost.report.ReportReader;
import dev.sealpost.report.Samples;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("StringConcatToTextBlock")
class MailReaderTest {
    private static final byte[] PACKED = Samples.gzip(Samples.PLAIN.getBytes(StandardCharsets.UTF_8));
    private static final String BASE64 = Base64.getMimeEncoder().encodeToString(PACKED);
    private static final String TOP = "From: a@sender.example\r\nTLS-Report-Domain: rcpt.example\r\n"
            + "TLS-Report-Submitter: sender.example\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: multipart/report; report-type=\"tlsrpt\"; boundary=\"b\"\r\n\r\n"
            + "--b\r\nContent-Type: text/plain\r\n\r\nA report for you.\r\n";
    private static final String GZIP_PART = part("application/tlsrpt+gzip", "base64", BASE64);

    private final MailReader reader = new MailReader(new ReportReader(Limits.DEFAULT));

    @Test
    void standardMail_holdsOneReport() {
        MailReading mail = read(TOP + GZIP_PART + "--b--\r\n");
        assertThat(mail.reports())
                .extracting(readable -> readable.report().reportId())
                .containsExactly("r-1");
        assertThat(mail.reportDomain()).isEqualTo("rcpt.example");
        assertThat(mail.reportSubmitter()).isEqualTo("sender.example");
        assertThat(mail.trouble()).isNull();
        assertThat(mail.parts().getFirst().contentType()).isEqualTo("application/tlsrpt+gzip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/gzip", "application/octet-stream", "text/html", "application/tlsrpt+json"})
    void label_doesNotMatter(String type) {
        assertThat(read(TOP + part(type, "base64", BASE64) + "--b--").reports()).hasSize(1);
        assertThat(read(TOP + part(type, "7bit", Samples.PLAIN) + "--b--").reports())
                .hasSize(1);
    }

    @Test
    void transferEncodings_areReadLeniently() {
        String oneLine = BASE64.replace("\r\n", "");
        assertThat(read(TOP + part("a/b", "base64", oneLine)).reports()).hasSize(1);
        assertThat(read(TOP + part("a/b", "BASE64", oneLine.replace("=", "") + "\r\n"))
                        .reports())
                .hasSize(1);
        assertThat(read(TOP + part("a/b", "base64", "!" + BASE64.replace("\r\n", "\r\n*~ ")))
                        .reports())
                .hasSize(1);
        String quoted = Samples.PLAIN.replace("=", "=3D").replace(",\"", ",=\r\n\"");
        assertThat(read(TOP + part("a/b", "quoted-printable", quoted)).reports())
                .hasSize(1);
    }

    @Test
    void longUnwrappedBase64_isNoHeaderLine() {
        byte[] noise = new byte[200_000];
        new Random(1).nextBytes(noise);
        String text = Samples.PLAIN + Base64.getEncoder().encodeToString(noise);
        String packed = Base64.getEncoder().encodeToString(Samples.gzip(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(read(TOP + part("a/b", "base64", packed) + "--b--").reports())
                .hasSize(1);
    }

    @Test
    void binaryPart_andMissingClosingBoundary_areRead() {
        byte[] head = (TOP + "--b\r\nContent-Type: a/b\r\nContent-Transfer-Encoding: binary\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] mail = Arrays.copyOf(head, head.length + PACKED.length);
        System.arraycopy(PACKED, 0, mail, head.length, PACKED.length);
        assertThat(reader.read(mail).reports()).hasSize(1);
    }

    @Test
    void severalReports_andForwardedMails_areAllFound() {
        String inner =
                TOP.replace("\"b\"", "\"c\"").replace("--b", "--c") + GZIP_PART.replace("--b", "--c") + "--c--\r\n";
        String forwarded = "--b\r\nContent-Type: message/rfc822\r\n\r\n" + inner;
        assertThat(read(TOP + GZIP_PART + forwarded + GZIP_PART + "--b--").reports())
                .hasSize(3);
    }

    @Test
    void plainText_countsOnlyWithoutAnotherReport() {
        String text = part("text/plain", "7bit", Samples.PLAIN.replace("r-1", "r-2"));
        assertThat(read(TOP + text + "--b--").reports())
                .extracting(readable -> readable.report().reportId())
                .containsExactly("r-2");
        assertThat(read(TOP + text + GZIP_PART + "--b--").reports())
                .extracting(readable -> readable.report().reportId())
                .containsExactly("r-1");
        assertThat(read("Subject: x\r\n\r\n" + Samples.PLAIN).reports()).hasSize(1);
    }

    @Test
    void otherMails_holdNothing() {
        String dmarc = Base64.getEncoder().encodeToString(Samples.gzip("<feedback/>".getBytes(StandardCharsets.UTF_8)));
        MailReading mail =
                read(TOP + part("application/gzip", "base64", dmarc) + part("image/png", "7bit", "x") + "--b--");
        assertThat(mail.parts()).isEmpty();
        assertThat(mail.trouble()).isNull();
        assertThat(read(TOP + part("application/tlsrpt+gzip", "base64", dmarc)).parts())
                .singleElement()
                .satisfies(part -> assertThat(part.reading())
                        .isInstanceOfSatisfying(
                                Rejection.class, why -> assertThat(why.reason()).isEqualTo(Reason.NOT_A_REPORT)));
        assertThat(read("").parts()).isEmpty();
    }

    @Test
    void fileNames_areReadInAllForms() {
        assertThat(fileName("Content-Disposition: attachment; filename=\"a!b!1!2.json.gz\""))
                .isEqualTo("a!b!1!2.json.gz");
        assertThat(fileName("Content-Disposition: attachment;\r\n filename*0=\"a!b\";\r\n filename*1=\"!1!2.json\""))
                .isEqualTo("a!b!1!2.json");
        assertThat(fileName("X: y")).isNull();
    }

    @Test
    void parts_atTheLimit_areRead() {
        String other = part("image/png", "7bit", "x");
        MailReading fits = read(TOP + other.repeat(198) + GZIP_PART + "--b--");
        assertThat(fits.reports()).hasSize(1);
        assertThat(fits.trouble()).isNull();
        MailReading exceeds = read(TOP + GZIP_PART + other.repeat(199) + "--b--");
        assertThat(exceeds.reports()).hasSize(1);
        assertThat(exceeds.trouble()).isEqualTo("more than 200 parts");
    }

    @Test
    void depth_atTheLimit_isRead() {
        assertThat(read(nested(10)).reports()).hasSize(1);
        assertThat(read(nested(11)).trouble()).isEqualTo("more than 10 levels");
        assertThat(read(nested(10_000)).trouble()).isEqualTo("more than 10 levels");
    }

    @Test
    void headers_atTheLimit_areRead() {
        assertThat(read("X: y\r\n".repeat(500) + "\r\n" + Samples.PLAIN).reports())
                .hasSize(1);
        assertThat(read("X: y\r\n".repeat(501) + "\r\n" + Samples.PLAIN).trouble())
                .isNotNull();
        assertThat(read("X: " + "y".repeat(60_000) + "\r\n\r\n" + Samples.PLAIN).reports())
                .hasSize(1);
        assertThat(read("X: " + "y".repeat(70_000) + "\r\n\r\n" + Samples.PLAIN).trouble())
                .isNotNull();
    }

    @Test
    void unreadableContainers_areTriedOnlySoOften() {
        String broken = part("application/gzip", "base64", BASE64.substring(0, 60));
        assertThat(read(TOP + broken.repeat(10) + GZIP_PART + "--b--").reports())
                .hasSize(1);
        assertThat(read(TOP + broken.repeat(11) + GZIP_PART + "--b--").trouble())
                .isEqualTo("more than 10 unreadable parts");
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void mutatedMail_isReadTheSameTwice_withoutThrowing(long seed) {
        Random random = new Random(seed);
        byte[] mail = (TOP + GZIP_PART + part("text/plain", "quoted-printable", "=7B}") + "--b--\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        String tokens = "=-:;\"\r\n \0b{/*\u00ff";
        for (int round = 0; round < 2_000; round++) {
            byte[] input = Arrays.copyOf(mail, mail.length - (round % 5 == 0 ? random.nextInt(mail.length) : 0));
            for (int i = random.nextInt(5); i >= 0 && input.length > 0; i--) {
                input[random.nextInt(input.length)] = (byte) tokens.charAt(random.nextInt(tokens.length()));
            }
            assertThat(reader.read(input)).as("seed %d, round %d", seed, round).isEqualTo(reader.read(input));
        }
    }

    private @Nullable String fileName(String header) {
        MailReading mail = read(TOP + GZIP_PART.replace("Content-Type:", header + "\r\nContent-Type:") + "--b--");
        return mail.parts().getFirst().fileName();
    }

    private MailReading read(String mail) {
        return reader.read(mail.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String part(String type, String encoding, String body) {
        return "\r\n--b\r\nContent-Type: " + type + "\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\n" + body
                + "\r\n";
    }

    private static String nested(int levels) {
        StringBuilder mail = new StringBuilder();
        for (int i = 0; i < levels; i++) {
            mail.append("Content-Type: multipart/mixed; boundary=\"n")
                    .append(i)
                    .append("\"\r\n\r\n--n")
                    .append(i);
            mail.append("\r\n");
        }
        return mail.append("Content-Type: application/json\r\n\r\n")
                .append(Samples.PLAIN)
                .toString();
    }
}
