package dev.sealpost.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;
import dev.sealpost.report.DateRange;
import dev.sealpost.report.Report;

/** Reports of any domains from any source. */
final class UnclaimedReports {
    static final Instant DOOR = Instant.parse("2026-11-24T06:00:00Z");

    private UnclaimedReports() {}

    /** The number makes the report: equal ones have equal bytes. */
    static Arrival report(int number, UUID receipt, String source, Instant received, String... domains) {
        Instant start = Instant.parse("2026-11-23T00:00:00Z");
        Report report = new Report(
                "Sender",
                new DateRange(start, start.plusSeconds(86_399)),
                "tlsrpt@sender.example",
                "id-" + number,
                Arrays.stream(domains)
                        .map(domain -> KnownReports.policy("sts", domain, 1, 1))
                        .toList(),
                Set.of());
        Origin origin = new Origin(receipt, received, Channel.HTTPS, source, Provenance.UNVERIFIED, null);
        return new Arrival(report, origin, report.toString().getBytes(StandardCharsets.UTF_8), Arrays.asList(domains));
    }

    static Arrival report(int number, String source, String... domains) {
        return report(number, new UUID(7, number), source, DOOR.plusSeconds(number), domains);
    }
}
