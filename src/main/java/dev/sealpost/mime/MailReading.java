package dev.sealpost.mime;

import java.util.List;

import dev.sealpost.report.Readable;
import org.jspecify.annotations.Nullable;

/**
 * What one mail holds (RFC 8460, section 5.3). An empty list of parts is no error: people and machines write other
 * mails to the address too.
 *
 * @param parts the parts that are reports or were meant to be, in the order of the mail
 * @param reportDomain the TLS-Report-Domain header, untrusted and cut, or null
 * @param reportSubmitter the TLS-Report-Submitter header, untrusted and cut, or null
 * @param subject the subject, decoded, untrusted and cut; null if there is none, or both headers are there
 * @param trouble what ended the walk early, one line without text of the mail, or null; what was found before counts
 * @param kind what sort of mail it is; REPORT if and only if there are parts
 */
public record MailReading(
        List<MailPart> parts,
        @Nullable String reportDomain,
        @Nullable String reportSubmitter,
        @Nullable String subject,
        @Nullable String trouble,
        MailKind kind) {

    public MailReading {
        parts = List.copyOf(parts);
    }

    /** Whom the mail names for one of its parts. */
    public ClaimedDomains claimed(MailPart part) {
        return ClaimedDomains.of(this, part);
    }

    /** The readable reports, in the order of the mail. */
    public List<Readable> reports() {
        return parts.stream()
                .map(MailPart::reading)
                .filter(Readable.class::isInstance)
                .map(Readable.class::cast)
                .toList();
    }
}
