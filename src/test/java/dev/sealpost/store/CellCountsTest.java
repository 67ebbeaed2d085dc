package dev.sealpost.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;

import dev.sealpost.origin.Channel;
import dev.sealpost.report.ResultClass;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Distinct reports and reporters of a domain's failures equal those that the stored details name, for random reports with
 * versions, full cells, several reports and hosts of one reporter and day.
 */
class CellCountsTest {
    private static final int LIMIT = 3;
    private static final int SEQUENCES = Integer.getInteger("sealpost.test.sequences", 40);
    private static final List<FailureKey> KEYS = List.of(
            FailureKey.DAY,
            FailureKey.DOMAIN,
            FailureKey.ORGANIZATION,
            FailureKey.POLICY_TYPE,
            FailureKey.RESULT_TYPE,
            FailureKey.RESULT_CLASS,
            FailureKey.RECEIVING_MX_HOSTNAME);

    private final TestDatabase database = TestDatabase.get();
    private final ReportStore store = database.store(LIMIT);
    private final FailureQuestion question =
            new FailureQuestion(new ReadTransaction(database.pool()), new Reach(new ReadTransaction(database.pool())));

    @BeforeEach
    void empty() {
        database.clear();
    }

    @Test
    void countsEqualThoseOfTheDetails() {
        long seed = Long.getLong("sealpost.test.seed", System.nanoTime());
        System.out.println("seed " + seed);
        long several = 0;
        for (int number = 0; number < SEQUENCES; number++) {
            Random random = new Random(seed + number);
            RandomReports reports = new RandomReports(random, number);
            List<Arrival> arrivals = IntStream.range(0, 1 + random.nextInt(40))
                    .mapToObj(i -> reports.next())
                    .toList();
            store.store(arrivals, List.of());
            for (int i = 0; i < 12; i++) {
                List<FailureKey> keys = new ArrayList<>(
                        KEYS.stream().filter(key -> random.nextInt(3) == 0).toList());
                Filter filter = filter(random, reports, keys);
                List<String> found = question.rows(filter, keys, Optional.empty(), 1_000).stream()
                        .map(row -> String.join("|", row.position().keys()) + " " + row.failedSessions() + " "
                                + row.reports() + "/" + row.organizations())
                        .toList();
                assertThat(found)
                        .as("seed %d, sequence %d, %s by %s", seed, number, filter, keys)
                        .containsExactlyInAnyOrderElementsOf(expected(filter, keys));
                several += found.stream().filter(row -> !row.endsWith(" 1/1")).count();
            }
        }
        assertThat(several).as("groups of several reports").isGreaterThan(SEQUENCES);
    }

    private static Filter filter(Random random, RandomReports reports, List<FailureKey> keys) {
        Questions questions = Questions.november().domains(reports.domains().getFirst());
        if (random.nextInt(3) == 0) {
            questions = Questions.november().domains(reports.domains().toArray(String[]::new));
            keys.addFirst(FailureKey.DOMAIN);
        }
        if (random.nextInt(3) == 0) {
            questions = questions.channel(Channel.MAILBOX);
        }
        if (random.nextInt(3) == 0) {
            questions = questions.policyTypes("sts", "x-new");
        }
        if (random.nextInt(4) == 0) {
            questions = questions.resultClass(ResultClass.OTHER);
        }
        LocalDate first = reports.days().getFirst();
        LocalDate last = reports.days().get(random.nextInt(2));
        List<FailureKey> distinct = List.copyOf(new TreeSet<>(keys));
        keys.clear();
        keys.addAll(distinct);
        return questions.between(first, last);
    }

    private List<String> expected(Filter filter, List<FailureKey> keys) {
        // Each occurrence that counts, with everything there is to group by or filter.
        Sql sql = new Sql("SELECT " + Grouped.names(keys)
                        + "least(sum(f.failed), 9223372036854775807), count(DISTINCT f.report),"
                        + " count(DISTINCT f.organization) FROM (SELECT o.*, r.channel, r.provenance"
                        + " FROM failure_occurrence o JOIN report r ON r.day = o.day AND r.id = o.report AND r.counts) f"
                        + " WHERE ")
                .add(Conditions.ofFailures(filter))
                .add(Grouped.numbers(keys, " GROUP BY ") + " HAVING count(*) > 0");
        int k = keys.size();
        return new ReadTransaction(database.pool()).list(sql, row -> {
            List<String> groups = new ArrayList<>();
            for (int i = 1; i <= k; i++) {
                groups.add(row.getString(i));
            }
            return String.join("|", groups) + " " + row.getString(k + 1) + " " + row.getLong(k + 2) + "/"
                    + row.getLong(k + 3);
        });
    }
}
