package dev.sealpost.intake.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;

import dev.sealpost.report.DomainName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationResultsTest {
    private static final String TRUSTED =
            "Authentication-Results: mx.own.example;\r\n dkim=pass header.d=carrier.example\r\n";
    private static final String FOUND =
            "authentication-results: mx.own.example found a valid signature of carrier.example";

    private final Mails mails = new Mails();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a.example; dkim=pass header.d=x.example|x.example",
                "a.example 1; dkim=pass header.d=x.example;|x.example",
                "A.example(c(d)\\)) ; DKIM / 1 = PASS (good) header . d = X.example|x.example",
                "\"a.example\"; dkim=pass header.i=@s.x.example header.b=aB/+=|s.x.example",
                "a.example; dkim=pass header.i=\"a;b (c\"@x.example header.s=s1|x.example",
                "a.example; dkim=pass reason=\"dkim=fail; \\\" x\" header.d=x.example|x.example",
                "a.example; dkim=pass header.i=@y.example header.d=x.example|x.example",
                "a.example; spf=pass smtp.mailfrom=a@b; dkim=pass header.d=x.example; dkim=pass header.d=y.example"
                        + "|x.example y.example",
                "a.example; dkim=fail header.d=x.example|",
                "a.example; dkim=pass header.d=x.example header.d=y.example|",
                "a.example; dkim=pass|",
                "a.example; dkim=pass header.d=\"not a domain\"|",
                "a.example; dkim=pass policy.d=x.example smtp.d=y.example|",
                "a.example; dkim/2=pass header.d=x.example|",
                "a.example; dkim-x=pass header.d=x.example|",
                "a.example; spf=pass (dkim=pass header.d=x.example)|",
                "a.example; spf=pass smtp.mailfrom=\"; dkim=pass header.d=x.example\"|",
                "a.example; none|",
                "a.example|"
            })
    void grammarIsRead(String value, String signers) {
        AuthenticationResults results =
                AuthenticationResults.parse(" " + value.replace(" ", "\r\n\t ")).orElseThrow();
        assertThat(results.authservId()).isEqualTo("a.example");
        assertThat(String.join(
                        " ", results.signers().stream().map(DomainName::value).toList()))
                .isEqualTo(signers == null ? "" : signers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "a.example 2; dkim=pass header.d=x.example",
                "a.example b; dkim=pass header.d=x.example",
                "a.example; dkim=pass header.d=x.example; (",
                "a.example; dkim=pass header.d=x.example; \"",
                "a.example; dkim=pass header.d=x.example; spf",
                "a.example; dkim=pass header.d=x.example )",
                "a.example; dkim=pass header.d=",
                "a.example; dkim pass header.d=x.example",
                "a.example; dkim=pass header.d=x.example \\",
                "a.example; ((((((((((((deep)))))))))))) dkim=pass header.d=x.example",
                "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=x.example; dkim=pass header.d=x.example"
            })
    void whatIsNotByTheGrammarSaysNothing(String value) {
        assertThat(AuthenticationResults.parse(value)).isEmpty();
    }

    @Test
    void resultsAreBounded() {
        String one = "; dkim=pass header.d=x.example";
        assertThat(AuthenticationResults.parse("a" + one.repeat(100))
                        .orElseThrow()
                        .signers())
                .hasSize(100);
        assertThat(AuthenticationResults.parse("a" + one.repeat(101))).isEmpty();
        assertThat(AuthenticationResults.parse("a; " + "(".repeat(60_000))).isEmpty();
    }

    @Test
    void onlyTheTopmostOfAnOwnServerCounts() {
        String forged = TRUSTED.replace("carrier.example", "google.com");
        String other = TRUSTED.replace("own.example", "other.example");
        assertThat(mails.judge(TRUSTED + Mails.MAIL)).isEqualTo(FOUND);
        assertThat(mails.judge(TRUSTED.replace("mx.own", "Mx.OWN") + Mails.MAIL))
                .isEqualTo(FOUND);
        assertThat(mails.judge(TRUSTED + forged + other + Mails.MAIL)).isEqualTo(FOUND);
        assertThat(mails.judge(other + TRUSTED + Mails.MAIL)).startsWith("unverified");
        assertThat(mails.judge(other + Mails.MAIL)).startsWith("unverified");
        assertThat(mails.judge(TRUSTED.replace("pass", "fail") + TRUSTED + Mails.MAIL))
                .startsWith("unverified");
        assertThat(mails.judge(TRUSTED + forged + Mails.MAIL, "tls@google.com", null)
                        .reason())
                .endsWith("signature of carrier.example, but the report is one of google.com");
    }

    @Test
    void ownSignatureCheckIsBetterThanWhatTheServerFound() {
        Signer signer = mails.signer("carrier.example", "");
        assertThat(mails.judge(TRUSTED + signer.sign(Mails.MAIL))).startsWith("dkim-aligned");
        assertThat(mails.judge(TRUSTED + signer.sign(Mails.MAIL) + "footer")).isEqualTo(FOUND);
        assertThat(mails.judge("Authentication-Results: mx.own.example; dmarc=fail; dkim=pass header.d=carrier.example"
                        + "\r\n" + Mails.MAIL))
                .isEqualTo(FOUND);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyTextIsReadOrRefused(long seed) {
        Random random = new Random(seed);
        String tokens = "dkim=pas header.d=xy;()\"\\/ \t\r\n.1@\u00e9\0";
        String good = "a.example 1; dkim=pass (x) reason=\"y\" header.d=x.example; spf=pass smtp.mailfrom=\"q\"@z";
        for (int round = 0; round < 50_000; round++) {
            StringBuilder text = new StringBuilder(round % 2 == 0 ? good : "");
            for (int i = random.nextInt(30); i >= 0; i--) {
                text.insert(random.nextInt(text.length() + 1), tokens.charAt(random.nextInt(tokens.length())));
            }
            var first = AuthenticationResults.parse(text.toString());
            assertThat(first)
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(AuthenticationResults.parse(text.toString()));
        }
    }
}
