package dev.sealpost.intake.mailbox;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
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
        AGAIN,
        /** Nothing of it is handed over: the key of a signature that has to be valid cannot be looked up now. */
        PENDING
    }

    /** Whether it makes sense to fetch mails now. */
    boolean isOpen() {
        return intake.brokerAnswers();
    }

    /**
     * Hands over. Blocks until everything is durable, or cannot become so now.
     *
     * @param last whether it is decided now in any case
     */
    Outcome hand(Mailbox mailbox, ArrivedMail mail, boolean last) throws InterruptedException {
        MailReading reading = mails.read(mail.bytes());
        List<MailPart> parts = reading.parts();
        // What was not looked at may have been a report.
        if (reading.trouble() != null
                && setAside(mailbox, mail, "unreadable-mail", reading.trouble()) == Outcome.LATER) {
            return Outcome.LATER;
        }
        if (parts.isEmpty()) {
            metrics.read(reading.kind());
            return reading.trouble() == null ? Outcome.NO_REPORT : Outcome.DURABLE;
        }
        Signatures signatures = authenticity.of(mail.bytes(), mail.received(), Trust.of(mailbox.config()));
        List<Signatures.@Nullable Judgement> judgements = new ArrayList<>();
        for (MailPart part : parts) {
            judgements.add(judge(part, signatures, reading.reportSubmitter()));
        }
        if (!last && isStrict(mailbox) && judgements.stream().anyMatch(MailDoor::isPending)) {
            return Outcome.PENDING;
        }
        for (int i = 0; i < parts.size(); i++) {
            MailPart part = parts.get(i);
            UUID receipt = mailbox.receipt(mail.validity(), mail.key(), i);
            if (hand(mailbox, part, reading.claimed(part), judgements.get(i), receipt) instanceof Verdict.Unavailable) {
                return Outcome.LATER;
            }
        }
        metrics.read(MailKind.REPORT);
        return Outcome.DURABLE;
    }

    /** Who answers for a part; null if it is no report that can be read. */
    private static Signatures.@Nullable Judgement judge(
            MailPart part, Signatures signatures, @Nullable String submitter) {
        if (!(part.reading() instanceof Readable readable)) {
            return null;
        }
        return part.attached() ? signatures.judge(readable.report(), submitter) : QUOTED;
    }

    private static boolean isPending(Signatures.@Nullable Judgement judgement) {
        return judgement != null && judgement.pending();
    }

    private static boolean isStrict(Mailbox mailbox) {
        return mailbox.config().authenticity() == MailboxConfig.Authenticity.STRICT;
    }

    private Verdict hand(
            Mailbox mailbox,
            MailPart part,
            ClaimedDomains claimed,
            Signatures.@Nullable Judgement judgement,
            UUID receipt)
            throws InterruptedException {
        MailClaims claims = new MailClaims(
                claimed.reportDomain(), claimed.submitter(), judgement == null ? null : judgement.reason());
        Provenance provenance = judgement == null ? Provenance.UNVERIFIED : judgement.provenance();
        Origin origin = origin(mailbox, receipt, provenance, claims);
        if (judgement != null && !judgement.isVerified() && isStrict(mailbox)) {
            return intake.setAside(part.content(), origin, "not-signed", judgement.reason());
        }
        return intake.accept(part.content(), origin, Allowance.LATER);
    }

    /** Keeps a mail, or what is known of it, in the quarantine. */
    Outcome setAside(Mailbox mailbox, ArrivedMail mail, String reason, String detail) throws InterruptedException {
        UUID receipt = mailbox.receipt(mail.validity(), mail.key(), -1);
        Origin origin = origin(mailbox, receipt, Provenance.UNVERIFIED, null);
        Verdict verdict = intake.setAside(mail.bytes(), origin, reason, detail);
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
