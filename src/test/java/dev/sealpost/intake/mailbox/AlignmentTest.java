package dev.sealpost.intake.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealpost.origin.Provenance;
import dev.sealpost.report.DomainName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlignmentTest {
    @ParameterizedTest
    @CsvSource({
        "google.com,google.com,true",
        "corp.mail.ru,mail.ru,true",
        "a.b.c.example,c.example,true",
        "evil.example,google.com,false",
        "evilgoogle.com,google.com,false",
        "google.com.evil.example,google.com,false",
        "com,google.com,false",
        "com,com,false",
        "a.co.uk,co.uk,false",
        "a.com.au,com.au,false",
        "a.b.co.uk,b.co.uk,true",
        "mail.qq.com,qq.com,true",
        "t.co,t.co,true",
        "x.t.co,t.co,false",
        "a.example,b.example,false"
    })
    void domainsAreAlignedByLabels(String one, String other, boolean aligned) {
        DomainName signer = new DomainName(one);
        DomainName reporter = new DomainName(other);
        assertThat(Alignment.aligned(signer, reporter)).isEqualTo(aligned);
        assertThat(Alignment.aligned(reporter, signer)).isEqualTo(aligned);
    }

    @ParameterizedTest
    @CsvSource({
        "tls@corp.mail.ru,mail.ru,corp.mail.ru",
        "mailto:tls@google.com,evil.example,google.com",
        "no address,evil.example,evil.example",
        ",Evil.Example.,evil.example",
        ",not a domain,",
        ",,"
    })
    void contactDecidesAlone_andTheHeaderOnlyWithoutIt(
            @Nullable String contact, @Nullable String submitter, @Nullable String reporter) {
        DomainName found = Alignment.reporter(Mails.report(contact), submitter);
        assertThat(found == null ? null : found.value()).isEqualTo(reporter);
    }

    @Test
    void strangersSignatureIsNotLentByTheHeader() {
        Mails mails = new Mails();
        String mail = mails.signer("evil.example", "").sign("TLS-Report-Submitter: evil.example\r\n" + Mails.MAIL);
        assertThat(mails.judge(mail, "tls@google.com", "evil.example").provenance())
                .isEqualTo(Provenance.DKIM_UNALIGNED);
        assertThat(mails.judge(mail, null, "evil.example").provenance()).isEqualTo(Provenance.DKIM_ALIGNED);
        assertThat(mails.judge(mail, null, null).reason())
                .isEqualTo("valid signature of evil.example, but the report does not say whose it is");
    }

    @Test
    void parentAndChildMaySign() {
        Mails mails = new Mails();
        String child = mails.signer("corp.mail.ru", "").sign(Mails.MAIL);
        assertThat(mails.judge(child, "r@corp.mail.ru", "mail.ru").provenance()).isEqualTo(Provenance.DKIM_ALIGNED);
        assertThat(mails.judge(child, "r@mail.ru", null).provenance()).isEqualTo(Provenance.DKIM_ALIGNED);
        assertThat(mails.judge(child, "r@x.corp.mail.ru", null).provenance()).isEqualTo(Provenance.DKIM_ALIGNED);
    }
}
