package dev.sealpost.store;

import static dev.sealpost.store.RandomDays.between;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.sealpost.store.RandomDays.Fact;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The summary against sums done in Java. */
class SummaryQuestionTest {
    private static final LocalDate FROM = LocalDate.of(2026, 10, 31);
    private static final LocalDate TO = LocalDate.of(2026, 11, 29);

    private final TestDatabase database = TestDatabase.get();
    private final SummaryQuestion question = database.summaries();

    @BeforeEach
    void empty() {
        database.clear();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void allNumbersAreThoseOfTheReports(long seed) {
        RandomDays days = RandomDays.of(new Random(seed));
        database.store().store(days.arrivals(), List.of());
        Questions november = Questions.november();
        compare(days, november, fact -> true);
        compare(
                days,
                november.domains("a.example", "c.example"),
                fact -> !fact.domain().equals("b.example"));
        compare(
                days,
                november.organization("MICROSOFT"),
                fact -> fact.reporter().equals("microsoft"));
        compare(
                days,
                november.scope(new DomainScope.Unclaimed(Set.of("a.example"))),
                fact -> !fact.domain().equals("a.example"));
        compare(days, november.policyTypes("sts"), fact -> true);
        compare(days, november.policyTypes("tlsa"), fact -> false);
    }

    private void compare(RandomDays days, Questions asked, Predicate<Fact> wanted) {
        Summary summary = question.ask(asked.between(FROM, TO));
        List<Fact> now = days.where(wanted.and(between(FROM, TO)));
        assertThat(summary.sessions()).isEqualTo(sums(now));
        assertThat(summary.previous())
                .isEqualTo(
                        sums(days.where(wanted.and(between(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 30))))));
        assertThat(summary.resultTypes())
                .isEqualTo(now.stream().collect(Collectors.groupingBy(Fact::type)).entrySet().stream()
                        .map(entry -> new Summary.OfResultType(entry.getKey(), RandomDays.failed(entry.getValue())))
                        .sorted(Comparator.comparing(Summary.OfResultType::failed)
                                .reversed()
                                .thenComparing(Summary.OfResultType::resultType))
                        .limit(5)
                        .toList());
        Map<String, List<Fact>> reporters = now.stream().collect(Collectors.groupingBy(Fact::reporter));
        assertThat(summary.organizations())
                .containsExactlyInAnyOrderElementsOf(reporters.entrySet().stream()
                        .map(entry -> new Summary.OfOrganization(entry.getKey(), sums(entry.getValue())))
                        .toList())
                .isSortedAccordingTo(
                        Comparator.comparing(each -> -each.sessions().failed()));
        assertThat(summary.lastReport()).isEqualTo(last(now));
    }

    private static @Nullable Instant last(List<Fact> facts) {
        LocalDate day =
                facts.stream().map(Fact::day).max(Comparator.naturalOrder()).orElse(null);
        return facts.stream()
                .filter(fact -> fact.day().equals(day))
                .map(fact -> Instant.parse("2026-11-24T06:00:00Z").plusSeconds(fact.report()))
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static Summary.Sums sums(List<Fact> facts) {
        long successful = RandomDays.successful(facts);
        long failed = RandomDays.failed(facts);
        return new Summary.Sums(successful, failed, facts.isEmpty() ? null : (double) failed / (successful + failed));
    }

    @Test
    void theFirstDaysThereAreHaveNothingBefore() {
        LocalDate first = LocalDate.of(1, 1, 1);
        Filter all = Questions.november().between(first, LocalDate.of(9999, 12, 31));
        database.store().store(KnownReports.ALL, List.of());
        assertThat(question.ask(all).sessions()).isEqualTo(new Summary.Sums(155, 27, 27.0 / 182));
        assertThat(question.ask(all).previous()).isEqualTo(new Summary.Sums(0, 0, null));
        assertThat(question.ask(Questions.november().between(first, first)))
                .isEqualTo(new Summary(
                        new Summary.Sums(0, 0, null), new Summary.Sums(0, 0, null), List.of(), List.of(), null));
    }
}
