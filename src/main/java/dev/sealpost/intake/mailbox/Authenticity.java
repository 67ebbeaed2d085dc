package dev.sealpost.intake.mailbox;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import dev.sealpost.dns.Resolver;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who answers for a mail: by its DKIM signatures (RFC 6376), which a report by mail must have (RFC 8460, section
 * 3), or by what an own server found of them (RFC 8601). Nothing asks for SPF or DMARC. Thread safe. Every failure is a
 * label; it throws nothing for any mail, and takes five seconds and some milliseconds at most.
 */
@Singleton
public final class Authenticity {
    private final KeyLookups keys;
    private final Clock clock;
    private final LongSupplier nanoTime;

    /** Asks nothing yet. */
    @Inject
    public Authenticity(Resolver resolver, Clock clock) {
        this(resolver, clock, System::nanoTime);
    }

    Authenticity(Resolver resolver, Clock clock, LongSupplier nanoTime) {
        this.keys = new KeyLookups(resolver, nanoTime);
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /**
     * Who answers for a mail.
     *
     * @param mail as it came from the server; not kept or changed
     * @param received when an own server took it, as that server says: signatures must not have expired by then; null for
     *     now, as is a time that has not come yet
     * @param trust of the mailbox's owner
     */
    Signatures of(byte[] mail, @Nullable Instant received, Trust trust) {
        Instant now = clock.instant();
        Instant then = received == null || received.isAfter(now) ? now : received;
        MailHead head = MailHead.of(mail);
        if (head == null) {
            return Vouchers.none("the mail's header is malformed or too large");
        }
        List<Dkim.Outcome> signatures =
                new Dkim(head, keys.session(), trust.tlsrptKeysOnly(), nanoTime, then).outcomes();
        return new Vouchers(signatures, AuthenticationResults.of(head, trust.authservIds()));
    }
}
