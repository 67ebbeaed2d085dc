package dev.sealpost.mime;

import static dev.sealpost.mime.TestMail.REPORT_TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sealpost.report.Limits;
import dev.sealpost.report.ReportReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MailHeaderTest {
    private final MailReader mails = new MailReader(new ReportReader(Limits.DEFAULT));

    @Test
    void reportHeaders_areReadInAllForms() {
        assertThat(domain("TLS-Report-Domain: rcpt.example")).isEqualTo("rcpt.example");
        assertThat(domain("tls-REPORT-domain:rcpt.example ")).isEqualTo("rcpt.example");
        assertThat(domain("TLS-Report-Domain:\r\n rcpt.example")).isEqualTo("rcpt.example");
        assertThat(domain("TLS-Report-Domain: one.example\r\nTLS-Report-Domain: two.example"))
                .isEqualTo("one.example");
        assertThat(domain("TLS-Report-Domain: \r\nTLS-Report-Domain: two.example"))
                .isEqualTo("two.example");
        assertThat(domain("TLS-Report-Domain: a\0b\u0007c")).isEqualTo("abc");
        assertThat(domain("TLS-Report-Domain: " + "x".repeat(5_000))).hasSize(255);
        assertThat(domain("X: y")).isNull();
    }

    @Test
    void body_winsOverHeaders() {
        MailReading mail = mails.read(mail("TLS-Report-Domain: other.example", "X: y"));
        assertThat(mail.reportDomain()).isEqualTo("other.example");
        assertThat(mail.reports().getFirst().report().policies().getFirst().policyDomain())
                .hasToString("rcpt.example");
    }

    @Test
    void fileNames_areReadInAllForms() {
        assertThat(name("Content-Disposition: attachment; filename=\"a!b!1!2.json.gz\""))
                .isEqualTo("a!b!1!2.json.gz");
        assertThat(name("Content-Disposition: attachment; FileName=a!b!1!2.json.gz"))
                .isEqualTo("a!b!1!2.json.gz");
        assertThat(name("Content-Type: application/gzip; name=\"a.gz\"")).isEqualTo("a.gz");
        assertThat(
                        name(
                                "Content-Type: application/gzip; name=\"a.gz\"\r\nContent-Disposition: attachment; filename=b.gz"))
                .isEqualTo("b.gz");
        assertThat(name("Content-Disposition: attachment;\r\n filename*0=\"a!b\";\r\n filename*1=\"!1!2.json\""))
                .isEqualTo("a!b!1!2.json");
        assertThat(name("Content-Disposition: attachment; filename*=utf-8''a%21b%C3%A4.json"))
                .isEqualTo("a!b\u00e4.json");
        assertThat(name("Content-Disposition: attachment; filename*0*=utf-8'en'a%21; filename*1*=b.gz"))
                .isEqualTo("a!b.gz");
        assertThat(name("Content-Disposition: attachment; filename=\"=?utf-8?B?YSFiLmd6?=\""))
                .isEqualTo("a!b.gz");
        assertThat(name("Content-Disposition: attachment; filename=\"=?utf-8?Q?a=21b=2Egz?=\""))
                .isEqualTo("a!b.gz");
        assertThat(name("Content-Disposition: attachment; filename=\"a!\r\n b.gz\""))
                .isEqualTo("a! b.gz");
        assertThat(name("Content-Disposition: attachment; filename=\"../../etc/passwd\""))
                .isEqualTo("../../etc/passwd");
        assertThat(name("Content-Disposition: attachment")).isNull();
        assertThat(name("Content-Disposition: attachment; filename=\"\"")).isNull();
        assertThat(name("Content-Disposition: attachment; filename=" + "x".repeat(5_000)))
                .hasSize(1_024);
        assertThat(name("Content-Disposition: attachment; filename*=no-such-charset''a%21b"))
                .isNotNull();
    }

    @Test
    void whomTheMailNames_byItsHeaders_elseItsSubject_elseTheFileName() {
        String headers = "TLS-Report-Domain: xn--Rckfall-n2a.Example.\r\nTLS-Report-Submitter: Sub.Example\r\n";
        String subject = "Subject: Report Domain: subject.example Submitter: by.example\r\n Report-ID: <1@by.example>";
        String file = "Content-Disposition: attachment; filename=\"by.file!File.example!1!2!id.json.gz\"";
        assertThat(claimed(headers + subject, file))
                .isEqualTo(new ClaimedDomains("xn--rckfall-n2a.example", "sub.example"));
        assertThat(claimed(subject, file)).isEqualTo(new ClaimedDomains("subject.example", "by.example"));
        assertThat(claimed("Subject: hello", file)).isEqualTo(new ClaimedDomains("file.example", "by.file"));
        assertThat(claimed("TLS-Report-Domain: a.example", file))
                .as("each by itself")
                .isEqualTo(new ClaimedDomains("a.example", "by.file"));
        assertThat(claimed("TLS-Report-Domain: no domain\r\n" + subject, "X: y"))
                .isEqualTo(new ClaimedDomains("subject.example", "by.example"));
        assertThat(claimed("X: y", "X: y")).isEqualTo(new ClaimedDomains(null, null));
    }

    @Test
    void subjectsAndFileNamesOfAllForms() {
        assertThat(claimed("Subject: Fwd: REPORT domain:a.example,submitter:b.example", "X: y"))
                .isEqualTo(new ClaimedDomains("a.example", "b.example"));
        assertThat(claimed("Subject: =?utf-8?Q?Report_Domain:_a.example_Submitter:_b.example?=", "X: y"))
                .isEqualTo(new ClaimedDomains("a.example", "b.example"));
        assertThat(claimed("Subject: Report Domain: <script> Submitter: b..example", "X: y"))
                .isEqualTo(new ClaimedDomains(null, null));
        assertThat(claimed("Subject: Report Domain: " + "a".repeat(5_000), "X: y"))
                .isEqualTo(new ClaimedDomains(null, null));
        for (String name : new String[] {"../b.example!a.example!1!2.json", "c:\\b.example!a.example!1!2.json.gz"}) {
            assertThat(claimed(
                            "X: y", "Content-Disposition: attachment; filename*=utf-8''" + name.replace("\\", "%5C")))
                    .isEqualTo(new ClaimedDomains("a.example", "b.example"));
        }
        for (String name : new String[] {"b.example!a.example!1.json", "b.example!a.example!one!2.json", "a.example"}) {
            assertThat(claimed("X: y", "Content-Disposition: attachment; filename=\"" + name + '"'))
                    .isEqualTo(new ClaimedDomains(null, null));
        }
    }

    private ClaimedDomains claimed(String topFields, String partFields) {
        MailReading mail = mails.read(mail(topFields, partFields));
        return mail.claimed(mail.parts().getFirst());
    }

    private @Nullable String domain(String fields) {
        return mails.read(mail(fields, "X: y")).reportDomain();
    }

    private @Nullable String name(String fields) {
        MailReading mail = mails.read(mail("X: y", fields));
        assertThat(mail.reports()).hasSize(1);
        return mail.parts().getFirst().fileName();
    }

    private static byte[] mail(String topFields, String partFields) {
        return new TestMail()
                .line(topFields)
                .line("Content-Type: " + REPORT_TYPE)
                .blank()
                .words()
                .packed(partFields)
                .end()
                .bytes();
    }
}
