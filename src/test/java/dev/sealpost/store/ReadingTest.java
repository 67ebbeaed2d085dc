package dev.sealpost.store;

import static dev.sealpost.store.SessionKey.DAY;
import static dev.sealpost.store.SessionKey.DOMAIN;
import static dev.sealpost.store.SessionKey.POLICY_TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.sealpost.origin.Provenance;
import dev.sealpost.report.ResultClass;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions, reports and domains asked of known reports. */
class ReadingTest {
    private final TestDatabase database = TestDatabase.get();
    private final ReadTransaction transaction = new ReadTransaction(database.pool());
    private final SessionQuestion sessions = new SessionQuestion(transaction, new Reach(transaction));
    private final ReportList reports = new ReportList(transaction);
    private final ReportQuestion report = new ReportQuestion(transaction);
    private final DomainQuestion domains = new DomainQuestion(transaction);

    @BeforeEach
    void fill() {
        database.clear();
        database.store().store(KnownReports.ALL, List.of());
    }

    @Test
    void theEstimateCountsASessionOnceUnderTwoTypesAndAReportOnceUnderTwoDomains() {
        assertThat(ask(Questions.november(), DAY))
                .containsExactly("2026-11-20 140/15 2", "2026-11-22 15/5 1", "2026-11-23 0/7 1");
        assertThat(ask(Questions.november())).containsExactly("155/27 4");
        assertThat(ask(Questions.november(), DOMAIN)).containsExactly("a.example 150/15 3", "b.example 5/12 2");
        assertThat(ask(Questions.november().domains("b.example"))).containsExactly("5/12 2");
    }

    @Test
    void policyTypesAreAsReported() {
        assertThat(ask(Questions.november(), POLICY_TYPE))
                .containsExactly("sts 155/20 3", "no-policy-found 0/7 1", "tlsa 50/5 1");
        assertThat(ask(Questions.november().policyTypes("sts", "tlsa"))).containsExactly("205/25 3");
    }

    @Test
    void aRateIsFailedOfAllAndThereIsNoneWithoutSessions() {
        assertThat(sessions.rows(Questions.november().filter(), List.of(), Optional.empty(), 1))
                .singleElement()
                .satisfies(row -> assertThat(row.failureRate()).isEqualTo(27.0 / 182));
        assertThat(ask(Questions.november().domains("nobody.example"))).isEmpty();
    }

    @Test
    void reportsComeNewestFirstThoseThatDoNotCountIncluded() {
        List<ListedReport> all = reports.rows(Questions.november().filter(), Optional.empty(), 100);
        assertThat(all).extracting(ListedReport::reportId).containsExactly("g3", "g3", "g2", "m1", "g1");
        assertThat(all).extracting(ListedReport::counts).containsExactly(false, true, true, true, true);
        assertThat(all)
                .extracting(each -> each.successfulSessions() + "/" + each.failedSessions())
                .containsExactly("1000/0", "0/7", "15/5", "50/5", "90/10");
        List<ListedReport> paged = new ArrayList<>();
        List<ListedReport> page = reports.rows(Questions.november().filter(), Optional.empty(), 2);
        while (!page.isEmpty()) {
            paged.addAll(page);
            ReportList.Place last = new ReportList.Place(
                    page.getLast().received(), page.getLast().id());
            page = reports.rows(Questions.november().filter(), Optional.of(last), 2);
        }
        assertThat(paged).isEqualTo(all);
    }

    @Test
    void aReportWithoutPoliciesHasNoSessions() {
        database.clear();
        database.store()
                .store(
                        List.of(KnownReports.arrival(1, "Empty", KnownReports.FRIDAY, "e1", Provenance.UNVERIFIED)),
                        List.of());
        assertThat(reports.rows(Questions.november().filter(), Optional.empty(), 100))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.successfulSessions()).isZero();
                    assertThat(each.failedSessions()).isZero();
                    assertThat(each.domains()).isEmpty();
                });
    }

    @Test
    void reportFiltersHoldForOnePolicy() {
        assertThat(ids(Questions.november().domains("b.example"))).containsExactly("g3", "g3", "g2");
        assertThat(ids(Questions.november().policyTypes("tlsa"))).containsExactly("m1");
        assertThat(ids(Questions.november().resultClass(ResultClass.STARTTLS))).containsExactly("g1");
        assertThat(ids(Questions.november().scope(new DomainScope.Unclaimed(Set.of("a.example")))))
                .containsExactly("g3", "g3", "g2");
    }

    @Test
    void aReportHasAllItSays() {
        WholeReport whole = report.find(KnownReports.id(KnownReports.GOOGLE)).orElseThrow();
        assertThat(whole.contactInfo()).isEqualTo("tlsrpt@sender.example");
        assertThat(whole.duplicates()).isZero();
        assertThat(whole.policies()).singleElement().satisfies(policy -> {
            assertThat(policy.attributedDomain()).isEqualTo("a.example");
            assertThat(policy.mxHost()).containsExactly("*.a.example");
            assertThat(policy.failureDetails())
                    .extracting(WholeReport.StoredDetail::resultType)
                    .containsExactly("starttls-not-supported", "certificate-expired");
        });
        assertThat(report.find(KnownReports.id(KnownReports.FORGED))
                        .orElseThrow()
                        .conflicts())
                .containsExactly(KnownReports.id(KnownReports.BY_MAIL));
        assertThat(report.raw(KnownReports.id(KnownReports.GOOGLE))
                        .orElseThrow()
                        .json())
                .isEqualTo("{\"report-id\":\"g1\",\"number\":1}".getBytes(StandardCharsets.UTF_8));
        assertThat(report.find(new UUID(1, 2))).isEmpty();
        assertThat(report.raw(new UUID(1, 2))).isEmpty();
    }

    @Test
    void domainsAreThoseReportedAndThoseNamed() {
        assertThat(domains.names(new DomainScope.All(), List.of("0.example", "b.example", "z.example"), "", 10))
                .containsExactly("0.example", "a.example", "b.example", "z.example");
        assertThat(domains.names(new DomainScope.All(), List.of("z.example"), "a.example", 1))
                .containsExactly("b.example");
        assertThat(domains.names(new DomainScope.Unclaimed(Set.of("a.example")), List.of(), "", 10))
                .containsExactly("b.example");
        assertThat(domains.reported("a.example")).isTrue();
        assertThat(domains.reported("z.example")).isFalse();
    }

    @Test
    void aHistoryHasItsSumsAndItsDays() {
        List<DomainHistory> histories = domains.histories(
                List.of("b.example", "z.example"), KnownReports.FRIDAY.plusDays(1), KnownReports.MONDAY.plusDays(1));
        assertThat(histories.getFirst())
                .isEqualTo(new DomainHistory(
                        "b.example",
                        Instant.parse("2026-11-24T06:00:03Z"),
                        Instant.parse("2026-11-24T06:00:05Z"),
                        5,
                        12,
                        12.0 / 17,
                        Arrays.asList(null, 0.5, 1.0, null)));
        assertThat(histories.getLast().firstReport()).isNull();
        assertThat(histories.getLast().successfulSessions()).isZero();
        assertThat(histories.getLast().failedSessions()).isZero();
        assertThat(histories.getLast().failureRate()).isNull();
        assertThat(histories.getLast().sparkline()).containsOnlyNulls().hasSize(4);
    }

    private List<String> ids(Questions questions) {
        return reports.rows(questions.filter(), Optional.empty(), 100).stream()
                .map(ListedReport::reportId)
                .toList();
    }

    private List<String> ask(Questions questions, SessionKey... keys) {
        return sessions.rows(questions.filter(), List.of(keys), Optional.empty(), 100).stream()
                .map(row -> (String.join(
                                        " ",
                                        row.groups().stream()
                                                .map(String::valueOf)
                                                .toList()) + " " + row.successfulSessions() + "/" + row.failedSessions()
                                + " " + row.reports())
                        .strip())
                .toList();
    }
}
