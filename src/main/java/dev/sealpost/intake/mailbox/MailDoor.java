package dev.sealpost.intake.mailbox;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import jakarta.inject.Singleton;

import dev.sealpost.intake.Allowance;
import dev.sealpost.intake.Intake;
import dev.sealpost.intake.Verdict;
import dev.sealpost.mime.ClaimedDomains;
import dev.sealpost.mime.MailKind;
import dev.sealpost.origin.Channel;
import dev.sealpost.origin.MailClaims;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;
import org.jspecify.annotations.Nullable;

/** Hands the reports of one mail to the door, each with what is known of its sender (RFC 8460, section 3). Thread safe. */
@Singleton
class MailDoor {
    private final MailOpener opener;
    private final MailRoom room;
    private final Intake intake;
    private final MailboxMetrics metrics;
    private final Clock clock;

    MailDoor(MailOpener opener, MailRoom room, Intake intake, MailboxMetrics metrics, Clock clock) {
        this.opener = opener;
        this.room = room;
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

    /** The room that mails take. */
    MailRoom room() {
        return room;
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
        Trust trust = Trust.of(mailbox.config());
        OpenedMail small = opener.openSmall(mail, trust);
        if (small != null) {
            return hand(mailbox, mail, small, last);
        }
        try (MailRoom.Place _ = room.large()) {
            return hand(mailbox, mail, opener.open(mail, trust), last);
        }
    }

    private Outcome hand(Mailbox mailbox, ArrivedMail mail, OpenedMail opened, boolean last)
            throws InterruptedException {
        List<OpenedMail.Part> parts = opened.parts();
        // What was not looked at may have been a report.
        if (opened.trouble() != null && setAside(mailbox, mail, "unreadable-mail", opened.trouble()) == Outcome.LATER) {
            return Outcome.LATER;
        }
        if (parts.isEmpty()) {
            metrics.read(opened.kind());
            return opened.trouble() == null ? Outcome.NO_REPORT : Outcome.DURABLE;
        }
        if (!last && isStrict(mailbox) && parts.stream().anyMatch(OpenedMail.Part::isPending)) {
            return Outcome.PENDING;
        }
        for (int i = 0; i < parts.size(); i++) {
            UUID receipt = mailbox.receipt(mail.validity(), mail.key(), i);
            if (hand(mailbox, parts.get(i), receipt) instanceof Verdict.Unavailable) {
                return Outcome.LATER;
            }
        }
        metrics.read(MailKind.REPORT);
        return Outcome.DURABLE;
    }

    private static boolean isStrict(Mailbox mailbox) {
        return mailbox.config().authenticity() == MailboxConfig.Authenticity.STRICT;
    }

    private Verdict hand(Mailbox mailbox, OpenedMail.Part part, UUID receipt) throws InterruptedException {
        Signatures.Judgement judgement = part.judgement();
        ClaimedDomains claimed = part.claimed();
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
