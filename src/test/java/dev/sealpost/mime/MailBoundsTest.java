package dev.sealpost.mime;

import static dev.sealpost.mime.TestMail.REPORT_TYPE;
import static dev.sealpost.mime.TestMail.base64;
import static dev.sealpost.mime.TestMail.gzip;
import static dev.sealpost.mime.TestMail.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.sun.management.ThreadMXBean;
import dev.sealpost.report.Limits;
import dev.sealpost.report.ReportReader;
import dev.sealpost.report.Samples;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What hostile mails may cost: CPU time and allocated bytes of the thread that reads, whatever runs beside. */
class MailBoundsTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final MailReader MAILS = new MailReader(new ReportReader(Limits.DEFAULT));
    private static final String TLSRPT = "application/tlsrpt+gzip";
    private static final String BROKEN = "broken or oversize MIME structure";
    private static final String LEVELS = "more than 10 levels";
    private static final int MIB = 1 << 20;

    @BeforeAll
    static void compileWhatIsMeasured() {
        for (int i = 0; i < 2_000; i++) {
            MAILS.read(TestMail.standard("r-1"));
        }
    }

    @Test
    void levels_areBounded() {
        StringBuilder tree = new StringBuilder();
        for (int level = 0; level < 50; level++) {
            tree.append("Content-Type: multipart/mixed; boundary=n%d\r\n\r\n--n%d\r\n".formatted(level, level));
        }
        expect(report().line("--b").raw(tree.toString()), LEVELS, Duration.ofMillis(500), 10);
        String chain = "Content-Type: message/rfc822\r\n\r\n".repeat(1_000);
        expect(report().line("--b").raw(chain), LEVELS, Duration.ofMillis(500), 10);
    }

    @Test
    void parts_areBounded() {
        String part = "--b\r\nContent-Type: image/png\r\n\r\nx\r\n";
        expect(report().raw(part.repeat(10_000)), "more than 200 parts", Duration.ofMillis(500), 20);
        expect(
                report().raw("--b\r\n\r\n{\r\n".repeat(10_000)),
                "more than 10 unreadable parts",
                Duration.ofMillis(500),
                20);
    }

    @Test
    void headers_areBounded() {
        String long30 = "X: " + "y".repeat(30 * MIB);
        expect(report().line("--b").line(long30).blank(), BROKEN, Duration.ofMillis(500), 10);
        String folded = "X: y" + "\r\n y".repeat(10 * MIB);
        expect(report().line("--b").line(folded).blank(), BROKEN, Duration.ofMillis(500), 10);
        expect(report().line("--b").raw("X: y\r\n".repeat(100_000)), BROKEN, Duration.ofMillis(500), 10);
    }

    @Test
    void outermostHeader_isBounded() {
        String long30 = "X: " + "y".repeat(30 * MIB) + "\r\n\r\n";
        assertThat(measured(new TestMail().raw(long30), Duration.ofMillis(500), 40)
                        .trouble())
                .isEqualTo(BROKEN);
        assertThat(measured(new TestMail().raw("y".repeat(30 * MIB)), Duration.ofMillis(500), 120)
                        .trouble())
                .isNotNull();
    }

    @Test
    void parameters_areBounded() {
        StringBuilder pieces = new StringBuilder("Content-Disposition: attachment");
        for (int piece = 0; piece < 1_000_000; piece++) {
            pieces.append("; filename*").append(piece).append("=a");
        }
        expect(report().line("--b").line(pieces.toString()).blank(), BROKEN, Duration.ofMillis(500), 10);
        String type = "Content-Type: " + TLSRPT + pieces.substring(31, 64_000);
        expect(report().packed(type).end(), null, Duration.ofMillis(500), 20, 2);
    }

    @Test
    void base64WithoutEnd_isBounded() {
        String line = "H4sIAAAAAAAAA".repeat(5) + "\r\n";
        String endless = line.repeat(64 * MIB / line.length());
        expect(
                report().part(TLSRPT, "base64", endless)
                        .packed("Content-Type: " + TLSRPT)
                        .end(),
                "a part of more than 33554432 bytes was left out",
                Duration.ofSeconds(2),
                100,
                2);
        String other = "AAAAAAAAAAAAA".repeat(5) + "\r\n";
        String open = other.repeat(16 * MIB / other.length());
        expect(report().headedPart("Content-Transfer-Encoding: base64", ascii(open)), null, Duration.ofSeconds(2), 100);
        expect(
                report().headedPart("Content-Type: multipart/mixed; boundary=c", ascii(open)),
                null,
                Duration.ofSeconds(2),
                100);
    }

    @Test
    void base64InBase64_isOpenedOnce() {
        byte[] layers = gzip("r-2");
        for (int layer = 0; layer < 30; layer++) {
            layers = ascii(base64(layers));
        }
        expect(report().part(TLSRPT, "base64", layers).end(), null, Duration.ofSeconds(1), 100, 1);
    }

    @Test
    void boundariesMadeToBeSearchedFor_areBounded() {
        String dashes = ("-".repeat(90) + "\n").repeat(16 * MIB / 91);
        expect(report().raw(dashed(100, 96, 92)).raw(dashes), null, Duration.ofSeconds(5), 100);
        String trouble = "boundaries of more than 300 characters";
        expect(report().raw(dashed(100, 96, 92, 88)).raw(dashes), trouble, Duration.ofMillis(500), 10);
        expect(report().raw(dashed(3_900)).raw(dashes), trouble, Duration.ofMillis(500), 10);
    }

    private static String dashed(int... lengths) {
        StringBuilder levels = new StringBuilder("--b\n");
        for (int length : lengths) {
            String boundary = "-".repeat(length);
            levels.append("Content-Type: multipart/mixed; boundary=\"%s\"\n\n--%s\n".formatted(boundary, boundary));
        }
        return levels.append('\n').toString();
    }

    @Test
    void bombs_areTriedOnlySoOften() {
        String bomb = base64(Samples.gzip(new byte[64 * MIB]));
        TestMail mail = report();
        for (int part = 0; part < 100; part++) {
            mail.part(part % 2 == 0 ? TLSRPT : "text/plain", part % 2 == 0 ? "base64" : "7bit", bomb);
        }
        expect(mail.end(), "more than 10 unreadable parts", Duration.ofSeconds(5), 1_000);
    }

    @Test
    void largeReports_areKeptOnlySoMany() {
        String spaces = json("r-2").replace("\"policies\"", " ".repeat(30 * MIB) + "\"policies\"");
        String packed = base64(Samples.gzip(ascii(spaces)));
        TestMail mail = report();
        for (int part = 0; part < 100; part++) {
            mail.part(TLSRPT, "base64", packed);
        }
        expect(mail.end(), "more than 67108864 bytes of reports", Duration.ofSeconds(5), 500, 4);
    }

    private static TestMail report() {
        return TestMail.of(REPORT_TYPE).blank().words().packed("Content-Type: " + TLSRPT);
    }

    private static void expect(TestMail mail, @Nullable String trouble, Duration cpu, int mebibytes) {
        expect(mail, trouble, cpu, mebibytes, 1);
    }

    private static void expect(TestMail mail, @Nullable String trouble, Duration cpu, int mebibytes, int reports) {
        MailReading reading = measured(mail, cpu, mebibytes);
        assertThat(reading.trouble()).isEqualTo(trouble);
        assertThat(reading.reports()).hasSize(reports);
    }

    private static MailReading measured(TestMail mail, Duration cpu, int mebibytes) {
        byte[] bytes = mail.bytes();
        long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
        long before = THREADS.getCurrentThreadCpuTime();
        MailReading reading = MAILS.read(bytes);
        long spent = THREADS.getCurrentThreadCpuTime() - before;
        long allocated = (THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore) / MIB;
        assertThat(Duration.ofNanos(spent)).as("CPU time").isLessThan(cpu);
        assertThat(allocated).as("MiB allocated").isLessThan(mebibytes);
        return reading;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
