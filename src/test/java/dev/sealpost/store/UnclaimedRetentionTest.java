package dev.sealpost.store;

import static dev.sealpost.store.UnclaimedReports.DOOR;
import static dev.sealpost.store.UnclaimedReports.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left when unclaimed reports are old: exactly what would be there had they never come. */
class UnclaimedRetentionTest {
    private static final Instant LATER = DOOR.plusSeconds(1_000);

    private final TestDatabase database = TestDatabase.get();
    private final ReportStore store = database.store();
    private final UnclaimedRetention retention =
            new UnclaimedRetention(new WriteTransaction(database.pool()), database.removal());

    @BeforeEach
    void empty() {
        database.clear();
    }

    private void store(Arrival... arrivals) {
        store.store(
                List.of(arrivals),
                List.of(),
                new UnclaimedLimits("configured.example"::equals, domain -> false, 1_000));
    }

    private int expire(Instant before, int limit) {
        return retention.expire(before, "configured.example"::equals, limit);
    }

    @Test
    void oldUnclaimedReportsGoWithAllThatCameOfThem() {
        Arrival watched = report(1, "192.0.2.1", "configured.example", "both.example");
        Arrival young = report(2_000, "192.0.2.1", "young.example", "shared.example");
        store(watched, young);
        List<String> expected = database.dump();
        database.clear();
        store(
                watched,
                young,
                report(2, "192.0.2.1", "old.example", "shared.example"),
                report(2, UUID.randomUUID(), "192.0.2.9", DOOR, "old.example", "shared.example"),
                report(3, "192.0.2.1", "old.example", "both.example"));
        assertThat(database.rows("SELECT count(*) FROM report_copy")).containsExactly("2");
        assertThat(expire(LATER, 100)).isEqualTo(2);
        assertThat(database.dump()).isEqualTo(expected);
        for (String table : List.of("report_copy", "report_raw")) {
            assertThat(database.rows("SELECT x.id FROM " + table + " x WHERE NOT EXISTS"
                            + " (SELECT FROM report r WHERE r.day = x.day AND r.id = x.id)"))
                    .as(table)
                    .isEmpty();
        }
        assertThat(expire(LATER, 100)).isZero();
    }

    @Test
    void aDomainThatWasClaimedKeepsItsReports() {
        store(report(1, "192.0.2.1", "claimed.example"), report(2, "192.0.2.1", "other.example"));
        database.watched().put("claimed.example", Optional.empty(), Optional.empty(), true, DOOR);
        assertThat(expire(LATER, 100)).isEqualTo(2);
        assertThat(database.rows("SELECT domain FROM daily_sessions")).containsExactly("claimed.example");
        assertThat(database.rows("SELECT domain FROM daily_domain")).containsExactly("claimed.example");
        assertThat(database.rows("SELECT 1 FROM unclaimed_report")).isEmpty();
    }

    @Test
    void theOtherVersionCountsWhenTheOneThatDidIsDeleted() {
        Arrival first = report(1, "192.0.2.1", "twice.example");
        Arrival second = new Arrival(
                first.report(),
                new dev.sealpost.origin.Origin(
                        UUID.randomUUID(),
                        LATER.plusSeconds(60),
                        first.origin().channel(),
                        "192.0.2.2",
                        first.origin().provenance(),
                        null),
                new byte[] {1},
                first.domains());
        store(first, second);
        assertThat(database.rows("SELECT counts, contested FROM report ORDER BY received_at"))
                .containsExactly("t|t", "f|t");
        assertThat(expire(LATER, 100)).isEqualTo(1);
        assertThat(database.rows("SELECT counts, contested FROM report")).containsExactly("t|f");
        assertThat(database.rows("SELECT reports FROM daily_sessions")).containsExactly("1");
    }

    @Test
    void severalProcessesDeleteSideBySide() throws Exception {
        List<Arrival> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(report(i, "192.0.2.1", "d" + i % 7 + ".example"));
        }
        store(all.toArray(Arrival[]::new));
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Integer>> workers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                workers.add(() -> {
                    int sum = 0;
                    int done;
                    do {
                        done = expire(LATER, 9);
                        sum += done;
                    } while (done > 0);
                    return sum;
                });
            }
            int sum = 0;
            for (Future<Integer> worker : threads.invokeAll(workers)) {
                sum += worker.get();
            }
            assertThat(sum).isEqualTo(200);
        }
        assertThat(database.dump()).isEmpty();
        retention.forgetCounts(LocalDate.parse("2026-11-25"));
        assertThat(database.rows("SELECT 1 FROM unclaimed_count")).isEmpty();
    }
}
