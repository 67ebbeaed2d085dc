package dev.sealpost.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sealpost.origin.Provenance;
import dev.sealpost.report.Policy;
import dev.sealpost.report.Report;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two writers of one cell at READ COMMITTED: why the days of domains are locked before anything is read. */
class WriterRaceTest {
    private final TestDatabase database = TestDatabase.get();

    @BeforeEach
    void empty() {
        database.clear();
        database.store().store(List.of(version(0, "other")), List.of());
    }

    /** Lets no writer go on to its end before the other has decided too, or waits for the first in the database. */
    private final class Meeting extends Versions {
        private final AtomicInteger decided = new AtomicInteger();

        @Override
        Settled settle(Connection connection, Collection<ReportRow> rows, Set<UUID> fresh) throws SQLException {
            return met(super.settle(connection, rows, fresh));
        }

        @Override
        Settled settle(Connection connection, LocalDate day, byte[] identity) throws SQLException {
            return met(super.settle(connection, day, identity));
        }

        private Settled met(Settled settled) {
            decided.incrementAndGet();
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> decided.get() == 2 || oneWaits());
            return settled;
        }

        private boolean oneWaits() {
            return !database.rows("SELECT pid FROM pg_locks WHERE NOT granted").isEmpty();
        }
    }

    /** As if nobody had thought of it. */
    private static final class NoLock extends DailyDomains {
        @Override
        Locked lock(Connection connection, Collection<Unit> units, CellSums added) {
            return new Locked(Set.of(), List.of());
        }
    }

    private void storeBoth(DailyDomains domains) throws Exception {
        storeBoth(domains, version(1, "twice"), version(2, "twice"));
    }

    private void storeBoth(DailyDomains domains, Arrival one, Arrival other) throws Exception {
        Counting counting = new Counting(domains, new Meeting(), new CellRows(), new DailyCells());
        ReportStore store = database.store(counting);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Callable<Object> first = () -> store.store(List.of(one), List.of());
            Callable<Object> second = () -> store.store(List.of(other), List.of());
            for (Future<Object> writer : threads.invokeAll(List.of(first, second))) {
                writer.get();
            }
        }
    }

    @Test
    void withoutTheLockBothVersionsOfAReportCount() throws Exception {
        storeBoth(new NoLock());
        assertThat(database.rows("SELECT counts FROM report WHERE report_id = 'twice'"))
                .as("the race that this test is about")
                .containsExactly("t", "t");
        assertThat(database.rows("SELECT reports FROM daily_sessions")).containsExactly("3");
    }

    @Test
    void behindTheLockOneOfThemCounts() throws Exception {
        storeBoth(new DailyDomains());
        assertThat(database.rows("SELECT counts FROM report WHERE report_id = 'twice' ORDER BY 1"))
                .containsExactly("f", "t");
        assertThat(database.rows("SELECT reports, successful FROM daily_sessions"))
                .containsExactly("2|1");
    }

    @Test
    void versionsWithoutADomainAreDecidedOneAfterTheOther() throws Exception {
        storeBoth(new DailyDomains(), withoutDomain(version(1, "twice")), withoutDomain(version(2, "twice")));
        assertThat(database.rows("SELECT counts FROM report WHERE report_id = 'twice' ORDER BY 1"))
                .containsExactly("f", "t");
    }

    private static Arrival withoutDomain(Arrival arrival) {
        Report report = arrival.report();
        Policy policy = report.policies().getFirst();
        Report without = new Report(
                report.organizationName(),
                report.dateRange(),
                report.contactInfo(),
                report.reportId(),
                List.of(new Policy(
                        policy.policyType(),
                        List.of(),
                        null,
                        List.of(),
                        policy.totalSuccessfulSessionCount(),
                        0L,
                        List.of(),
                        Set.of())),
                Set.of());
        return new Arrival(without, arrival.origin(), arrival.json(), List.of(""));
    }

    @Test
    void aCopyUnderWayDoesNotBringADeletedReportBack() throws Exception {
        Meeting meeting = new Meeting();
        Counting counting = new Counting(new DailyDomains(), meeting, new CellRows(), new DailyCells());
        ReportDecisions decisions =
                new ReportDecisions(new WriteTransaction(database.pool()), new Removal(meeting, counting));
        Arrival report = version(0, "other");
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<Boolean> deleted =
                    threads.submit(() -> decisions.delete(KnownReports.id(report), "tester", Instant.EPOCH));
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> meeting.decided.get() == 1);
            Future<?> copy = threads.submit(() -> database.store().store(List.of(report), List.of()));
            assertThat(deleted.get()).isTrue();
            copy.get();
        }
        assertThat(database.rows("SELECT report_id FROM report")).isEmpty();
        assertThat(database.rows("SELECT reports FROM daily_sessions")).isEmpty();
    }

    private static Arrival version(int number, String id) {
        Arrival arrival = KnownReports.arrival(
                number,
                "Racer",
                KnownReports.FRIDAY,
                id,
                Provenance.UNVERIFIED,
                KnownReports.policy("sts", "race.example", number, 0));
        return new Arrival(
                arrival.report(),
                arrival.origin(),
                arrival.report().toString().getBytes(StandardCharsets.UTF_8),
                arrival.domains());
    }
}
