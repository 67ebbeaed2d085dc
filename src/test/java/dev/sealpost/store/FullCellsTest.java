package dev.sealpost.store;

import static dev.sealpost.store.KnownReports.FRIDAY;
import static dev.sealpost.store.KnownReports.detail;
import static dev.sealpost.store.KnownReports.policy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import dev.sealpost.origin.Provenance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cell counts the unverified reports that came first at the door, in whatever order and company they come to it. */
class FullCellsTest {
    private static final int LIMIT = 3;
    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
    private static final String COUNTED = """
            SELECT DISTINCT r.report_id FROM report r JOIN policy p ON p.day = r.day AND p.report = r.id
            WHERE NOT p.aside ORDER BY 1""";

    private final TestDatabase database = TestDatabase.get();
    private final ReportStore store = database.store(LIMIT);
    private final ReportDecisions decisions =
            new ReportDecisions(new WriteTransaction(database.pool()), database.removal(LIMIT));

    @BeforeEach
    void empty() {
        database.clear();
    }

    /** The number is also the time at the door. */
    private static Arrival report(int number) {
        return KnownReports.arrival(
                number,
                "Flood",
                FRIDAY,
                "r%02d".formatted(number),
                Provenance.UNVERIFIED,
                policy("sts", "a.example", 1, 1, detail("certificate-expired", null, "mx.a.example", null, 1, null)),
                policy("odd", "a.example", 1, 0));
    }

    private void store(Integer... numbers) {
        store.store(Stream.of(numbers).map(FullCellsTest::report).toList(), List.of());
    }

    private String last() {
        return database.rows("SELECT full_at, full_receipt FROM daily_sessions").getFirst();
    }

    @Test
    void whatComesAfterAFullCellIsKeptAsideAndTheCellIsNotMadeAgain() {
        store(2, 4, 6);
        store(8);
        assertThat(last()).startsWith("2026-11-24 06:00:06").endsWith("000000000006");
        String cell = "SELECT ctid, xmin FROM daily_sessions";
        List<String> before = database.rows(cell);
        store(7, 9, 10);
        assertThat(database.rows(cell)).isEqualTo(before);
        assertThat(database.rows(COUNTED)).containsExactly("r02", "r04", "r06");
        store(3);
        assertThat(database.rows(cell)).isNotEqualTo(before);
        assertThat(database.rows(COUNTED)).containsExactly("r02", "r03", "r04");
        assertThat(last()).endsWith("000000000004");
    }

    @Test
    void theFirstAtTheDoorCountInAnyOrder() {
        long seed = Long.getLong("sealpost.test.seed", System.nanoTime());
        System.out.println("seed " + seed);
        for (int round = 0; round < 60; round++) {
            Random random = new Random(seed + round);
            database.deleteCounted();
            database.run("DELETE FROM gone_report");
            List<Integer> numbers =
                    new ArrayList<>(Stream.iterate(1, i -> i + 1).limit(14).toList());
            Collections.shuffle(numbers, random);
            List<Integer> stored = new ArrayList<>();
            for (int at = 0; at < numbers.size(); ) {
                int end = Math.min(numbers.size(), at + 1 + random.nextInt(3));
                store(numbers.subList(at, end).toArray(Integer[]::new));
                stored.addAll(numbers.subList(at, end));
                at = end;
                if (random.nextInt(3) == 0) {
                    Integer gone = stored.remove(random.nextInt(stored.size()));
                    assertThat(decisions.delete(KnownReports.id(report(gone)), "tester", NOW))
                            .isTrue();
                }
                List<String> first = stored.stream()
                        .sorted(Comparator.naturalOrder())
                        .limit(LIMIT)
                        .map("r%02d"::formatted)
                        .toList();
                assertThat(database.rows(COUNTED))
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo(first);
                assertThat(database.rows("SELECT successful, failed, reports FROM daily_sessions"))
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo(first.isEmpty() ? List.of() : List.of(sums(first.size())));
                assertThat(database.rows("SELECT sum(successful), sum(failed), sum(reports) FROM daily_domain"))
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo(first.isEmpty() ? List.of("null|null|null") : List.of(sums(first.size())));
            }
        }
    }

    private static String sums(int reports) {
        return 2 * reports + "|" + reports + "|" + reports;
    }
}
