package dev.sealpost.store;

import static dev.sealpost.store.KnownReports.FRIDAY;
import static dev.sealpost.store.KnownReports.arrival;
import static dev.sealpost.store.KnownReports.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import dev.sealpost.origin.Provenance;
import org.junit.jupiter.api.Test;

/** Originals go before what was read of them, and that before the cells. */
class RetentionTest extends OnMonths {
    private static final Instant LATER = Instant.parse("2026-12-20T00:00:00Z");
    private static final LocalDate NEW_YEAR = LocalDate.parse("2027-01-01");

    private void store(Arrival... arrivals) {
        store.store(List.of(arrivals), List.of());
    }

    @Test
    void originalsOfAMonthGoAndThoseThatCameLateStay() {
        months();
        store.store(KnownReports.ALL, List.of());
        database.run("UPDATE report SET received_at = '2026-12-20' WHERE report_id = 'g1'");
        List<String> before = database.dump();
        for (int i = 0; i < 2; i++) {
            database.rawRetention().expire(LATER, 2);
            assertThat(database.rows("SELECT to_regclass('report_raw_2026_11')"))
                    .containsExactly("null");
            assertThat(database.rows("SELECT report_id FROM report JOIN report_raw USING (day, id)"))
                    .containsExactly("g1");
            assertThat(database.dump()).isEqualTo(before);
        }
        database.rawRetention().expire(LATER.plusSeconds(1), 2);
        assertThat(database.rows("SELECT 1 FROM report_raw")).isEmpty();
    }

    @Test
    void importedOriginalsGoByTheirImport() {
        store.store(KnownReports.ALL, List.of());
        database.rawRetention().expire(Instant.parse("2026-11-24T06:00:04Z"), 2);
        assertThat(database.rows("SELECT count(*) FROM report_raw")).containsExactly("2");
    }

    @Test
    void cellsGoWithWhatWasKeptForThem() {
        for (boolean partitions : List.of(false, true)) {
            if (partitions) {
                months();
            }
            store.store(KnownReports.ALL, List.of());
            database.reportRetention().expire(LATER, 100);
            assertThat(database.cells()).isNotEmpty();
            database.cellRetention().expire(FRIDAY, 2);
            assertThat(database.rows("SELECT count(*) FROM daily_sessions")).containsExactly("5");
            database.cellRetention().expire(NEW_YEAR, 2);
            assertThat(database.cells()).isEmpty();
            assertThat(database.sealed()).isEmpty();
            // It may come back, since nothing is there that it could be counted twice in.
            store(KnownReports.GOOGLE);
            assertThat(database.rows("SELECT reports FROM daily_sessions")).containsExactly("1");
            empty();
        }
    }

    @Test
    void cellsOfReportsThatAreKeptStay() {
        for (boolean partitions : List.of(false, true)) {
            Arrival late =
                    arrival(900_000, "Google", FRIDAY, "late", Provenance.UNVERIFIED, policy("sts", "a.example", 3, 4));
            store(late);
            List<String> expected = database.cells();
            empty();
            if (partitions) {
                months();
            }
            store.store(KnownReports.ALL, List.of());
            store(late);
            Instant between = late.origin().received();
            assertThat(database.reportRetention().expire(between, 100)).isEqualTo(5);
            database.run("UPDATE report SET received_at = '2027-01-05'");
            database.reportRetention().expire(LATER, 100);
            database.cellRetention().expire(NEW_YEAR, 100);
            if (partitions) {
                assertThat(database.cells()).isEqualTo(expected);
                assertThat(database.rows("SELECT to_regclass('daily_domain_2026_11')"))
                        .containsExactly("null");
            } else {
                // The day of the domain stays whole; others are gone.
                assertThat(database.rows("SELECT domain, day, sum(reports) FROM daily_sessions GROUP BY 1, 2"))
                        .containsExactly("a.example|" + FRIDAY + "|3");
            }
            empty();
        }
    }

    @Test
    void aMonthInUseStaysAsItIs() throws Exception {
        months();
        store.store(KnownReports.ALL, List.of());
        database.reportRetention().expire(LATER, 100);
        List<String> before = database.cells();
        try (Connection reader = database.pool().getConnection()) {
            Partitions.run(reader, "SELECT count(*) FROM daily_failures");
            assertThatThrownBy(() -> database.cellRetention().expire(NEW_YEAR, 2))
                    .isInstanceOf(StoreUnavailableException.class);
        }
        assertThat(database.cells()).isEqualTo(before);
    }

    @Test
    void countsOverReportsAreNotKnownWhereSomeAreGone() {
        store.store(KnownReports.ALL, List.of());
        Filter filter = Questions.november().domains("a.example").filter();
        FailureQuestion question = new FailureQuestion(
                new ReadTransaction(database.pool()), new Reach(new ReadTransaction(database.pool())));
        FailureRow before =
                question.rows(filter, List.of(), Optional.empty(), 1).getFirst();
        assertThat(before.reports()).isEqualTo(2L);
        database.reportRetention().expire(LATER, 100);
        FailureRow after = question.rows(filter, List.of(), Optional.empty(), 1).getFirst();
        assertThat(after.failedSessions()).isEqualTo(before.failedSessions());
        assertThat(after.reports()).isNull();
    }
}
