package dev.sealpost.intake.mailbox;

import static dev.sealpost.intake.mailbox.Mails.MAIL;
import static dev.sealpost.intake.mailbox.Mails.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import dev.sealpost.dns.Texts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticityTest {
    private static final String ALIGNED = "dkim-aligned: valid signature of carrier.example";

    private final Mails mails = new Mails();
    private final Signer signer = mails.signer("carrier.example", "");

    @ParameterizedTest
    @ValueSource(
            strings = {"relaxed/simple", "simple/simple", "simple", "relaxed/relaxed", "simple/relaxed", "relaxed"})
    void signedMailIsAligned(String canon) {
        assertThat(mails.judge(signer.withCanon(canon).sign(MAIL))).isEqualTo(ALIGNED);
    }

    @Test
    void signedMailWithBareLineFeedsIsAligned() {
        assertThat(mails.judge(signer.sign(MAIL).replace("\r\n", "\n"))).isEqualTo(ALIGNED);
    }

    @Test
    void changedMailIsUnverified() {
        String mail = signer.sign(MAIL);
        assertThat(mails.judge(MAIL)).isEqualTo("unverified: no DKIM signature");
        assertThat(mails.judge(mail.replace("{\"a\": 1}", "{\"a\": 2}"))).startsWith("unverified: no valid DKIM sig");
        assertThat(mails.judge(mail + "more")).startsWith("unverified: ");
        assertThat(mails.judge(mail.replace("Subject: R", "Subject: r"))).startsWith("unverified: ");
        assertThat(mails.judge(mail.replace("s=s1;", "s=s2;"))).endsWith("there is no such key");
        assertThat(mails.judge("X-Added: is not covered\r\n" + mail)).isEqualTo(ALIGNED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|dkim-aligned",
                "s=*; |dkim-aligned",
                "s=tlsrpt; |dkim-aligned",
                "s=email:tlsrpt; |dkim-aligned",
                "s=email : * ; |dkim-aligned",
                "k=rsa; h=sha256; |dkim-aligned",
                "s=email; |its key is not for TLS reports",
                "s=tlsrpts; |its key is not for TLS reports",
                "s=; |its key is not for TLS reports",
                "h=sha1; |unverified",
                "k=ed25519; |unsupported kind of key",
                "n=x; v=DKIM1; |unverified",
                "t=y:s; |whose key is a test (t=y)"
            })
    void keyRecordsAreForReports(String tags, String judged) {
        mails.signer("carrier.example", tags);
        String verdict = mails.judge(signer.sign(MAIL));
        assertThat(verdict.replace("key for signature: it is", "its key is")).contains(judged);
        assertThat(verdict.startsWith("dkim-aligned"))
                .isEqualTo(judged.startsWith("dkim-aligned") || judged.startsWith("whose"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "l=11; |covers only a part",
                "l=0; |covers only a part",
                "x=1795521599; |has expired",
                "x=1795521600; |has expired",
                "x=none; |has expired",
                "x=-1; |has expired",
                "x=1795521601; |dkim-aligned",
                "t=4000000000; |dkim-aligned",
                "i=@sub.carrier.example; |dkim-aligned",
                "i=@other.example; |unverified",
                "q=dns/txt:dns/txt; |dkim-aligned",
                "q=http; |one lookup",
                "z=From:a; |dkim-aligned",
                "a=rsa-sha256; |unverified"
            })
    void tagsOfTheSignatureCount(String tags, String judged) {
        assertThat(NOW.getEpochSecond()).isEqualTo(1795521600L);
        assertThat(mails.judge(signer.sign(MAIL, tags, Signer.COVERED))).contains(judged);
    }

    @Test
    void expiryIsJudgedByTheTimeOfArrivalWhereItIsKnown() {
        byte[] mail = Mails.bytes(signer.sign(MAIL, "x=1795521599; ", Signer.COVERED));
        assertThat(judged(mail, NOW.minusSeconds(60))).contains("valid signature of");
        assertThat(judged(mail, null)).contains("has expired");
        byte[] later = Mails.bytes(signer.sign(MAIL, "x=1795521601; ", Signer.COVERED));
        assertThat(judged(later, NOW.plusSeconds(60)))
                .as("a server's clock that is ahead expires nothing")
                .contains("valid signature of");
    }

    private String judged(byte[] mail, @Nullable Instant received) {
        Signatures signatures = mails.authenticity.of(mail, received, Mails.TRUST);
        return signatures.judge(Mails.report("a@carrier.example"), null).reason();
    }

    @Test
    void algorithmsAreToldApart() {
        assertThat(mails.judge(signer.withAlgorithm("rsa-sha1").sign(MAIL))).endsWith("it uses SHA-1");
        assertThat(mails.judge(signer.withAlgorithm("ed25519-sha256").sign(MAIL)))
                .contains("unsupported algorithm ed25519-sha256")
                .startsWith("unverified");
        assertThat(mails.judge(signer.withAlgorithm("rsa-sha256").sign(MAIL).replace("a=rsa", "a=\u202ersa")))
                .matches("\\p{Print}+");
    }

    @Test
    void sizesOfKeysAreBounded() {
        KeyPair small = Signer.pair(512);
        Signer weak = new Signer(small, "carrier.example");
        mails.publish(weak, Signer.record(small.getPublic(), ""));
        assertThat(mails.judge(weak.sign(MAIL))).contains("it has 512 bits");
        KeyPair least = Signer.pair(1024);
        Signer fair = new Signer(least, "least.carrier.example");
        mails.publish(fair, Signer.record(least.getPublic(), ""));
        assertThat(mails.judge(fair.sign(MAIL))).startsWith("dkim-aligned");
        for (int bits : List.of(1023, 4097, 8192, 16_384)) {
            Signer strange = new Signer(Mails.KEYS, "b" + bits + ".carrier.example");
            mails.publish(strange, Signer.record(DkimKeyTest.rsa(bits), ""));
            assertThat(mails.judge(strange.sign(MAIL))).contains("it has " + bits + " bits");
        }
    }

    @Test
    void fromIsCoveredAndStandsOnce() {
        String mail = signer.sign(MAIL);
        assertThat(mails.judge(signer.sign(MAIL, "", "To:Subject"))).endsWith("From field not signed");
        assertThat(mails.judge("From: ceo@rcpt.example\r\n" + mail)).endsWith("the mail has 2 From fields");
        assertThat(mails.judge(signer.sign("fRom: x\r\n" + MAIL, "", "From:From")))
                .endsWith("2 From fields");
        assertThat(mails.judge(signer.sign(MAIL.replace("From:", "X:")))).endsWith("the mail has 0 From fields");
    }

    @Test
    void dnsTroubleIsALabel() {
        String mail = signer.sign(MAIL);
        mails.zone.put(signer.keyName(), new Texts.Temporary("SERVFAIL"));
        assertThat(mails.judge(mail)).endsWith("its key cannot be looked up now: SERVFAIL");
        Mails other = new Mails();
        other.zone.put(signer.keyName(), new Texts.Malformed("too long"));
        assertThat(other.judge(mail)).endsWith("its key cannot be read: too long");
        assertThat(new Mails().judge(mail)).startsWith("unverified").endsWith("there is no such key");
        Mails garbage = new Mails();
        for (String record : List.of("", "\u0000", "p=", "v=DKIM1; p=AAAA", "v=DKIM1; k=rsa; p=%%%", "=", ";;;=;")) {
            garbage.zone.put(signer.keyName(), new Texts.Found(List.of(record), true));
            garbage.nanos.addAndGet(61_000_000_000L);
            assertThat(garbage.judge(mail)).startsWith("unverified: ").matches("\\p{Print}+");
        }
    }

    @Test
    void aKeyOfTheReportingDomainThatCannotBeLookedUpIsPending_ofOthersItIsNot() {
        Signer mailer = new Signer(Mails.KEYS, "mailer.example");
        mails.zone.put(signer.keyName(), new Texts.Temporary("SERVFAIL"));
        mails.zone.put(mailer.keyName(), new Texts.Temporary("SERVFAIL"));
        String contact = "tls@carrier.example";
        Signatures.Judgement pending = mails.judge(mailer.sign(signer.sign(MAIL)), contact, null);
        assertThat(pending.pending()).isTrue();
        assertThat(pending.reason())
                .isEqualTo("no valid DKIM signature: of carrier.example, its key cannot be looked up now: SERVFAIL");
        assertThat(mails.judge(mailer.sign(MAIL), contact, null).pending()).isFalse();
        assertThat(mails.judge(signer.sign(MAIL), null, null).pending()).isFalse();
        assertThat(mails.judge(signer.sign(MAIL) + "more", contact, null).pending())
                .as("before its key is there, nobody can tell that it is broken")
                .isTrue();
        assertThat(mails.judge(
                                "Authentication-Results: mx.own.example; dkim=pass header.d=carrier.example\r\n"
                                        + signer.sign(MAIL),
                                contact,
                                null)
                        .pending())
                .as("verified otherwise")
                .isFalse();
        mails.nanos.addAndGet(61_000_000_000L);
        mails.signer("carrier.example", "");
        assertThat(mails.judge(signer.sign(MAIL), contact, null).isVerified()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"'',false", "s=*; ,false", "s=email:*; ,false", "s=tlsrpt; ,true", "s=email:TLSRPT; ,true"})
    void keysMayHaveToNameTlsrpt(String tags, boolean counts) {
        mails.signer("carrier.example", tags);
        byte[] mail = Mails.bytes(signer.sign(MAIL));
        Signatures signatures = mails.authenticity.of(mail, null, new Trust(Set.of(), true));
        Signatures.Judgement judgement = signatures.judge(Mails.report("tls@carrier.example"), null);
        assertThat(judgement.isVerified()).as(judgement.reason()).isEqualTo(counts);
        assertThat(mails.judge(signer.sign(MAIL))).isEqualTo(ALIGNED);
    }

    @Test
    void theBestOfSeveralSignaturesCounts() {
        Signer mailer = mails.signer("mailer.example", "");
        String lame = new Signer(Mails.KEYS, "x.example", "lame", "relaxed/simple", "rsa-sha256").sign(MAIL);
        String twice = mailer.sign(signer.sign(MAIL));
        assertThat(mails.judge(twice)).isEqualTo(ALIGNED);
        assertThat(mails.judge(signer.sign(mailer.sign(MAIL)))).isEqualTo(ALIGNED);
        assertThat(mails.judge(mailer.sign(MAIL)))
                .isEqualTo(
                        "dkim-unaligned: valid signature of mailer.example, but the report is one of carrier.example");
        assertThat(mails.judge(signer.sign(mailer.sign(MAIL), "", "From:DKIM-Signature")))
                .isEqualTo(ALIGNED);
        assertThat(mails.judge(lame.substring(0, lame.indexOf("From:")) + twice))
                .isEqualTo(ALIGNED);
    }
}
