package dev.sealpost.report;

import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * One SMTP TLS report as the tolerant reader understood it (RFC 8460, section 4.4).
 *
 * @param organizationName the reporter's name for itself, or null when the body has none
 * @param dateRange the period reported on
 * @param contactInfo free text, by the standard a mail address, or null
 * @param reportId never empty; unique at most within one organisation
 * @param policies in the order of the body, possibly none
 * @param flags what had to be healed outside the policies
 */
public record Report(
        @Nullable String organizationName,
        DateRange dateRange,
        @Nullable String contactInfo,
        String reportId,
        List<Policy> policies,
        Set<Flag> flags) {

    public Report {
        Objects.requireNonNull(dateRange, "dateRange");
        if (reportId.isEmpty()) {
            throw new IllegalArgumentException("reportId is empty");
        }
        policies = List.copyOf(policies);
        flags = FlagSet.copyOf(flags);
    }
}
