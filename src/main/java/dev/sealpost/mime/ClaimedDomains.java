package dev.sealpost.mime;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sealpost.report.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * Whom a mail names for a report in it (RFC 8460, section 5.3): by its headers, else by its subject, else by the file's
 * name (section 5.1). Anybody can write any of them; the report's own text decides (section 5.6).
 *
 * @param reportDomain the policy domain, in lower-case A-label form, or null
 * @param submitter who submits the report, in the same form, or null
 */
public record ClaimedDomains(
        @Nullable String reportDomain, @Nullable String submitter) {
    private static final Pattern DOMAIN_IN_SUBJECT = Pattern.compile("(?i)\\breport domain: *([^ ,;]+)");
    private static final Pattern SUBMITTER_IN_SUBJECT = Pattern.compile("(?i)\\bsubmitter: *([^ ,;]+)");

    /** Submitter, policy domain, begin and end in seconds, and whatever comes then. */
    private static final Pattern FILE_NAME = Pattern.compile("([^!]+)!([^!]+)!\\d{1,12}!\\d{1,12}[!.].*");

    static ClaimedDomains of(MailReading mail, MailPart part) {
        String domain = domain(mail.reportDomain());
        String submitter = domain(mail.reportSubmitter());
        String subject = mail.subject();
        if (subject != null) {
            domain = domain == null ? domain(find(DOMAIN_IN_SUBJECT, subject)) : domain;
            submitter = submitter == null ? domain(find(SUBMITTER_IN_SUBJECT, subject)) : submitter;
        }
        String name = part.fileName();
        if (name != null && (domain == null || submitter == null)) {
            int path = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
            Matcher parts = FILE_NAME.matcher(name.substring(path + 1));
            if (parts.matches()) {
                submitter = submitter == null ? domain(parts.group(1)) : submitter;
                domain = domain == null ? domain(parts.group(2)) : domain;
            }
        }
        return new ClaimedDomains(domain, submitter);
    }

    private static @Nullable String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static @Nullable String domain(@Nullable String text) {
        return Optional.ofNullable(text)
                .flatMap(DomainName::parse)
                .map(DomainName::value)
                .orElse(null);
    }
}
