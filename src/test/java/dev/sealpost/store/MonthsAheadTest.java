package dev.sealpost.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Partitions that are made while reports come. */
class MonthsAheadTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-24");
    private static final String MONTHS = "SELECT count(DISTINCT tableoid) FROM ";

    private final TestDatabase database = TestDatabase.get();
    private final MonthsAhead months = database.months();

    @BeforeEach
    void empty() {
        database.clear();
    }

    @AfterEach
    void dropMonths() {
        database.dropMonths();
    }

    @Test
    void whatTheDefaultPartitionHasMovesAndWhatComesLaterFollows() {
        Arrival october = KnownReports.arrival(
                9,
                "Google",
                LocalDate.parse("2026-10-31"),
                "o1",
                dev.sealpost.origin.Provenance.UNVERIFIED,
                KnownReports.policy("sts", "a.example", 1, 0));
        database.store().store(List.of(KnownReports.GOOGLE, october, KnownReports.TWO_DOMAINS), List.of());
        List<String> before = database.dump();
        months.make(TODAY, LocalDate.parse("2026-10-02"), TODAY);
        assertThat(database.dump()).isEqualTo(before);
        for (String table : List.of("report", "policy", "daily_sessions", "daily_domain", "daily_failures")) {
            assertThat(database.rows("SELECT count(*) FROM " + table + "_default"))
                    .as(table)
                    .containsExactly("0");
        }
        assertThat(database.rows(MONTHS + "report")).containsExactly("2");
        assertThat(database.rows("SELECT count(*) FROM report_2026_10")).containsExactly("1");
        assertThat(database.rows("SELECT to_regclass('report_2026_12'), to_regclass('report_raw_2026_10')"))
                .containsExactly("report_2026_12|null");
        database.store().store(KnownReports.ALL, List.of());
        assertThat(database.rows("SELECT count(*) FROM report_2026_11")).containsExactly("5");
        months.make(TODAY, LocalDate.parse("2026-10-02"), TODAY);
        assertThat(database.rows("SELECT count(*) FROM report")).containsExactly("6");
    }

    @Test
    void aTableInUseIsLeftAsItIsAndTriedAgain() throws Exception {
        database.store().store(KnownReports.ALL, List.of());
        List<String> before = database.dump();
        try (Connection reader = database.pool().getConnection()) {
            Partitions.run(reader, "LOCK TABLE policy IN ACCESS SHARE MODE");
            Partitions.run(reader, "SELECT count(*) FROM policy");
            assertThatThrownBy(() -> months.make(TODAY, TODAY, TODAY)).isInstanceOf(StoreUnavailableException.class);
        }
        assertThat(database.dump()).isEqualTo(before);
        months.make(TODAY, TODAY, TODAY);
        assertThat(database.dump()).isEqualTo(before);
        assertThat(database.rows("SELECT count(*) FROM policy_2026_11"))
                .isEqualTo(database.rows("SELECT count(*) FROM policy"));
    }

    @Test
    void aReportThatMeetsItsMonthInTheMakingIsStoredAtTheNextTry() throws Exception {
        try (Connection maker = database.pool().getConnection();
                ExecutorService writer = Executors.newSingleThreadExecutor()) {
            maker.setAutoCommit(false);
            Partitions.make(maker, "daily_domain", YearMonth.parse("2026-11"));
            Future<?> storing = writer.submit(() -> database.store().store(List.of(KnownReports.GOOGLE), List.of()));
            Awaitility.await("the writer waits for the default partition")
                    .until(() -> database.rows("SELECT count(*) FROM pg_locks WHERE NOT granted"
                                    + " AND relation = 'daily_domain_default'::regclass")
                            .equals(List.of("1")));
            maker.commit();
            assertThatThrownBy(storing::get).hasCauseInstanceOf(StoreUnavailableException.class);
        }
        database.store().store(List.of(KnownReports.GOOGLE), List.of());
        assertThat(database.rows("SELECT count(*) FROM daily_domain_2026_11")).containsExactly("1");
    }

    @Test
    void partitionsHaveTheIndexesOfTheirTable() {
        months.make(MonthlyTables.READING, YearMonth.parse("2031-01"));
        assertThat(database.rows("SELECT count(*) FROM pg_index WHERE indrelid = 'report_2031_01'::regclass"))
                .isEqualTo(database.rows("SELECT count(*) FROM pg_index WHERE indrelid = 'report'::regclass"));
        assertThat(database.rows("SELECT count(*) FROM pg_index i JOIN pg_inherits h ON h.inhrelid = i.indexrelid"
                        + " WHERE i.indrelid = 'policy_2031_01'::regclass"))
                .isEqualTo(database.rows("SELECT count(*) FROM pg_index WHERE indrelid = 'policy'::regclass"));
    }
}
