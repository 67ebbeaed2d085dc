package dev.sealpost.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import dev.sealpost.report.Limits;
import dev.sealpost.report.ReportReader;
import org.junit.jupiter.api.Test;

/** Whoever signs a mail signs its attachments; what strangers wrote may stand anywhere else. */
class AttachedTest {
    private static final String REPORT = """
            {"organization-name":"A","date-range":{"start-datetime":"2026-11-01T00:00:00Z",\
            "end-datetime":"2026-11-01T23:59:59Z"},"contact-info":"a@a.example","report-id":"1",\
            "policies":[{"policy":{"policy-type":"sts","policy-domain":"b.example"},\
            "summary":{"total-successful-session-count":1,"total-failure-session-count":0}}]}""";

    private static final String ATTACHED = "Content-Type: application/tlsrpt+json\n\n" + REPORT + "\n";

    private final MailReader reader = new MailReader(new ReportReader(Limits.DEFAULT));

    private MailPart only(String mail) {
        byte[] bytes = ("From: a@a.example\nMIME-Version: 1.0\n" + mail)
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(reader.read(bytes).reports()).hasSize(1);
        return reader.read(bytes).parts().getFirst();
    }

    private static String multipart(String part) {
        return "Content-Type: multipart/mixed; boundary=b\n\n--b\n" + part + "--b--\n";
    }

    @Test
    void anAttachmentOfTheMailItselfIsAttached() {
        assertThat(only(ATTACHED).attached()).isTrue();
        assertThat(only(multipart(ATTACHED)).attached()).isTrue();
    }

    @Test
    void whatStandsInTextOrInAMailThatCameAlongIsNot() {
        assertThat(only("Content-Type: text/plain\n\n" + REPORT + "\n").attached())
                .isFalse();
        assertThat(only("\n" + REPORT + "\n").attached()).isFalse();
        String inner = "Content-Type: message/rfc822\n\nFrom: c@c.example\nMIME-Version: 1.0\n" + ATTACHED;
        assertThat(only(multipart(inner)).attached()).isFalse();
    }

    @Test
    void whatIsFoundWhereNoHeaderSaysSoIsNot() {
        assertThat(only("Content-Type: text/plain\n\nhello\n--b\n" + ATTACHED + "--b--\n")
                        .attached())
                .isFalse();
    }
}
