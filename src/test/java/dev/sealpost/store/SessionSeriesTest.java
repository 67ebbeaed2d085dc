package dev.sealpost.store;

import static dev.sealpost.store.RandomDays.between;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.sealpost.store.RandomDays.Fact;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Sessions over time against sums done in Java, with a row for every period. */
class SessionSeriesTest {
    private static final LocalDate FROM = LocalDate.of(2026, 9, 27);
    private static final LocalDate TO = LocalDate.of(2026, 11, 12);

    private final TestDatabase database = TestDatabase.get();
    private final ReadTransaction transaction = new ReadTransaction(database.pool());
    private final SessionSeries series =
            new SessionSeries(transaction, new SessionQuestion(transaction, new Reach(transaction)));

    @BeforeEach
    void empty() {
        database.clear();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"DAY", "WEEK", "MONTH"})
    void everyPeriodHasARowForEachGroupThatOccurs(SessionKey period) {
        RandomDays days = RandomDays.of(new Random(11));
        database.store().store(days.arrivals(), List.of());
        Filter all = Questions.november().between(FROM, TO);
        compare(days.where(between(FROM, TO)), all, List.of(period));
        compare(days.where(between(FROM, TO)), all, List.of(period, SessionKey.DOMAIN));
        compare(days.where(between(FROM, TO)), all, List.of(period, SessionKey.ORGANIZATION));
        compare(days.where(between(FROM, TO)), all, List.of(period, SessionKey.ORGANIZATION, SessionKey.DOMAIN));
        compare(
                days.where(between(FROM, TO).and(fact -> fact.domain().equals("b.example"))),
                Questions.november().domains("b.example").between(FROM, TO),
                List.of(period, SessionKey.POLICY_TYPE));
    }

    private void compare(List<Fact> facts, Filter filter, List<SessionKey> keys) {
        Set<List<String>> kinds = new LinkedHashSet<>();
        if (keys.size() == 1) {
            kinds.add(List.of());
        }
        facts.forEach(fact -> kinds.add(kind(fact, keys)));
        List<List<Object>> expected = new ArrayList<>();
        FROM.datesUntil(TO.plusDays(1))
                .map(day -> period(day, keys.getFirst()))
                .distinct()
                .forEach(period -> kinds.stream()
                        .map(kind -> row(period, kind, facts, keys))
                        .sorted(Comparator.comparing((List<Object> row) -> -(Long) row.get(2))
                                .thenComparing(row -> row.get(0).toString().toLowerCase(java.util.Locale.ROOT)))
                        .forEach(expected::add));
        assertThat(told(series.rows(filter, keys, Optional.empty(), 100_000))).isEqualTo(expected);
        List<SessionRow> paged = new ArrayList<>();
        List<SessionRow> page = series.rows(filter, keys, Optional.empty(), 7);
        while (!page.isEmpty()) {
            paged.addAll(page);
            page = series.rows(filter, keys, Optional.of(page.getLast().position()), 7);
        }
        assertThat(told(paged)).isEqualTo(expected);
        List<SessionRow> streamed = new ArrayList<>();
        series.forEach(filter, keys, streamed::add);
        assertThat(told(streamed)).isEqualTo(expected);
    }

    private static List<Object> row(String period, List<String> kind, List<Fact> facts, List<SessionKey> keys) {
        List<Fact> own = facts.stream()
                .filter(fact -> period(fact.day(), keys.getFirst()).equals(period)
                        && kind(fact, keys).equals(kind))
                .toList();
        return List.of(
                Stream.concat(Stream.of(period), kind.stream()).toList(),
                RandomDays.successful(own),
                RandomDays.failed(own),
                RandomDays.reports(own));
    }

    private static List<List<Object>> told(List<SessionRow> rows) {
        rows.forEach(row -> assertThat(row.failureRate())
                .isEqualTo(
                        row.successfulSessions() + row.failedSessions() == 0
                                ? null
                                : (Double) ((double) row.failedSessions()
                                        / (row.successfulSessions() + row.failedSessions()))));
        return rows.stream()
                .map(row ->
                        List.<Object>of(row.groups(), row.successfulSessions(), row.failedSessions(), row.reports()))
                .toList();
    }

    private static List<String> kind(Fact fact, List<SessionKey> keys) {
        Function<SessionKey, String> value = key -> switch (key) {
            case DOMAIN -> fact.domain();
            case ORGANIZATION -> fact.reporter();
            default -> "sts";
        };
        return keys.stream().skip(1).map(value).toList();
    }

    private static String period(LocalDate day, SessionKey key) {
        return switch (key) {
            case WEEK ->
                "%d-W%02d".formatted(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case MONTH -> day.toString().substring(0, 7);
            default -> day.toString();
        };
    }

    @Test
    void withoutReportsThereAreZerosAndNoGroups() {
        Filter november = Questions.november().filter();
        assertThat(series.rows(november, List.of(SessionKey.DAY), Optional.empty(), 100))
                .hasSize(30)
                .allSatisfy(row -> assertThat(row.reports()).isZero());
        assertThat(series.rows(november, List.of(SessionKey.DAY, SessionKey.DOMAIN), Optional.empty(), 100))
                .isEmpty();
        assertThat(series.rows(november, List.of(), Optional.empty(), 100)).isEmpty();
    }

    @Test
    void morePeriodsTimesGroupsThanAreMadeAreRefused() {
        database.store().store(KnownReports.ALL, List.of());
        LocalDate first = LocalDate.of(1, 1, 1);
        Filter fits = Questions.november().between(first, first.plusDays(249_999));
        Filter tooLong = Questions.november().between(first, LocalDate.of(9999, 12, 31));
        assertThat(series.rows(fits, List.of(SessionKey.DAY), Optional.empty(), 1))
                .hasSize(1);
        assertThatExceptionOfType(TooManyRowsException.class)
                .isThrownBy(() -> series.rows(tooLong, List.of(SessionKey.DAY), Optional.empty(), 1));
        Filter twoTimes = Questions.november().between(LocalDate.of(1200, 1, 1), LocalDate.of(2100, 1, 1));
        assertThat(series.rows(twoTimes, List.of(SessionKey.DAY), Optional.empty(), 1))
                .hasSize(1);
        assertThatExceptionOfType(TooManyRowsException.class)
                .isThrownBy(
                        () -> series.rows(twoTimes, List.of(SessionKey.DAY, SessionKey.DOMAIN), Optional.empty(), 1));
        assertThat(SessionSeries.periods(tooLong, SessionKey.MONTH)).isEqualTo(9999 * 12);
    }
}
