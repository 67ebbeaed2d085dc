package dev.sealpost.acceptance;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A report as a mail (RFC 8460, section 5.3). */
final class ReportMail {
    private ReportMail() {}

    static byte[] of(String json) {
        String base64 = Base64.getMimeEncoder().encodeToString(Reports.gzip(json));
        return """
                From: tlsrpt@sender.example
                To: reports@example.org
                Subject: Report Domain: example.org Submitter: sender.example Report-ID: <1@sender.example>
                TLS-Report-Domain: example.org
                TLS-Report-Submitter: sender.example
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type="tlsrpt"; boundary="b1"

                --b1
                Content-Type: text/plain

                This is an aggregate TLS report.
                --b1
                Content-Type: application/tlsrpt+gzip
                Content-Transfer-Encoding: base64
                Content-Disposition: attachment; filename="sender.example!example.org!1!2.json.gz"

                %s
                --b1--
                """.formatted(base64).replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] other(String text) {
        return ("From: a@b.example\r\nSubject: hello\r\n\r\n" + text + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
