package dev.sealpost.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;
import dev.sealpost.report.DateRange;
import dev.sealpost.report.DomainName;
import dev.sealpost.report.FailureDetail;
import dev.sealpost.report.Policy;
import dev.sealpost.report.PolicyType;
import dev.sealpost.report.Report;
import dev.sealpost.report.ResultType;
import org.jspecify.annotations.Nullable;

/** A few reports whose every sum can be done in the head. */
final class KnownReports {
    static final LocalDate FRIDAY = LocalDate.parse("2026-11-20");
    static final LocalDate SUNDAY = LocalDate.parse("2026-11-22");
    static final LocalDate MONDAY = LocalDate.parse("2026-11-23");

    static final Arrival GOOGLE = arrival(
            1,
            "Google",
            FRIDAY,
            "g1",
            Provenance.UNVERIFIED,
            policy(
                    "sts",
                    "a.example",
                    90,
                    10,
                    detail("starttls-not-supported", "192.0.2.1", "mx1.a.example", "203.0.113.5", 6, null),
                    detail("certificate-expired", "192.0.2.2", "mx2.a.example", "203.0.113.6", 4, null)));

    /** The same sessions under two types. */
    static final Arrival MICROSOFT = arrival(
            2,
            "Microsoft",
            FRIDAY,
            "m1",
            Provenance.UNVERIFIED,
            policy("sts", "a.example", 50, 5, detail("validation-failure", null, null, null, 5, "X1")),
            policy("tlsa", "a.example", 50, 5, detail("validation-failure", null, null, null, 5, null)));

    /** Two domains, one of which failed without saying why. */
    static final Arrival TWO_DOMAINS = arrival(
            3,
            "Google",
            SUNDAY,
            "g2",
            Provenance.UNVERIFIED,
            policy("sts", "a.example", 10, 0),
            policy("sts", "b.example", 5, 5));

    /** The same reporter written otherwise, by mail. */
    static final Arrival BY_MAIL = arrival(
            4,
            "GOOGLE",
            MONDAY,
            "g3",
            Provenance.DKIM_ALIGNED,
            policy("no-policy-found", "b.example", 0, 7, detail("new-type", "2001:db8::1", null, null, 7, null)));

    /** Another version of that, which does not count. */
    static final Arrival FORGED =
            arrival(5, "google", MONDAY, "g3", Provenance.UNVERIFIED, policy("no-policy-found", "b.example", 1_000, 0));

    static final List<Arrival> ALL = List.of(GOOGLE, MICROSOFT, TWO_DOMAINS, BY_MAIL, FORGED);

    private KnownReports() {}

    static UUID id(Arrival arrival) {
        return ReportRow.of(arrival).id();
    }

    static Arrival arrival(
            int number, String organization, LocalDate day, String id, Provenance provenance, Policy... policies) {
        Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        Report report = new Report(
                organization,
                new DateRange(start, start.plusSeconds(86_399)),
                "tlsrpt@sender.example",
                id,
                List.of(policies),
                Set.of());
        return new Arrival(
                report,
                new Origin(
                        new UUID(0, number),
                        Instant.parse("2026-11-24T06:00:00Z").plusSeconds(number),
                        provenance == Provenance.DKIM_ALIGNED ? Channel.MAILBOX : Channel.HTTPS,
                        "192.0.2.1",
                        provenance,
                        null),
                ("{\"report-id\":\"" + id + "\",\"number\":" + number + "}").getBytes(StandardCharsets.UTF_8),
                Arrays.stream(policies).map(policy -> domain(policy)).toList());
    }

    private static String domain(Policy policy) {
        DomainName domain = policy.policyDomain();
        return domain == null ? "" : domain.value();
    }

    static Policy policy(String type, String domain, long successful, long failed, FailureDetail... details) {
        return new Policy(
                new PolicyType(type),
                List.of("version: STSv1"),
                new DomainName(domain),
                List.of("*." + domain),
                successful,
                failed,
                Arrays.asList(details),
                Set.of());
    }

    static FailureDetail detail(
            String type,
            @Nullable String sendingIp,
            @Nullable String mx,
            @Nullable String receivingIp,
            long failed,
            @Nullable String reason) {
        return new FailureDetail(new ResultType(type), sendingIp, mx, null, receivingIp, failed, null, reason);
    }
}
