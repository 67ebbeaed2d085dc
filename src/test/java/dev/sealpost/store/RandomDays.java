package dev.sealpost.store;

import static dev.sealpost.store.KnownReports.arrival;
import static dev.sealpost.store.KnownReports.detail;
import static dev.sealpost.store.KnownReports.policy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

import dev.sealpost.origin.Provenance;
import dev.sealpost.report.Policy;

/** Reports of some reporters about some domains over some days, with gaps, as facts that can be added up in Java. */
record RandomDays(List<Fact> facts, List<Arrival> arrivals) {
    static final LocalDate FIRST = LocalDate.of(2026, 10, 1);
    static final int DAYS = 60;
    static final List<String> DOMAINS = List.of("a.example", "b.example", "c.example");
    static final List<String> REPORTERS = List.of("Google Inc.", "microsoft", "Zeta", "äther");
    private static final List<String> TYPES =
            List.of("starttls-not-supported", "certificate-expired", "validation-failure", "tlsa-invalid", "x", "y");

    /** What one report says of one domain, all under one policy. */
    record Fact(int report, String reporter, LocalDate day, String domain, long successful, long failed, String type) {}

    static RandomDays of(Random random) {
        List<Fact> facts = new ArrayList<>();
        List<Arrival> arrivals = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            for (String reporter : REPORTERS) {
                if (random.nextInt(3) == 0) {
                    report(random, reporter, FIRST.plusDays(day), facts, arrivals);
                }
            }
        }
        return new RandomDays(facts, arrivals);
    }

    private static void report(
            Random random, String reporter, LocalDate day, List<Fact> facts, List<Arrival> arrivals) {
        int number = arrivals.size() + 1;
        List<Policy> policies = new ArrayList<>();
        for (String domain : DOMAINS) {
            if (random.nextBoolean()) {
                Fact fact = new Fact(
                        number,
                        reporter,
                        day,
                        domain,
                        random.nextInt(50),
                        random.nextInt(10),
                        TYPES.get(random.nextInt(TYPES.size())));
                facts.add(fact);
                policies.add(policy(
                        "sts",
                        domain,
                        fact.successful,
                        fact.failed,
                        detail(fact.type, null, "mx." + domain, null, fact.failed, null)));
            }
        }
        if (!policies.isEmpty()) {
            arrivals.add(arrival(
                    number, reporter, day, "r" + number, Provenance.UNVERIFIED, policies.toArray(Policy[]::new)));
        }
    }

    List<Fact> where(Predicate<Fact> wanted) {
        return facts.stream().filter(wanted).toList();
    }

    static Predicate<Fact> between(LocalDate from, LocalDate to) {
        return fact -> !fact.day.isBefore(from) && !fact.day.isAfter(to);
    }

    static long successful(List<Fact> facts) {
        return facts.stream().mapToLong(Fact::successful).sum();
    }

    static long failed(List<Fact> facts) {
        return facts.stream().mapToLong(Fact::failed).sum();
    }

    static long reports(List<Fact> facts) {
        return facts.stream().map(Fact::report).distinct().count();
    }
}
