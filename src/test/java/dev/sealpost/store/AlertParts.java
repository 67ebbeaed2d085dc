package dev.sealpost.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

/** What alerts need of the store, on a test's database. */
public final class AlertParts {
    private static final int BATCH = 1_000;

    private final TestDatabase database;
    private final ReadTransaction reading;
    private final WriteTransaction writing;
    private final List<Arrival> waiting = new ArrayList<>();
    private int number;

    public AlertParts(TestDatabase database) {
        this.database = database;
        this.reading = new ReadTransaction(database.pool());
        this.writing = new WriteTransaction(database.pool());
    }

    public AlertRounds rounds() {
        return new AlertRounds(writing);
    }

    public AlertBook book() {
        return new AlertBook(writing);
    }

    public SeriesDays series() {
        return new SeriesDays(reading);
    }

    public PoolDays pools() {
        return new PoolDays(reading);
    }

    public AlertDomains domains() {
        return new AlertDomains(reading);
    }

    public PolicyPast policies() {
        return new PolicyPast(reading);
    }

    public FailurePlaces places() {
        return new FailurePlaces(reading);
    }

    public AlertQuestion question() {
        return new AlertQuestion(reading);
    }

    /** As a reader who is bound. */
    public AlertQuestion question(Reader.Bounds bounds) {
        return new AlertQuestion(new ReadTransaction(database.pool(), () -> Optional.of(bounds)));
    }

    public AlertSettings settings() {
        return new AlertSettings(reading, writing);
    }

    /** A report of one reporter's day about one domain; it is stored with the others at the latest by {@link #store}. */
    public UUID report(
            String domain,
            String reporter,
            LocalDate day,
            Provenance provenance,
            long sessions,
            long failed,
            String type) {
        number++;
        Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        List<FailureDetail> details = failed == 0
                ? List.of()
                : List.of(new FailureDetail(
                        new ResultType(type), "192.0.2.7", "mx1." + domain, null, null, failed, null, null));
        Policy policy = new Policy(
                new PolicyType("sts"),
                List.of("version: STSv1", "mode: testing", "mx: mx1." + domain),
                new DomainName(domain),
                List.of("mx1." + domain),
                sessions - failed,
                failed,
                details,
                Set.of());
        Report report = new Report(
                reporter,
                new DateRange(start, start.plusSeconds(86_399)),
                "tlsrpt@" + reporter.toLowerCase(Locale.ROOT) + ".example",
                "id-" + number,
                List.of(policy),
                Set.of());
        Origin origin = new Origin(
                new UUID(7, number),
                start.plusSeconds(86_400L + number % 1_000),
                Channel.MAILBOX,
                "192.0.2.1",
                provenance,
                null);
        Arrival arrival =
                new Arrival(report, origin, report.toString().getBytes(StandardCharsets.UTF_8), List.of(domain));
        waiting.add(arrival);
        if (waiting.size() == BATCH) {
            store();
        }
        return ReportRow.of(arrival).id();
    }

    /** Stores what waits, as the aggregator does. */
    public void store() {
        database.store().store(waiting, List.of());
        waiting.clear();
    }

    /** Deletes a report, as an operator does. */
    public void delete(UUID report) {
        new ReportDecisions(writing, database.removal()).delete(report, "tester", Instant.EPOCH);
    }
}
