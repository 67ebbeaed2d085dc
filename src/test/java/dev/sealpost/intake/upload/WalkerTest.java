package dev.sealpost.intake.upload;

import static dev.sealpost.intake.upload.Packing.gzip;
import static dev.sealpost.intake.upload.Packing.json;
import static dev.sealpost.intake.upload.Packing.mail;
import static dev.sealpost.intake.upload.Packing.mbox;
import static dev.sealpost.intake.upload.Packing.report;
import static dev.sealpost.intake.upload.Packing.tarOf;
import static dev.sealpost.intake.upload.Packing.utf8;
import static dev.sealpost.intake.upload.Packing.zip;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

import dev.sealpost.origin.MailClaims;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every format by itself and inside of others. */
class WalkerTest {
    @Test
    void aReportIsHandedOnAsItStands() {
        assertThat(Found.in(report("a")).documents()).containsExactly(report("a"));
        assertThat(Found.in(gzip(report("a"))).reports()).containsExactly("a");
        assertThat(Found.in(gzip(gzip(report("a")))).reports()).containsExactly("a");
        assertThat(Found.in(json("a").getBytes(StandardCharsets.UTF_16)).reports())
                .containsExactly("a");
    }

    @Test
    void anArchiveIsManyDocuments() {
        assertThat(Found.in(zip(report("a"), gzip(report("b")), utf8(mail("c"))))
                        .reports())
                .containsExactly("a", "b", "c");
        byte[] tar = tarOf(report("a"), gzip(report("b")), utf8(mbox(mail("c"), mail("d"))), zip(report("e")));
        assertThat(Found.in(tar).reports()).containsExactly("a", "b", "c", "d", "e");
        assertThat(Found.in(gzip(tar)).reports()).hasSize(5);
        assertThat(Found.in(tarOf(gzip(tar), report("f"))).reports()).hasSize(6);
    }

    @Test
    void jsonIsOneObjectAListOrLines() {
        assertThat(Found.in(utf8("[" + json("a") + ",\n" + json("b") + "]")).reports())
                .containsExactly("a", "b");
        assertThat(Found.in(utf8("\uFEFF" + json("a") + "\n" + json("b") + "\r\n\n" + json("c")))
                        .reports())
                .containsExactly("a", "b", "c");
        assertThat(Found.in(gzip(utf8(json("a") + json("b")))).reports()).containsExactly("a", "b");
        assertThat(Found.in(utf8("\u001e" + json("a") + "\n\u001e" + json("b") + "\n"))
                        .reports())
                .containsExactly("a", "b");
        assertThat(Found.in(utf8(" [ ] ")).mailsWithoutReport()).isEqualTo(1);
    }

    @Test
    void aBrokenLineCostsNoOther() {
        String broken = json("b").substring(0, 60);
        Found found = Found.in(utf8(json("a") + "\n" + broken + "\n" + json("c") + "\nnonsense\n" + json("d")));
        assertThat(found.reports()).containsExactly("a", "c", "d");
        assertThat(found.unreadable()).isEqualTo(2);
        String list = "[" + json("a") + "," + broken + "\n" + json("c") + "]";
        assertThat(Found.in(utf8(list)).reports()).containsExactly("a", "c");
    }

    @Test
    void whatFollowsASingleReportIsPassedOver_asAtTheDoor() {
        Found found = Found.in(utf8(json("a") + "\nregards, a robot"));
        assertThat(found.reports()).containsExactly("a");
        assertThat(found.unreadable()).isZero();
        assertThat(Found.in(utf8("[1, 2]")).unreadable()).isEqualTo(1);
    }

    @Test
    void mailsAreReadToTheirReports() {
        assertThat(Found.in(utf8(mail("a"))).reports()).containsExactly("a");
        assertThat(Found.in(utf8("Subject: lunch\r\n\r\nAt noon?\r\n")).mailsWithoutReport())
                .isEqualTo(1);
        assertThat(Found.in(utf8(mbox(mail("a"))), "one.EML").reports()).containsExactly("a");
        String two = mail("a").replace("--b--", mail("b").substring(mail("b").indexOf("--b\r\nContent-Type: app")));
        assertThat(Found.in(utf8(two)).reports()).containsExactly("a", "b");
    }

    @Test
    void whatAMailSaysOfItsReportGoesAlong() {
        String said = "TLS-Report-Domain: A.example\r\nTLS-Report-Submitter: b.example\r\n" + mail("a");
        Found found = Found.in(tarOf(utf8(mbox(said, mail("b"))), utf8(said), report("c")));
        MailClaims claims = new MailClaims("a.example", "b.example", null);
        assertThat(found.claims())
                .containsExactly(
                        Optional.of(claims),
                        Optional.of(new MailClaims(null, null, null)),
                        Optional.of(claims),
                        Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void anMboxIsSplitAndUnquoted(String end) {
        String plain = "Subject: x\n\n" + json("a").replace(",\"policies\"", "\n>From here\n,\"policies\"") + "\n";
        String all = mbox(plain, "Subject: y\n\nFrom now on\n\nFrom then on, nothing\n", mail("c"));
        Found found = Found.in(utf8(all.replace("\r\n", "\n").replace("\n", end)));
        assertThat(found.reports()).containsExactly("c");
        assertThat(found.unreadable()).as("a quoted line inside of JSON").isEqualTo(1);
        assertThat(new String(found.documents().getFirst(), StandardCharsets.UTF_8))
                .contains(end + "From here" + end);
        assertThat(found.mailsWithoutReport()).isEqualTo(1);
    }

    @Test
    void anMboxWithoutTimesIsSplitAllTheSame() {
        String all = mbox(mail("a"), mail("b")).replace(" Tue Nov 24 10:11:12 2026", "");
        assertThat(Found.in(utf8(all)).reports()).containsExactly("a", "b");
    }

    @Test
    void whatIsNoReportGoesToTheDoor() {
        for (String junk : new String[] {"", "hello", "{}", "<xml/>", "{\"report-id\":", "\u0000\u0001"}) {
            assertThat(Found.in(utf8(junk)).unreadable()).as(junk).isEqualTo(1);
        }
        byte[] whole = gzip(report("a"));
        byte[] cut = Arrays.copyOf(whole, whole.length - 9);
        Found found = Found.in(tarOf(report("a"), cut, report("b")));
        assertThat(found.reports()).containsExactly("a", "b");
        assertThat(found.documents().get(1)).as("as it came").isEqualTo(cut);
        byte[] wrong = whole.clone();
        wrong[wrong.length - 6] ^= 1;
        assertThat(Found.in(wrong).documents()).containsExactly(wrong);
        byte[] halfZip = Arrays.copyOf(zip(report("a")), 100);
        assertThat(Found.in(halfZip).documents()).containsExactly(halfZip);
    }
}
