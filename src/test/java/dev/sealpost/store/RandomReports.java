package dev.sealpost.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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

/**
 * Reports out of so few names, days and ids that duplicates, versions and full cells are the rule. Each number has days
 * and domains of its own, so that many can be tested in one database.
 */
final class RandomReports {
    private static final LocalDate FIRST = LocalDate.of(1990, 1, 1);
    private static final List<@Nullable String> NAMES =
            Arrays.asList("Acme", "ACME", " acme ", "Bank", "bank", null, " ");
    private static final List<@Nullable String> TYPES =
            Arrays.asList("sts", "sts", "tlsa", "no-policy-found", "x-new", "x-other", null);
    private static final List<@Nullable String> RESULTS =
            Arrays.asList("certificate-expired", "validation-failure", "x-result", null);

    private final Random random;
    private final LocalDate day;
    private final List<String> domains;
    private final boolean huge;
    private final int ids;
    private final List<Report> contents = new ArrayList<>();

    RandomReports(Random random, int number) {
        this.random = random;
        this.day = FIRST.plusDays(2L * number);
        this.domains = List.of("a.s" + number + ".example", "b.s" + number + ".example", "c.s" + number + ".example");
        this.huge = random.nextInt(3) == 0;
        this.ids = 1 + random.nextInt(12);
    }

    List<LocalDate> days() {
        return List.of(day, day.plusDays(1));
    }

    List<String> domains() {
        return domains;
    }

    /** An arrival of a new report, of another version of one, or of one that came already. */
    Arrival next() {
        Report report =
                contents.isEmpty() || random.nextInt(3) > 0 ? content() : contents.get(random.nextInt(contents.size()));
        contents.add(report);
        Provenance provenance = pick(Provenance.values());
        Origin origin = new Origin(
                new UUID(random.nextLong(), random.nextLong()),
                // So few instants that they are often the same.
                Instant.parse("2026-11-24T06:00:00Z").plusSeconds(random.nextInt(6)),
                pick(Channel.values()),
                "192.0.2.1",
                provenance,
                null);
        List<String> attributed = report.policies().stream()
                .map(policy -> policy.policyDomain() == null
                        ? ""
                        : policy.policyDomain().value())
                .toList();
        return new Arrival(report, origin, report.toString().getBytes(StandardCharsets.UTF_8), attributed);
    }

    private Report content() {
        if (!contents.isEmpty() && random.nextInt(3) == 0) {
            return otherCounts(contents.get(random.nextInt(contents.size())));
        }
        Instant start =
                days().get(random.nextInt(2)).atStartOfDay(ZoneOffset.UTC).toInstant();
        List<Policy> policies = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            String domain = random.nextInt(15) == 0 ? null : domains.get(Math.min(2, random.nextInt(6)));
            policies.add(policy(pick(TYPES), domain));
        }
        return new Report(
                pick(NAMES),
                new DateRange(start, start.plusSeconds(86_399)),
                random.nextInt(8) == 0 ? null : "tlsrpt@sender.example",
                "id-" + random.nextInt(ids),
                policies,
                Set.of());
    }

    /** The same identity, in another spelling and with other numbers. */
    private Report otherCounts(Report report) {
        String name = report.organizationName();
        return new Report(
                name == null || name.isBlank() ? name : name.toUpperCase(java.util.Locale.ROOT),
                report.dateRange(),
                report.contactInfo(),
                report.reportId(),
                report.policies().stream()
                        .map(policy -> policy(
                                policy.policyType() == null
                                        ? null
                                        : policy.policyType().value(),
                                policy.policyDomain() == null
                                        ? null
                                        : policy.policyDomain().value()))
                        .toList(),
                Set.of());
    }

    private Policy policy(@Nullable String type, @Nullable String domain) {
        List<FailureDetail> details = new ArrayList<>();
        int count = Math.max(0, random.nextInt(6) - 2);
        for (int i = 0; i < count; i++) {
            String result = pick(RESULTS);
            details.add(new FailureDetail(
                    result == null ? null : new ResultType(result),
                    "192.0.2.1",
                    random.nextBoolean() ? null : "mx" + random.nextInt(2) + ".example",
                    null,
                    null,
                    count(),
                    null,
                    null));
        }
        return new Policy(
                type == null ? null : new PolicyType(type),
                List.of(),
                domain == null ? null : new DomainName(domain),
                List.of(),
                count(),
                count(),
                details,
                Set.of());
    }

    private @Nullable Long count() {
        return switch (random.nextInt(huge ? 10 : 7)) {
            case 0 -> null;
            case 1 -> 0L;
            case 7 -> Long.MAX_VALUE - random.nextInt(2);
            case 8 -> (1L << 62) - random.nextInt(2);
            case 9 -> 1L << 61;
            default -> (long) random.nextInt(9);
        };
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private @Nullable String pick(List<@Nullable String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
