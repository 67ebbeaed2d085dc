package dev.sealpost.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Random sequences of reports, duplicates, versions, late arrivals, deletions and preferences, by two aggregators and an
 * operator at once: the tables always equal what plain loops make of the same. -Dsealpost.test.sequences=10000 for more,
 * -Dsealpost.test.seed=N and -Dsealpost.test.first=M for one seed
 * and sequence again.
 */
class CountingTest {
    private static final int LIMIT = 3;
    private static final int SEQUENCES = Integer.getInteger("sealpost.test.sequences", 500);
    private static final int FIRST = Integer.getInteger("sealpost.test.first", 0);
    private static final int END = FIRST + SEQUENCES;
    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
    private static final Map<String, String> TABLES = Map.of(
            "report", """
            SELECT organization, report_id, counts, contested, preferred, receipt, provenance, channel FROM report
            WHERE day IN (%2$s)""",
            "sessions", """
            SELECT domain, day, organization, channel, provenance, organization_name, successful, failed, reports,
                saturated, sts_successful, sts_failed, sts_reports, tlsa_successful, tlsa_failed, tlsa_reports,
                none_successful, none_failed, none_reports
            FROM daily_sessions WHERE domain IN (%1$s) AND day IN (%2$s)""",
            "others", """
            SELECT domain, day, organization, channel, provenance, policy_type, organization_name, successful, failed,
                reports, saturated
            FROM daily_other_sessions WHERE domain IN (%1$s) AND day IN (%2$s)""",
            "failures", """
            SELECT domain, day, organization, channel, provenance, policy_type, result_type, receiving_mx_hostname,
                organization_name, failed, reports, saturated, of_type, of_all
            FROM daily_failures WHERE domain IN (%1$s) AND day IN (%2$s)""",
            "domain", """
            SELECT domain, day, successful, failed, reports, occurrences, failing FROM daily_domain
            WHERE domain IN (%1$s) AND day IN (%2$s)""",
            "reporters", """
            SELECT day, organization, result_type, sum(failed), sum(reports) FROM rollup_reporters WHERE day IN (%2$s)
            GROUP BY 1, 2, 3 HAVING sum(failed) <> 0 OR sum(reports) <> 0""",
            "all", """
            SELECT day, organization, sum(successful), sum(failed), sum(reports) FROM rollup_sessions
            WHERE day IN (%2$s) GROUP BY 1, 2 HAVING (sum(successful), sum(failed), sum(reports)) <> (0, 0, 0)""",
            "rollup", """
            SELECT day, policy_type, result_type, sum(failed), sum(cells) FROM rollup_failures WHERE day IN (%2$s)
            GROUP BY 1, 2, 3 HAVING sum(failed) <> 0 OR sum(cells) <> 0""");

    private final TestDatabase database = TestDatabase.get();
    private final ReportStore store = database.store(LIMIT);
    private final ReportDecisions decisions =
            new ReportDecisions(new WriteTransaction(database.pool()), database.removal(LIMIT));

    @BeforeEach
    void empty() {
        database.clear();
    }

    @Test
    void anySequenceGivesTheTablesThatPlainLoopsGive() throws Exception {
        long seed = Long.getLong("sealpost.test.seed", System.nanoTime());
        System.out.println("seed " + seed + ", sequences " + SEQUENCES);
        AtomicInteger next = new AtomicInteger(FIRST);
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            Callable<Void> worker = () -> {
                try {
                    for (int number = next.getAndIncrement(); number < END; number = next.getAndIncrement()) {
                        sequence(seed, number, threads);
                    }
                    return null;
                } finally {
                    next.set(END);
                }
            };
            for (Future<Void> done : threads.invokeAll(Collections.nCopies(2, worker))) {
                done.get();
            }
        }
    }

    private void sequence(long seed, int number, ExecutorService threads) throws Exception {
        Random random = new Random(seed + number);
        RandomReports reports = new RandomReports(random, number);
        NaiveTables naive = new NaiveTables(LIMIT);
        List<Arrival> came = new ArrayList<>();
        int rounds = 1 + random.nextInt(4);
        for (int round = 0; round < rounds; round++) {
            List<Runnable> decided = decide(random, naive, came);
            List<Arrival> now = new ArrayList<>();
            for (int i = random.nextInt(14); i >= 0; i--) {
                now.add(reports.next());
            }
            // Replays, at times of everything.
            int again = random.nextInt(3) == 0 ? came.size() : random.nextInt(came.size() + 1);
            Collections.shuffle(came, random);
            came.addAll(now);
            now.addAll(came.subList(0, again));
            List<Callable<Void>> workers = new ArrayList<>();
            for (List<List<Arrival>> batches : dealt(random, now)) {
                workers.add(() -> {
                    batches.forEach(this::store);
                    return null;
                });
            }
            workers.add(() -> {
                decided.forEach(Runnable::run);
                return null;
            });
            for (Future<Void> worker : threads.invokeAll(workers)) {
                worker.get();
            }
            now.forEach(naive::store);
            assertThat(differences(naive.recompute().lines, tables(reports)))
                    .as("seed %d, sequence %d, round %d", seed, number, round)
                    .isEmpty();
        }
    }

    /** Decisions on what is stored before the round, no two on one identity: their order would matter. */
    private List<Runnable> decide(Random random, NaiveTables naive, List<Arrival> came) {
        List<Runnable> decided = new ArrayList<>();
        Set<Object> decidedOn = new HashSet<>();
        for (Arrival arrival : came) {
            boolean mine = random.nextInt(8) == 0;
            if (mine
                    && naive.has(arrival)
                    && decidedOn.add(ReportRow.of(arrival).identity())) {
                if (random.nextBoolean()) {
                    naive.delete(arrival);
                    decided.add(() -> assertThat(
                                    patiently(() -> decisions.delete(KnownReports.id(arrival), "tester", NOW)))
                            .isTrue());
                } else {
                    naive.prefer(arrival);
                    decided.add(() -> assertThat(
                                    patiently(() -> decisions.prefer(KnownReports.id(arrival), "tester", NOW)))
                            .isTrue());
                }
            }
        }
        return decided;
    }

    /** Batches for two aggregators; now and then both get the same report. */
    private static List<List<List<Arrival>>> dealt(Random random, List<Arrival> arrivals) {
        List<List<List<Arrival>>> dealt = List.of(new ArrayList<>(), new ArrayList<>());
        List<List<Arrival>> hands = List.of(new ArrayList<>(), new ArrayList<>());
        for (Arrival arrival : arrivals) {
            hands.get(random.nextInt(2)).add(arrival);
            if (random.nextInt(4) == 0) {
                hands.get(random.nextInt(2)).add(arrival);
            }
        }
        for (int i = 0; i < 2; i++) {
            List<Arrival> hand = hands.get(i);
            Collections.shuffle(hand, random);
            for (int at = 0; at < hand.size(); ) {
                int end = Math.min(hand.size(), at + 1 + random.nextInt(10));
                dealt.get(i).add(hand.subList(at, end));
                at = end;
            }
        }
        return dealt;
    }

    private void store(List<Arrival> batch) {
        patiently(() -> store.store(batch, List.of()).inserted().isEmpty());
    }

    /** As the aggregator: what passes, such as a deadlock, is tried again. */
    private static boolean patiently(Callable<Boolean> work) {
        while (true) {
            try {
                return work.call();
            } catch (StoreUnavailableException passing) {
                assertThat(passing).hasMessageContaining("SQLSTATE 40");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static List<String> differences(Map<String, List<String>> expected, Map<String, List<String>> found) {
        List<String> differences = new ArrayList<>();
        for (String table : TABLES.keySet()) {
            List<String> missing = new ArrayList<>(expected.getOrDefault(table, List.of()));
            List<String> more = new ArrayList<>(found.getOrDefault(table, List.of()));
            expected.getOrDefault(table, List.of()).forEach(more::remove);
            found.getOrDefault(table, List.of()).forEach(missing::remove);
            missing.forEach(line -> differences.add(table + " lacks " + line));
            more.forEach(line -> differences.add(table + " has   " + line));
        }
        return differences;
    }

    private Map<String, List<String>> tables(RandomReports reports) {
        Map<String, List<String>> found = new TreeMap<>();
        String domains = reports.domains().stream().collect(Collectors.joining("', '", "'", "'"));
        String days = reports.days().stream().map(LocalDate::toString).collect(Collectors.joining("', '", "'", "'"));
        TABLES.forEach((table, sql) -> {
            List<String> rows = new ArrayList<>(database.rows(sql.formatted(domains, days)));
            Collections.sort(rows);
            if (!rows.isEmpty()) {
                found.put(table, rows);
            }
        });
        return found;
    }
}
