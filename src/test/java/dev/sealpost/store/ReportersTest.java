package dev.sealpost.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;
import dev.sealpost.report.DateRange;
import dev.sealpost.report.DomainName;
import dev.sealpost.report.Policy;
import dev.sealpost.report.PolicyType;
import dev.sealpost.report.Report;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a day of a domain is complete. */
class ReportersTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);
    private static final LocalDate YESTERDAY = TODAY.minusDays(1);
    private static final Instant MIDNIGHT = TODAY.atStartOfDay().toInstant(ZoneOffset.UTC);

    private final TestDatabase database = TestDatabase.get();
    private final ReportStore store = database.store();
    private final Reporters reporters =
            new Reporters(new ReadTransaction(database.pool()), new WriteTransaction(database.pool()));

    @BeforeEach
    void empty() {
        database.clear();
    }

    private void report(String organization, LocalDate day, Duration late, Provenance provenance) {
        Instant start = day.atStartOfDay().toInstant(ZoneOffset.UTC);
        Policy policy = new Policy(
                PolicyType.STS, List.of(), new DomainName("example.org"), List.of(), 1L, 0L, List.of(), Set.of());
        Report report = new Report(
                organization, new DateRange(start, start.plusSeconds(86_399)), null, "a", List.of(policy), Set.of());
        Instant door = start.plusSeconds(86_400).plus(late);
        Origin origin = new Origin(UUID.randomUUID(), door, Channel.HTTPS, "192.0.2.1", provenance, null);
        store.store(
                List.of(new Arrival(
                        report, origin, report.toString().getBytes(StandardCharsets.UTF_8), List.of("example.org"))),
                List.of());
    }

    private Map<String, Set<LocalDate>> complete(Duration sinceMidnight) {
        return reporters.completeDays(
                List.of("example.org", "other.example"), YESTERDAY, YESTERDAY, MIDNIGHT.plus(sinceMidnight));
    }

    private void twoReportersUntil(LocalDate last) {
        for (LocalDate day = last.minusDays(15); !day.isAfter(last); day = day.plusDays(1)) {
            report("Early", day, Duration.ofHours(2), Provenance.UNVERIFIED);
            report("Late", day, Duration.ofHours(9), Provenance.UPLOAD);
        }
    }

    @Test
    void aDayIsCompleteWhenAllUsualReportersHaveReported() {
        twoReportersUntil(YESTERDAY.minusDays(1));
        assertThat(complete(Duration.ofHours(3))).isEmpty();
        report("Early", YESTERDAY, Duration.ofHours(2), Provenance.UNVERIFIED);
        assertThat(complete(Duration.ofHours(3))).isEmpty();
        report("Late", YESTERDAY, Duration.ofHours(9), Provenance.UPLOAD);
        assertThat(complete(Duration.ofHours(9))).isEqualTo(Map.of("example.org", Set.of(YESTERDAY)));
    }

    @Test
    void aReporterIsMissedForItsUsualDelayAndNoLonger() {
        twoReportersUntil(YESTERDAY.minusDays(1));
        report("Early", YESTERDAY, Duration.ofHours(2), Provenance.UNVERIFIED);
        reporters.learn(TODAY, MIDNIGHT);
        assertThat(database.rows("SELECT organization, usual_delay_hours FROM reporter ORDER BY 1"))
                .containsExactly("early|2", "late|9");
        assertThat(complete(Duration.ofHours(8))).isEmpty();
        assertThat(complete(Duration.ofHours(10))).isEqualTo(Map.of("example.org", Set.of(YESTERDAY)));
    }

    @Test
    void whoReportedOnceIsNotExpected() {
        twoReportersUntil(YESTERDAY.minusDays(1));
        report("Once", YESTERDAY.minusDays(3), Duration.ofHours(1), Provenance.UPLOAD);
        report("Early", YESTERDAY, Duration.ofHours(2), Provenance.UNVERIFIED);
        report("Late", YESTERDAY, Duration.ofHours(2), Provenance.UNVERIFIED);
        assertThat(complete(Duration.ofHours(3))).containsKey("example.org");
    }

    @Test
    void lateForgeriesDoNotTeachADelay() {
        twoReportersUntil(YESTERDAY.minusDays(1));
        for (int i = 3; i < 15; i++) {
            report("Late", TODAY.minusDays(i), Duration.ofHours(400 + i), Provenance.UNVERIFIED);
        }
        reporters.learn(TODAY, MIDNIGHT);
        assertThat(database.rows("SELECT usual_delay_hours FROM reporter WHERE organization = 'late'"))
                .containsExactly("9");
    }
}
