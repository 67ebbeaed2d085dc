package dev.sealpost.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.sealpost.origin.Channel;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Questions that would take too long are refused before they are asked, by what the database knows of its tables. */
class ReachTest {
    private static final Optional<Position> START = Optional.empty();
    private final TestDatabase database = TestDatabase.get();
    private final ReadTransaction reading = new ReadTransaction(database.pool());
    private FailureQuestion question = new FailureQuestion(reading, new Reach(reading));
    private final Questions all = Questions.november();

    @BeforeEach
    void fill() {
        database.clear();
        database.store().store(KnownReports.ALL, List.of());
    }

    /** A question where so many failures may be gone through, whose number the database knows. */
    private FailureQuestion within(long cells, long details) {
        database.run("ANALYZE daily_failures_default");
        return new FailureQuestion(reading, new Reach(reading, cells, details));
    }

    private List<FailureRow> ask(Questions asked, FailureKey... keys) {
        return question.rows(asked.filter(), List.of(keys), START, 10);
    }

    private void isTooFar(Questions asked, FailureKey... keys) {
        isTooFar(() -> ask(asked, keys));
    }

    private static void isTooFar(ThrowingCallable question) {
        assertThatExceptionOfType(TooManyRowsException.class)
                .isThrownBy(question)
                .satisfies(refused -> assertThat(refused.advice()).contains("fewer days"));
    }

    @Test
    void detailsOfAllDomainsAreReadOfSoManyFailuresOnly() {
        long rows = Long.parseLong(
                database.rows("SELECT count(*) FROM daily_failures").getFirst());
        question = within(rows, rows);
        assertThat(ask(all, FailureKey.RECEIVING_IP)).isNotEmpty();
        question = within(rows, rows - 1);
        isTooFar(all, FailureKey.RECEIVING_IP);
        isTooFar(all, FailureKey.DOMAIN, FailureKey.RECEIVING_MX_HOSTNAME);
        assertThat(ask(all.domains("a.example"), FailureKey.RECEIVING_IP)).isNotEmpty();
        assertThat(ask(all, FailureKey.ORGANIZATION)).isNotEmpty();
        // How many reports there are stands in the cells.
        assertThat(ask(all, FailureKey.DOMAIN, FailureKey.RESULT_TYPE)).isNotEmpty();
    }

    @Test
    void cellsOfAllDomainsAreReadOfSoManyFailuresOnly() {
        question = within(1, 1);
        isTooFar(all, FailureKey.ORGANIZATION, FailureKey.POLICY_TYPE);
        isTooFar(all, FailureKey.RESULT_TYPE, FailureKey.RECEIVING_MX_HOSTNAME);
        isTooFar(all, FailureKey.DOMAIN);
        isTooFar(all.organization("Google"), FailureKey.RESULT_TYPE);
        isTooFar(all.scope(new DomainScope.Watched(Set.of())), FailureKey.RESULT_TYPE);
        assertThat(ask(all.domains("a.example", "b.example"), FailureKey.ORGANIZATION))
                .isNotEmpty();
        assertThat(ask(all, FailureKey.ORGANIZATION, FailureKey.RESULT_CLASS)).isNotEmpty();
    }

    @Test
    void domainsWithMostFailuresAreFoundByTheirDays() {
        database.run("ANALYZE daily_domain_default");
        long days = Long.parseLong(
                database.rows("SELECT count(*) FROM daily_domain").getFirst());
        question = within(days, 1);
        assertThat(ask(all, FailureKey.DOMAIN)).isNotEmpty();
        question = within(days - 1, 1);
        isTooFar(all, FailureKey.DOMAIN);
    }

    @Test
    void sumsOverAllDomainsAreAlwaysThereAndCountsWhileTheyAreFewEnough() {
        List<FailureRow> counted = ask(all, FailureKey.DAY, FailureKey.RESULT_TYPE);
        assertThat(counted).allSatisfy(row -> assertThat(row.reports()).isPositive());
        question = within(1, 1);
        List<FailureRow> summed = ask(all, FailureKey.DAY, FailureKey.RESULT_TYPE);
        assertThat(summed).allSatisfy(row -> assertThat(row.reports()).isNull());
        assertThat(summed.stream().map(FailureRow::failedSessions).toList())
                .isEqualTo(counted.stream().map(FailureRow::failedSessions).toList());
    }

    @Test
    void aMonthIsCountedByTheDaysAskedFor() {
        database.months()
                .make(LocalDate.parse("2026-04-01"), LocalDate.parse("2026-04-01"), LocalDate.parse("2026-04-30"));
        database.run("INSERT INTO daily_failures SELECT 'a.example', date '2026-04-01' + i % 30, 'o' || i, 'https',"
                + " 'unverified', 'sts', 'certificate-expired', '', 'O', 1, 1, false FROM generate_series(1, 3000) i");
        database.run("ANALYZE daily_failures_default; ANALYZE daily_failures_2026_04");
        long others = Long.parseLong(
                database.rows("SELECT count(*) FROM daily_failures_default").getFirst());
        Reach reach = new Reach(reading);
        assertThat(rows(reach, "2026-04-11", "2026-04-20")).isEqualTo(1_000 + others);
        assertThat(rows(reach, "2026-03-01", "2026-12-31")).isEqualTo(3_000 + others);
        assertThat(rows(reach, "2020-05-01", "2020-05-02")).isEqualTo(others);
    }

    private long rows(Reach reach, String from, String to) {
        return reach.rows("daily_failures", all.between(LocalDate.parse(from), LocalDate.parse(to)));
    }

    @Test
    void sessionsOfAllDomainsAreReadOfSoManyCellsOnly() {
        database.run("ANALYZE daily_sessions_default");
        Reach reach = new Reach(reading, 1, 1);
        SessionQuestion sessions = new SessionQuestion(reading, reach);
        for (Questions far : List.of(
                all.channel(Channel.MAILBOX), all.scope(new DomainScope.Watched(Set.of())), all.policyTypes("sts"))) {
            isTooFar(() -> sessions.rows(far.filter(), List.of(), START, 10));
        }
        isTooFar(() -> sessions.rows(all.filter(), List.of(SessionKey.DOMAIN), START, 10));
        isTooFar(() -> new SessionSeries(reading, sessions)
                .rows(all.filter(), List.of(SessionKey.DAY, SessionKey.POLICY_TYPE), START, 10));
        LocalDate today = LocalDate.parse("2026-11-30");
        isTooFar(() -> new OrganizationQuestion(reading, reach).rows(all.filter(), Optional.empty(), 10, today));
        isTooFar(() -> new SummaryQuestion(reading, reach)
                .ask(all.channel(Channel.MAILBOX).filter()));
        assertThat(sessions.rows(all.domains("a.example").filter(), List.of(SessionKey.DOMAIN), START, 10))
                .isNotEmpty();
        assertThat(new SummaryQuestion(reading, reach).ask(all.filter()).organizations())
                .isNotEmpty();
    }

    @Test
    void sessionsOfAllDomainsByReporterAreAlwaysThereAndTheirReportsWhileFewNameSeveralDomains() {
        SessionQuestion near = new SessionQuestion(reading, new Reach(reading));
        SessionQuestion far = new SessionQuestion(reading, new Reach(reading, 1, 1));
        List<SessionKey> keys = List.of(SessionKey.DAY, SessionKey.ORGANIZATION);
        List<SessionRow> counted = near.rows(all.filter(), keys, START, 100);
        List<SessionRow> summed = far.rows(all.filter(), keys, START, 100);
        assertThat(counted)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.reports()).isPositive());
        assertThat(summed).allSatisfy(row -> assertThat(row.reports()).isNull());
        assertThat(summed.stream().map(SessionRow::successfulSessions).toList())
                .isEqualTo(counted.stream().map(SessionRow::successfulSessions).toList());
    }

    @Test
    void anAnswerHasNoMoreRowsThanCanBeOrdered() {
        database.run("INSERT INTO daily_failures SELECT 'many.example', date '2026-11-03', 'o', 'https', 'unverified',"
                + " 'sts', 'certificate-expired', 'mx' || i, 'O', 1, 1, false FROM generate_series(1, "
                + (Grouped.MOST_ROWS + 1) + ") i");
        Questions watched = all.scope(new DomainScope.Unclaimed(Set.of()));
        assertThatExceptionOfType(TooManyRowsException.class)
                .isThrownBy(() -> ask(watched, FailureKey.RECEIVING_MX_HOSTNAME))
                .satisfies(refused -> assertThat(refused.advice()).contains("500000 rows"));
        assertThat(ask(watched, FailureKey.RESULT_TYPE)).isNotEmpty();
    }
}
