package dev.sealpost.intake.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import dev.sealpost.dns.DnsServer;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;

class AuthenticityDnsTest {
    private final Signer signer = new Signer(Mails.KEYS, "carrier.example");
    private final byte[] mail = Mails.bytes(signer.sign(Mails.MAIL));

    @Test
    void keyComesFromTheDns_behindAnAlias() throws IOException {
        Name alias = Name.fromString(signer.keyName(), Name.root);
        Name key = Name.fromString("k1.mailer.example.");
        String record = Signer.record(Mails.KEYS.getPublic(), "");
        Record[] records = {
            new CNAMERecord(alias, DClass.IN, 1, key),
            new TXTRecord(key, DClass.IN, 1, List.of(record.substring(0, 200), record.substring(200)))
        };
        try (DnsServer server =
                new DnsServer(question -> DnsServer.answer(question, records).toWire())) {
            assertThat(judge(server).reason()).isEqualTo("valid signature of carrier.example");
        }
    }

    @Test
    void silentDnsIsALabelInTime() throws IOException {
        try (DnsServer server = new DnsServer(question -> null)) {
            long start = System.nanoTime();
            assertThat(judge(server).reason()).endsWith("its key cannot be looked up now: no answer in time");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(KeyLookups.PER_MAIL);
        }
    }

    private Signatures.Judgement judge(DnsServer server) {
        return new Authenticity(server.resolver(), Clock.systemUTC())
                .of(mail, null, Mails.TRUST)
                .judge(Mails.report("tls@carrier.example"), null);
    }
}
