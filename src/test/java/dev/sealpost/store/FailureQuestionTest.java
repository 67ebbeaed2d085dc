package dev.sealpost.store;

import static dev.sealpost.store.FailureKey.DOMAIN;
import static dev.sealpost.store.FailureKey.FAILURE_REASON_CODE;
import static dev.sealpost.store.FailureKey.MONTH;
import static dev.sealpost.store.FailureKey.ORGANIZATION;
import static dev.sealpost.store.FailureKey.RECEIVING_IP;
import static dev.sealpost.store.FailureKey.RECEIVING_MX_HOSTNAME;
import static dev.sealpost.store.FailureKey.RESULT_CLASS;
import static dev.sealpost.store.FailureKey.RESULT_TYPE;
import static dev.sealpost.store.FailureKey.WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Provenance;
import dev.sealpost.report.ResultClass;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Failures asked of known reports. */
class FailureQuestionTest {
    private final TestDatabase database = TestDatabase.get();
    private final ReportStore store = database.store();
    private final FailureQuestion question =
            new FailureQuestion(new ReadTransaction(database.pool()), new Reach(new ReadTransaction(database.pool())));

    @BeforeEach
    void fill() {
        database.clear();
        store.store(KnownReports.ALL, List.of());
    }

    @Test
    void resultTypesComeMostFirstWithReportsAndReportersCounted() {
        assertThat(ask(Questions.november(), RESULT_TYPE))
                .containsExactly(
                        "validation-failure 10 1/1",
                        "new-type 7 1/1",
                        "starttls-not-supported 6 1/1",
                        "unspecified 5 1/1",
                        "certificate-expired 4 1/1");
    }

    @Test
    void timesComeInOrderWithDistinctReportsAndReporters() {
        assertThat(ask(Questions.november(), WEEK)).containsExactly("2026-W47 25 3/2", "2026-W48 7 1/1");
        assertThat(ask(Questions.november(), MONTH)).containsExactly("2026-11 32 4/2");
    }

    @Test
    void withoutADomainOtherGroupsAreNotCounted() {
        assertThat(ask(Questions.november(), RESULT_CLASS))
                .containsExactly(
                        "other 12 null/null",
                        "validation 10 null/null",
                        "starttls 6 null/null",
                        "certificate 4 null/null");
    }

    @Test
    void aReporterIsOneHoweverItWritesItself() {
        assertThat(ask(Questions.november(), DOMAIN, ORGANIZATION).stream().map(row -> row.replace("GOOGLE", "Google")))
                .containsExactly("b.example Google 12 2/1", "a.example Google 10 1/1", "a.example Microsoft 10 1/1");
        assertThat(ask(Questions.november().organization(" gOOgle "), RESULT_TYPE))
                .hasSize(4);
    }

    @Test
    void networksMatchTheirAddresses() {
        assertThat(ask(Questions.november().receivingIp("203.0.113.0/24"), RESULT_TYPE))
                .containsExactly("starttls-not-supported 6 null/null", "certificate-expired 4 null/null");
        assertThat(ask(Questions.november().receivingIp("203.0.113.6"), RESULT_TYPE))
                .containsExactly("certificate-expired 4 null/null");
        assertThat(ask(Questions.november().sendingMtaIp("2001:db8::/32"), RESULT_TYPE))
                .containsExactly("new-type 7 null/null");
    }

    @Test
    void whatNobodySaidIsAGroupOfItsOwn() {
        assertThat(ask(Questions.november().domains("a.example"), RECEIVING_MX_HOSTNAME))
                .containsExactly("null 10 1/1", "mx1.a.example 6 1/1", "mx2.a.example 4 1/1");
        assertThat(ask(Questions.november().domains("a.example"), FAILURE_REASON_CODE))
                .containsExactly("null 15 2/2", "X1 5 1/1");
        assertThat(ask(Questions.november().domains("a.example"), RECEIVING_IP))
                .containsExactly("null 10 1/1", "203.0.113.5 6 1/1", "203.0.113.6 4 1/1");
    }

    @Test
    void filtersNarrow() {
        assertThat(ask(Questions.november().resultClass(ResultClass.OTHER), RESULT_TYPE))
                .containsExactly("new-type 7 null/null", "unspecified 5 null/null");
        assertThat(ask(Questions.november().channel(Channel.MAILBOX), RESULT_TYPE))
                .containsExactly("new-type 7 null/null");
        assertThat(ask(Questions.november().scope(new DomainScope.Unclaimed(java.util.Set.of("a.example"))), DOMAIN))
                .containsExactly("b.example 12 2/1");
        assertThat(ask(Questions.november().scope(new DomainScope.Only(java.util.Set.of())), DOMAIN))
                .isEmpty();
    }

    @Test
    void sumsAreCutAtTheLargestNumber() {
        store.store(
                List.of(
                        KnownReports.arrival(
                                8,
                                "Huge",
                                KnownReports.SUNDAY,
                                "h1",
                                Provenance.UNVERIFIED,
                                KnownReports.policy("sts", "c.example", 0, Long.MAX_VALUE)),
                        KnownReports.arrival(
                                9,
                                "Huger",
                                KnownReports.SUNDAY,
                                "h2",
                                Provenance.UNVERIFIED,
                                KnownReports.policy("sts", "c.example", 0, Long.MAX_VALUE))),
                List.of());
        assertThat(ask(Questions.november().domains("c.example"), RESULT_TYPE))
                .containsExactly("unspecified 9223372036854775807 2/2");
    }

    @ParameterizedTest
    @EnumSource(FailureKey.class)
    void pagesTogetherAreTheWholeAnswerInTheSameOrder(FailureKey key) {
        for (List<FailureKey> keys : List.of(List.of(key), List.of(DOMAIN, key), List.of(key, RESULT_TYPE))) {
            List<FailureKey> distinct = keys.stream().distinct().toList();
            List<FailureRow> whole = new ArrayList<>();
            question.forEach(Questions.november().filter(), distinct, whole::add);
            assertThat(whole).isNotEmpty();
            List<FailureRow> paged = new ArrayList<>();
            Optional<Position> after = Optional.empty();
            List<FailureRow> page = question.rows(Questions.november().filter(), distinct, after, 2);
            while (!page.isEmpty()) {
                paged.addAll(page);
                after = Position.of(page.getLast().position().parts());
                page = question.rows(Questions.november().filter(), distinct, after, 2);
            }
            assertThat(paged).isEqualTo(whole);
        }
    }

    private List<String> ask(Questions questions, FailureKey... keys) {
        return question.rows(questions.filter(), List.of(keys), Optional.empty(), 100).stream()
                .map(row -> String.join(
                                " ", row.groups().stream().map(String::valueOf).toList()) + " " + row.failedSessions()
                        + " " + row.reports() + "/" + row.organizations())
                .toList();
    }
}
