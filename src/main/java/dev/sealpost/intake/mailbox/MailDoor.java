package dev.sealpost.intake.mailbox;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import jakarta.inject.Singleton;

import dev.sealpost.intake.Allowance;
import dev.sealpost.intake.Intake;
import dev.sealpost.intake.Verdict;
import dev.sealpost.mime.ClaimedDomains;
import dev.sealpost.mime.MailKind;
import dev.sealpost.mime.MailPart;
import dev.sealpost.mime.MailReader;
import dev.sealpost.mime.MailReading;
import dev.sealpost.origin.Channel;
import dev.sealpost.origin.MailClaims;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;
import dev.sealpost.report.Readable;
import org.jspecify.annotations.Nullable;

/** Hands the reports of one mail to the door, each with what is known of its sender (RFC 8460, section 3). Thread safe. */
@Singleton
class MailDoor {
    /** Who signed a mail need not mean what stands in its text, or in a mail that it brings along. */
    private static final Signatures.Judgement QUOTED =
            new Signatures.Judgement(Provenance.UNVERIFIED, "the report is no attachment of the mail itself");

    private final MailReader mails;
    private final Authenticity authenticity;
    private final Intake intake;
    private final MailboxMetrics metrics;
    private final Clock clock;

    MailDoor(MailReader mails, Authenticity authenticity, Intake intake, MailboxMetrics metrics, Clock clock) {
        this.mails = mails;
        this.authenticity = authenticity;
        this.intake = intake;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** What became of a mail. */
    enum Outcome {
        /** Everything that is or was meant as a report is durable, be it in the quarantine. */
        DURABLE,
        /** Another mail; it is left alone. */
        NO_REPORT,
        /** It has more bytes than are fetched; it is left alone. */
        TOO_LARGE,
        /** It is not there any more. */
        GONE,
        /** Nothing durable takes reports now. */
        LATER,
        /** It failed, and is to be tried again. */
        AGAIN
    }

    /** Whether it makes sense to fetch mails now. */
    boolean isOpen() {
        return intake.brokerAnswers();
    }

    /** Hands over. Blocks until everything is durable, or cannot become so now. */
    Outcome hand(Mailbox mailbox, long validity, String key, byte[] mail) throws InterruptedException {
        MailReading reading = mails.read(mail);
        List<MailPart> parts = reading.parts();
        // What was not looked at may have been a report.
        if (reading.trouble() != null
                && setAside(mailbox, validity, key, mail, "unreadable-mail", reading.trouble()) == Outcome.LATER) {
            return Outcome.LATER;
        }
        if (parts.isEmpty()) {
            metrics.read(reading.kind());
            return reading.trouble() == null ? Outcome.NO_REPORT : Outcome.DURABLE;
        }
        Signatures signatures = authenticity.of(
                mail, Set.copyOf(mailbox.config().trustedAuthservIds().orElse(List.of())));
        for (int i = 0; i < parts.size(); i++) {
            UUID receipt = mailbox.receipt(validity, key, i);
            if (hand(mailbox, reading, parts.get(i), signatures, receipt) instanceof Verdict.Unavailable) {
                return Outcome.LATER;
            }
        }
        metrics.read(MailKind.REPORT);
        return Outcome.DURABLE;
    }

    private Verdict hand(Mailbox mailbox, MailReading mail, MailPart part, Signatures signatures, UUID receipt)
            throws InterruptedException {
        ClaimedDomains claimed = mail.claimed(part);
        if (!(part.reading() instanceof Readable readable)) {
            MailClaims claims = new MailClaims(claimed.reportDomain(), claimed.submitter(), null);
            return intake.accept(
                    part.content(), origin(mailbox, receipt, Provenance.UNVERIFIED, claims), Allowance.LATER);
        }
        Signatures.Judgement judgement =
                part.attached() ? signatures.judge(readable.report(), mail.reportSubmitter()) : QUOTED;
        MailClaims claims = new MailClaims(claimed.reportDomain(), claimed.submitter(), judgement.reason());
        Origin origin = origin(mailbox, receipt, judgement.provenance(), claims);
        boolean verified = judgement.provenance().rank() < Provenance.UNVERIFIED.rank();
        if (!verified && mailbox.config().authenticity() == MailboxConfig.Authenticity.STRICT) {
            return intake.setAside(part.content(), origin, "not-signed", judgement.reason());
        }
        return intake.accept(part.content(), origin, Allowance.LATER);
    }

    /** Keeps a mail, or what is known of it, in the quarantine. */
    Outcome setAside(Mailbox mailbox, long validity, String key, byte[] bytes, String reason, String detail)
            throws InterruptedException {
        Origin origin = origin(mailbox, mailbox.receipt(validity, key, -1), Provenance.UNVERIFIED, null);
        Verdict verdict = intake.setAside(bytes, origin, reason, detail);
        return verdict instanceof Verdict.Unavailable ? Outcome.LATER : Outcome.DURABLE;
    }

    private Origin origin(Mailbox mailbox, UUID receipt, Provenance provenance, @Nullable MailClaims claims) {
        return new Origin(
                receipt,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Channel.MAILBOX,
                mailbox.name(),
                provenance,
                mailbox.config().tenant().orElse(null),
                claims);
    }
}
