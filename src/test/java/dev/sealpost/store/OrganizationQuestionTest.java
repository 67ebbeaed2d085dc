package dev.sealpost.store;

import static dev.sealpost.store.RandomDays.between;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

import dev.sealpost.store.RandomDays.Fact;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reporters against sums done in Java. */
class OrganizationQuestionTest {
    private static final LocalDate FROM = LocalDate.of(2026, 11, 10);
    private static final LocalDate TO = LocalDate.of(2026, 11, 20);
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

    private final TestDatabase database = TestDatabase.get();
    private final ReadTransaction reading = new ReadTransaction(database.pool());
    private final OrganizationQuestion question = new OrganizationQuestion(reading, new Reach(reading));

    @BeforeEach
    void empty() {
        database.clear();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void allNumbersAreThoseOfTheReports(long seed) {
        RandomDays days = RandomDays.of(new Random(seed));
        database.store().store(days.arrivals(), List.of());
        database.run("INSERT INTO reporter VALUES ('microsoft', 7, 100, now())");
        Questions november = Questions.november();
        compare(days, november, fact -> true);
        compare(days, november.domains("b.example"), fact -> fact.domain().equals("b.example"));
        compare(days, november.organization("zeta"), fact -> fact.reporter().equals("Zeta"));
    }

    private void compare(RandomDays days, Questions asked, Predicate<Fact> wanted) {
        List<OrganizationRow> expected = new ArrayList<>();
        for (String reporter : List.of("Google Inc.", "microsoft", "Zeta", "äther")) {
            Predicate<Fact> own = wanted.and(fact -> fact.reporter().equals(reporter));
            List<Fact> facts = days.where(own.and(between(FROM, TO)));
            if (!facts.isEmpty()) {
                expected.add(new OrganizationRow(
                        reporter.toLowerCase(java.util.Locale.ROOT),
                        reporter,
                        facts.stream().map(Fact::domain).distinct().count(),
                        RandomDays.successful(facts),
                        RandomDays.failed(facts),
                        RandomDays.reports(facts),
                        Instant.parse("2026-11-24T06:00:00Z")
                                .plusSeconds(facts.stream()
                                        .mapToInt(Fact::report)
                                        .max()
                                        .orElseThrow()),
                        reporter.equals("microsoft") ? 7 : null,
                        days.where(own.and(between(TODAY.minusDays(44), TODAY))).stream()
                                .map(Fact::day)
                                .distinct()
                                .sorted()
                                .toList()));
            }
        }
        Filter filter = asked.between(FROM, TO);
        assertThat(question.rows(filter, Optional.empty(), 100, TODAY)).isEqualTo(expected);
        List<OrganizationRow> paged = new ArrayList<>();
        List<OrganizationRow> page = question.rows(filter, Optional.empty(), 1, TODAY);
        while (!page.isEmpty()) {
            paged.addAll(page);
            page = question.rows(filter, Optional.of(page.getLast().key()), 1, TODAY);
        }
        assertThat(paged).isEqualTo(expected);
        List<OrganizationRow> streamed = new ArrayList<>();
        question.forEach(filter, TODAY, streamed::add);
        assertThat(streamed).isEqualTo(expected);
    }

    @Test
    void namesThatDifferInCaseAreOneReporterWhoseReportCountsOnce() {
        database.store().store(KnownReports.ALL, List.of());
        assertThat(question.rows(Questions.november().filter(), Optional.empty(), 100, TODAY))
                .extracting(row -> row.organization() + " " + row.reports() + " " + row.domains())
                .containsExactly("GOOGLE 3 2", "Microsoft 1 1");
    }

    @Test
    void daysLongAgoAreReadAlone() {
        RandomDays days = RandomDays.of(new Random(5));
        database.store().store(days.arrivals(), List.of());
        LocalDate later = LocalDate.of(2027, 6, 1);
        assertThat(question.rows(Questions.november().between(FROM, TO), Optional.empty(), 100, later))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.days())
                        .isSortedAccordingTo(Comparator.naturalOrder())
                        .allSatisfy(day -> assertThat(day).isBetween(FROM, TO)));
    }
}
