package dev.sealpost.intake.mailbox;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.sealpost.dns.Resolver;
import dev.sealpost.dns.Texts;
import dev.sealpost.report.DateRange;
import dev.sealpost.report.Report;
import org.jspecify.annotations.Nullable;

/** A DNS that is a map, a clock that stands, and what both make of a mail. */
@SuppressWarnings("StringConcatToTextBlock")
final class Mails implements Resolver {
    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    static final Trust TRUST = new Trust(Set.of("MX.own.example"), false);
    static final KeyPair KEYS = Signer.pair(2048);
    static final String MAIL =
            "From: reports@carrier.example\r\nTo: tls@rcpt.example\r\nSubject: Report\r\n Domain: x\r\n"
                    + "Content-Type: application/tlsrpt+json\r\n\r\n{\"a\": 1}\r\n";

    final Map<String, Texts> zone = new ConcurrentHashMap<>();
    final AtomicLong nanos = new AtomicLong(7);
    final AtomicInteger lookups = new AtomicInteger();
    final Authenticity authenticity = new Authenticity(this, Clock.fixed(NOW, ZoneOffset.UTC), nanos::get);

    /** Nobody answers for a name that is not in the zone and begins with "lame": it takes all the time there is. */
    @Override
    public Texts texts(String name, Duration atMost) {
        lookups.incrementAndGet();
        if (name.startsWith("lame")) {
            nanos.addAndGet(atMost.toNanos());
            return new Texts.Temporary("no answer in time");
        }
        return zone.getOrDefault(name, new Texts.Absent(false));
    }

    /** A signer whose key is published with these tags. */
    Signer signer(String domain, String tags) {
        Signer signer = new Signer(KEYS, domain);
        publish(signer, Signer.record(KEYS.getPublic(), tags));
        return signer;
    }

    void publish(Signer signer, String record) {
        zone.put(signer.keyName(), new Texts.Found(List.of(record), false));
    }

    Signatures.Judgement judge(String mail, @Nullable String contact, @Nullable String submitter) {
        return authenticity.of(bytes(mail), null, TRUST).judge(report(contact), submitter);
    }

    /** The judgement of a report of carrier.example, and why. */
    String judge(String mail) {
        Signatures.Judgement judgement = judge(mail, "tls@carrier.example", null);
        return judgement.provenance().label() + ": " + judgement.reason();
    }

    static byte[] bytes(String mail) {
        return mail.getBytes(StandardCharsets.UTF_8);
    }

    static Report report(@Nullable String contact) {
        return new Report(null, new DateRange(NOW, NOW), contact, "r-1", List.of(), Set.of());
    }
}
