package dev.sealpost.mime;

import static dev.sealpost.mime.TestMail.REPORT_TYPE;
import static dev.sealpost.mime.TestMail.base64;
import static dev.sealpost.mime.TestMail.plain;
import static dev.sealpost.mime.TestMail.standard;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import dev.sealpost.report.Limits;
import dev.sealpost.report.Reason;
import dev.sealpost.report.Rejection;
import dev.sealpost.report.ReportReader;
import dev.sealpost.report.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MailKindTest {
    private static final byte[] XML = "<?xml version=\"1.0\"?><feedback/>".getBytes(StandardCharsets.US_ASCII);

    private final MailReader mails = new MailReader(new ReportReader(Limits.DEFAULT));

    @ParameterizedTest
    @MethodSource("others")
    void mailsWithoutReport_areOfTheirKind(String name, MailKind kind, TestMail mail) {
        MailReading reading = mails.read(mail.bytes());
        assertThat(reading.kind()).as(name).isEqualTo(kind);
        assertThat(reading.parts()).isEmpty();
        assertThat(reading.trouble()).isNull();
    }

    static Stream<Arguments> others() {
        String packed = base64(Samples.gzip(XML));
        return Stream.of(
                other("nothing", MailKind.OTHER, new TestMail()),
                other("header only", MailKind.OTHER, new TestMail().line("From: a@b")),
                other(
                        "words",
                        MailKind.OTHER,
                        plain("text/plain").blank().raw("Hello,\r\nthank you: {we} read [it].\r\n")),
                other("spam", MailKind.OTHER, plain("text/html").blank().raw("<b>Cheap!</b>{}")),
                other("announcement", MailKind.OTHER, top("Auto-Submitted: auto-generated")),
                other("not automatic", MailKind.OTHER, top("Auto-Submitted: no")),
                other(
                        "picture",
                        MailKind.OTHER,
                        mixed().part("image/png", "base64", "iVBORw0KGgo=").end()),
                other("DMARC", MailKind.DMARC, mixed().packedXml("a!b!1!2.xml.gz", packed)),
                other("DMARC as zip", MailKind.DMARC, mixed().packedXml("a!b!1!2.zip", "UEsDBA==")),
                other(
                        "DMARC without a name",
                        MailKind.DMARC,
                        reportSubject()
                                .part("application/gzip", "base64", packed)
                                .end()),
                other(
                        "DMARC as text",
                        MailKind.DMARC,
                        mixed().part("text/xml", "7bit", XML).end()),
                other(
                        "vacation",
                        MailKind.AUTO_REPLY,
                        top("Auto-Submitted: auto-replied (vacation)\r\nReturn-Path: <>")),
                other("old auto-reply", MailKind.AUTO_REPLY, top("Precedence: auto_reply")),
                other("older auto-reply", MailKind.AUTO_REPLY, top("X-Autoreply: yes")),
                other(
                        "receipt",
                        MailKind.AUTO_REPLY,
                        plain("multipart/report; report-type=disposition-notification; boundary=b")
                                .blank()
                                .words()
                                .end()),
                other(
                        "bounce by its label alone, in capitals",
                        MailKind.BOUNCE,
                        plain("MULTIPART/REPORT; REPORT-TYPE=\"DELIVERY-STATUS\"; boundary=b")
                                .blank()
                                .words()
                                .end()),
                other(
                        "bounce by its label alone, folded",
                        MailKind.BOUNCE,
                        plain("multipart/report;\r\n\treport-type=Delivery-Status; boundary=b")
                                .blank()
                                .words()
                                .end()),
                other(
                        "bounce by its label alone, with a character that does not show",
                        MailKind.BOUNCE,
                        plain("multipart/report; report-type=delivery-\u0001status; boundary=b")
                                .blank()
                                .words()
                                .end()),
                other("bounce", MailKind.BOUNCE, bounce().end()),
                other(
                        "qmail's bounce",
                        MailKind.BOUNCE,
                        new TestMail()
                                .line("From: MAILER-DAEMON@mx.example")
                                .blank()
                                .raw("Hi.")),
                other("bounce without words", MailKind.BOUNCE, top("Return-Path: <>")));
    }

    @Test
    void reportInABounce_wasSentToSomebodyElse() {
        TestMail bounce = bounce().part(
                        "message/rfc822",
                        "8bit",
                        new String(standard("r-1"), StandardCharsets.ISO_8859_1)
                                .replace("\"b\"", "\"c\"")
                                .replace("--b", "--c"))
                .end();
        MailReading reading = mails.read(bounce.bytes());
        assertThat(reading.kind()).isEqualTo(MailKind.BOUNCE);
        assertThat(reading.parts()).isEmpty();
    }

    @Test
    void forwardedBounce_hidesNoReport() {
        TestMail mail = TestMail.of(REPORT_TYPE)
                .blank()
                .packed("Content-Type: application/tlsrpt+gzip")
                .part(
                        "message/rfc822",
                        "8bit",
                        bounce().text().replace("=b", "=c").replace("--b", "--c") + "--c--\r\n")
                .end();
        assertThat(mails.read(mail.bytes()).reports()).hasSize(1);
    }

    @Test
    void reportWithoutReturnPath_isAReport() {
        TestMail mail = new TestMail()
                .line("Return-Path: <>")
                .line("Auto-Submitted: auto-replied")
                .raw(standard("r-1"));
        assertThat(mails.read(mail.bytes()).kind()).isEqualTo(MailKind.REPORT);
    }

    @Test
    void whatIsLabelledAsAReport_wasMeantToBeOne() {
        TestMail mail = reportSubject()
                .part("application/tlsrpt+gzip", "base64", base64(Samples.gzip(XML)))
                .end();
        MailReading reading = mails.read(mail.bytes());
        assertThat(reading.kind()).isEqualTo(MailKind.REPORT);
        assertThat(reading.parts())
                .singleElement()
                .satisfies(part -> assertThat(part.reading())
                        .isInstanceOfSatisfying(
                                Rejection.class, why -> assertThat(why.reason()).isEqualTo(Reason.NOT_A_REPORT)));
    }

    private static TestMail top(String fields) {
        return new TestMail().line("From: a@b.example").line(fields).blank().raw("I am away.\r\n");
    }

    private static TestMail mixed() {
        return plain("multipart/mixed; boundary=b").blank().words();
    }

    private static TestMail reportSubject() {
        return TestMail.of("multipart/mixed; boundary=b").blank().words();
    }

    private static TestMail bounce() {
        return new TestMail()
                .line("From: MAILER-DAEMON@mx.example")
                .line("Content-Type: multipart/report; report-type=delivery-status; boundary=b")
                .blank()
                .words()
                .part("message/delivery-status", "7bit", "Reporting-MTA: dns; mx.example\r\n\r\nAction: failed\r\n");
    }

    private static Arguments other(String name, MailKind kind, TestMail mail) {
        return Arguments.of(name, kind, mail);
    }
}
