package dev.sealpost.store;

import static dev.sealpost.store.KnownReports.FRIDAY;
import static dev.sealpost.store.KnownReports.arrival;
import static dev.sealpost.store.KnownReports.detail;
import static dev.sealpost.store.KnownReports.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.sealpost.origin.Provenance;
import org.junit.jupiter.api.Test;

/** The cells when their reports go, and what may come afterwards. */
class ReportRetentionTest extends OnMonths {
    /** All reports that are stored here came before, and November is over. */
    private static final Instant LATER = Instant.parse("2026-12-20T00:00:00Z");

    private final ReportRetention retention = database.reportRetention();

    private List<String> partitions() {
        return database.rows("SELECT to_regclass('report_2026_11'), to_regclass('policy_2026_11'),"
                + " to_regclass('report_copy_2026_11'), to_regclass('daily_sessions_2026_11')");
    }

    @Test
    void aMonthIsDroppedAndItsCellsStay() {
        months();
        store(KnownReports.ALL);
        store(List.of(KnownReports.GOOGLE));
        List<String> cells = database.cells();
        assertThat(retention.expire(LATER, 2)).isEqualTo(5);
        assertThat(database.cells()).isEqualTo(cells);
        assertThat(partitions()).containsExactly("null|null|null|daily_sessions_2026_11");
        for (String table : List.of("report", "report_raw", "report_copy", "policy")) {
            assertThat(database.rows("SELECT 1 FROM " + table)).as(table).isEmpty();
        }
        List<String> sealed = database.sealed();
        assertThat(retention.expire(LATER, 2)).isZero();
        assertThat(database.cells()).isEqualTo(cells);
        assertThat(database.sealed()).isEqualTo(sealed);
    }

    @Test
    void whatComesLaterCountsAsIfNothingWereGone() {
        for (boolean partitions : List.of(false, true)) {
            empty();
            Arrival fresh = arrival(
                    8,
                    "Google",
                    FRIDAY,
                    "g9",
                    Provenance.UNVERIFIED,
                    policy(
                            "sts",
                            "a.example",
                            1,
                            2,
                            detail("certificate-expired", null, "mx2.a.example", null, 2, null)),
                    policy("odd", "a.example", 4, 0));
            store(KnownReports.ALL);
            store(List.of(fresh));
            List<String> expected = database.cells();
            empty();
            store(KnownReports.ALL);
            List<String> before = database.cells();
            if (partitions) {
                months();
            }
            assertThat(retention.expire(LATER, 100)).isEqualTo(5);
            store(KnownReports.ALL);
            assertThat(database.rows("SELECT 1 FROM report")).as("duplicates").isEmpty();
            Arrival other = arrival(
                    7, "Google", FRIDAY, "g1", Provenance.DKIM_ALIGNED, policy("sts", "a.example", 1_000_000, 0));
            store(List.of(other));
            assertThat(database.rows("SELECT counts FROM report"))
                    .as("another version")
                    .containsExactly("f");
            assertThat(database.cells()).isEqualTo(before);
            store(List.of(fresh));
            assertThat(database.cells()).isEqualTo(expected);
            deriveAll();
            assertThat(database.cells()).isEqualTo(expected);
            assertThat(retention.expire(LATER, 100)).isEqualTo(2);
            assertThat(database.cells()).isEqualTo(expected);
            deriveAll();
            assertThat(database.cells()).isEqualTo(expected);
        }
    }

    @Test
    void atAnyMomentInAnyPortionsTheCellsAreTheSame() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<Arrival> arrivals = new ArrayList<>(IntStream.range(0, 40)
                .mapToObj(number -> arrival(
                        number,
                        "Reporter " + random.nextInt(3),
                        FRIDAY.plusDays(random.nextInt(2)),
                        "id-" + number,
                        random.nextBoolean() ? Provenance.UNVERIFIED : Provenance.DKIM_ALIGNED,
                        policy(
                                List.of("sts", "tlsa", "no-policy-found", "odd").get(random.nextInt(4)),
                                "a.example",
                                random.nextInt(5),
                                random.nextInt(3)),
                        policy("sts", List.of("a.example", "b.example").get(random.nextInt(2)), 1, 1)))
                .toList());
        store(arrivals);
        List<String> expected = database.cells();
        for (int round = 0; round < 15; round++) {
            empty();
            List<Arrival> shuffled = new ArrayList<>(arrivals);
            shuffled.addAll(arrivals.subList(0, random.nextInt(arrivals.size())));
            Collections.shuffle(shuffled, random);
            for (int at = 0; at < shuffled.size(); ) {
                int end = Math.min(shuffled.size(), at + 1 + random.nextInt(15));
                store(shuffled.subList(at, end));
                at = end;
                if (random.nextBoolean()) {
                    sealSome(1 + random.nextInt(10));
                }
            }
            assertThat(database.cells()).as("round %d", round).isEqualTo(expected);
            deriveAll();
            assertThat(database.cells()).as("derived in round %d", round).isEqualTo(expected);
        }
    }

    @Test
    void aFullCellStaysFull() {
        store(IntStream.range(0, Unverified.MOST + 5)
                .mapToObj(number -> arrival(
                        number,
                        "Flood",
                        FRIDAY,
                        "id-" + number,
                        Provenance.UNVERIFIED,
                        policy("sts", "a.example", 1, 0)))
                .toList());
        List<String> cells = database.cells();
        assertThat(database.rows("SELECT reports FROM daily_sessions")).containsExactly("1000");
        sealSome(300);
        deriveAll();
        assertThat(database.cells()).isEqualTo(cells);
        assertThat(retention.expire(LATER, 100)).isEqualTo(705);
        store(List.of(
                arrival(5_000, "Flood", FRIDAY, "late", Provenance.UNVERIFIED, policy("sts", "a.example", 1, 0))));
        deriveAll();
        assertThat(database.cells()).isEqualTo(cells);
    }

    @Test
    void sumsThatWereCutStayCut() {
        Arrival huge =
                arrival(1, "Huge", FRIDAY, "h1", Provenance.UNVERIFIED, policy("sts", "a.example", Long.MAX_VALUE, 1));
        Arrival more =
                arrival(2, "Huge", FRIDAY, "h2", Provenance.UNVERIFIED, policy("sts", "a.example", Long.MAX_VALUE, 1));
        store(List.of(huge, more));
        List<String> cells = database.cells();
        empty();
        store(List.of(huge));
        retention.expire(LATER, 10);
        store(List.of(more));
        assertThat(database.cells()).isEqualTo(cells);
        retention.expire(LATER, 10);
        deriveAll();
        assertThat(database.cells()).isEqualTo(cells);
    }

    @Test
    void aTransactionThatDoesNotEndChangesNothing() throws SQLException {
        store(KnownReports.ALL);
        List<String> before = database.dump();
        Connection connection = database.pool().getConnection();
        int server;
        try (ResultSet pid = connection.createStatement().executeQuery("SELECT pg_backend_pid()")) {
            pid.next();
            server = pid.getInt(1);
        }
        assertThat(retention.seal(connection, LATER, ReportRetention.FIRST, 100))
                .hasSize(5);
        database.run("SELECT pg_terminate_backend(" + server + ", 10000)");
        assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
        assertThat(database.dump()).isEqualTo(before);
        assertThat(database.sealed()).isEmpty();
    }

    @Test
    void importedArchivesAreKeptFromTheirImportOn() {
        months();
        store(KnownReports.ALL);
        Instant between = Instant.parse("2026-11-24T06:00:03Z");
        // By their days all are old, but three came just now.
        assertThat(retention.expire(between, 100)).isEqualTo(2);
        assertThat(database.rows("SELECT count(*) FROM report")).containsExactly("3");
        database.run("UPDATE report SET received_at = '2027-01-05' WHERE report_id = 'g2'");
        assertThat(retention.expire(LATER, 100)).isEqualTo(2);
        assertThat(partitions()).containsExactly("null|null|null|daily_sessions_2026_11");
        assertThat(database.rows("SELECT report_id FROM report_default")).containsExactly("g2");
        assertThat(database.rows("SELECT count(*) FROM policy")).containsExactly("2");
    }

    @Test
    void whatIsDatedFarAheadGoesByWhenItCame() {
        store(List.of(arrival(
                1, "Google", FRIDAY.plusYears(70), "f1", Provenance.UNVERIFIED, policy("sts", "a.example", 1, 0))));
        assertThat(retention.expire(LATER, 10)).isEqualTo(1);
        assertThat(database.rows("SELECT successful FROM daily_sessions")).containsExactly("1");
    }

    private void sealSome(int most) {
        try (Connection connection = database.pool().getConnection()) {
            retention.seal(connection, LATER, ReportRetention.FIRST, most);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As rebuild does. */
    private void deriveAll() {
        Set<Unit> units = database.rows("SELECT DISTINCT domain, day, organization FROM daily_sessions").stream()
                .map(row -> row.split("\\|"))
                .map(row -> new Unit(row[0], java.time.LocalDate.parse(row[1]), row[2]))
                .collect(Collectors.toSet());
        try (Connection connection = database.pool().getConnection()) {
            assertThat(database.counting().derive(connection, units, Set::of)).isTrue();
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
