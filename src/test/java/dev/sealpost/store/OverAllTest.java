package dev.sealpost.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Counts over all domains out of the sums that are kept, beside what the stored reports say themselves; many of these name
 * several domains, in some of which their cells are full. -Dsealpost.test.seed=N repeats a run.
 */
class OverAllTest {
    private static final int LIMIT = 2;
    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
    private static final long SEED = Long.getLong("sealpost.test.seed", System.nanoTime());

    private static final LocalDate FIRST = LocalDate.of(1990, 1, 1);

    private final TestDatabase database = TestDatabase.get();
    private final ReadTransaction reading = new ReadTransaction(database.pool());
    private final Filter all = Questions.november().between(FIRST, FIRST.plusDays(60));

    @BeforeEach
    void changeMuch() {
        database.clear();
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        ReportDecisions decisions = new ReportDecisions(new WriteTransaction(database.pool()), database.removal(LIMIT));
        for (int number = 0; number < 30; number++) {
            RandomReports reports = new RandomReports(random, number);
            List<Arrival> came = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                came.add(reports.next());
            }
            database.store(LIMIT).store(came, List.of());
            for (Arrival arrival : came.subList(0, random.nextInt(4))) {
                decisions.delete(KnownReports.id(arrival), "tester", NOW);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DAY, o.day",
        "RESULT_TYPE, o.result_type",
        "'DAY,RESULT_TYPE', 'o.day, o.result_type'",
        "'DOMAIN,DAY', 'o.domain, o.day'",
        "'DOMAIN,RESULT_TYPE', 'o.domain, o.result_type'"
    })
    void reportsAndReportersWithFailuresAreCountedOnce(String keys, String columns) {
        List<FailureKey> groups =
                List.of(keys.split(",")).stream().map(FailureKey::valueOf).toList();
        List<String> told = new FailureQuestion(reading, new Reach(reading))
                .rows(all, groups, Optional.empty(), 10_000).stream()
                        .map(row -> line(row.groups()) + "|" + row.reports() + "|" + row.organizations())
                        .toList();
        assertThat(told).isNotEmpty().containsExactlyInAnyOrderElementsOf(database.rows("""
            SELECT %1$s, count(DISTINCT (o.day, o.report)), count(DISTINCT o.organization) FROM failure_occurrence o
            JOIN report r ON r.day = o.day AND r.id = o.report AND r.counts WHERE o.domain <> '' GROUP BY %1$s""".formatted(columns)));
    }

    @ParameterizedTest
    @CsvSource({"DAY, p.day", "ORGANIZATION, p.organization", "'DAY,ORGANIZATION', 'p.day, p.organization'"})
    void reportsWithSessionsAreCountedOnce(String keys, String columns) {
        List<SessionKey> groups =
                List.of(keys.split(",")).stream().map(SessionKey::valueOf).toList();
        List<String> told = new SessionQuestion(reading, new Reach(reading))
                .rows(all, groups, Optional.empty(), 10_000).stream()
                        // A reporter is shown as it writes itself.
                        .map(row -> line(row.position().keys()) + "|" + row.reports())
                        .toList();
        assertThat(told).isNotEmpty().containsExactlyInAnyOrderElementsOf(database.rows("""
            SELECT %1$s, count(DISTINCT (p.day, p.report)) FROM policy p
            JOIN report r ON r.day = p.day AND r.id = p.report AND r.counts
            WHERE p.domain <> '' AND NOT p.aside GROUP BY %1$s""".formatted(columns)));
    }

    @Test
    void domainsComeByPagesWithMostFailuresFirstAsTheirCellsSay() {
        FailureQuestion question = new FailureQuestion(reading, new Reach(reading));
        List<FailureKey> keys = List.of(FailureKey.DOMAIN);
        List<FailureRow> whole = new ArrayList<>();
        question.forEach(all, keys, whole::add);
        List<FailureRow> pages = new ArrayList<>();
        Optional<Position> after = Optional.empty();
        for (List<FailureRow> page = question.rows(all, keys, after, 2);
                !page.isEmpty();
                page = question.rows(all, keys, after, 2)) {
            pages.addAll(page);
            after = Optional.of(page.getLast().position());
        }
        assertThat(pages).hasSizeGreaterThan(2).isEqualTo(whole);
        assertThat(whole.stream()
                        .map(row -> line(row.groups()) + "|" + row.reports())
                        .toList())
                .containsExactlyInAnyOrderElementsOf(database.rows("""
            SELECT o.domain, count(DISTINCT (o.day, o.report)) FROM failure_occurrence o
            JOIN report r ON r.day = o.day AND r.id = o.report AND r.counts WHERE o.domain <> '' GROUP BY 1"""));
    }

    @Test
    void sessionsOfWholeDaysAreThoseOfTheirCells() {
        List<String> told = new SessionQuestion(reading, new Reach(reading))
                .rows(all, List.of(SessionKey.DOMAIN, SessionKey.DAY), Optional.empty(), 10_000).stream()
                        .map(row -> line(row.groups()) + "|" + row.successfulSessions() + "|" + row.failedSessions()
                                + "|" + row.reports())
                        .toList();
        assertThat(told).isNotEmpty().containsExactlyInAnyOrderElementsOf(database.rows("""
            SELECT domain, day, least(sum(successful), 9223372036854775807), least(sum(failed), 9223372036854775807),
                sum(reports)
            FROM daily_sessions WHERE day BETWEEN '1990-01-01' AND '1990-03-02' GROUP BY 1, 2"""));
    }

    private static String line(List<? extends @Nullable String> groups) {
        return groups.stream().map(String::valueOf).collect(Collectors.joining("|"));
    }

    @Test
    void sumsByReporterAreThoseOfTheCells() {
        for (List<FailureKey> keys :
                List.of(List.of(FailureKey.ORGANIZATION), List.of(FailureKey.ORGANIZATION, FailureKey.RESULT_CLASS))) {
            FailureQuestion question = new FailureQuestion(reading, new Reach(reading));
            List<FailureRow> kept = question.rows(all, keys, Optional.empty(), 10_000);
            Questions named = Questions.november().scope(new DomainScope.Unclaimed(java.util.Set.of()));
            List<FailureRow> cells = question.rows(named.between(all.from(), all.to()), keys, Optional.empty(), 10_000);
            assertThat(numbers(kept)).isNotEmpty().isEqualTo(numbers(cells));
        }
    }

    /** But not how a reporter writes itself: that is kept when the report that it wrote so is deleted. */
    private static List<String> numbers(List<FailureRow> rows) {
        return rows.stream()
                .map(row -> row.position() + " " + row.firstDay() + " " + row.lastDay())
                .toList();
    }
}
